/**
 * The dossier's code in what was typed or scanned at the desk: the code itself, or the address behind the receipt's square, as a scanner
 * types it. Null where there is none. The secret beside it is left: whoever works at the desk has no need of it.
 */
export function typedCode(typed: string): string | null {
  const said = typed.trim();
  // A scanner in front of a Vietnamese input method may bring other letters of the address out of shape, not this mark.
  const inAddress = /[?&]c=([^&#\s]+)/i.exec(said)?.[1];
  const code = inAddress === undefined ? said : decodedOf(inAddress);
  return code === '' ? null : code.toUpperCase();
}

/** What is no address after all is looked for as it stands, and not found. */
function decodedOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
