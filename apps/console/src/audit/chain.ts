/** An entry of the journal as an archive holds it: its exact bytes as text, and the hash recorded with it. */
export interface ChainedEntry {
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
}

/** Where the chain does not hold. The kinds are those of the archive's findings. */
export interface ChainBreak {
  readonly kind: 'entry-missing' | 'entry-altered' | 'chain-broken';
  readonly sequence: number;
}

/**
 * Checks the chain of a stream's entries, oldest first, in this browser, so that nobody has to believe a server about it: each
 * entry has the hash recorded with it, says which entry it is, and names the hash of the one before.
 */
export async function chainBreaks(stream: string, entries: readonly ChainedEntry[]): Promise<readonly ChainBreak[]> {
  const hashes = await Promise.all(entries.map(({ body }) => sha256Hex(body)));
  return entries.flatMap(({ sequence, hash, body }, index): readonly ChainBreak[] => {
    const before = entries[index - 1];
    const { subject, sequence: said, previoushash = null } = linkOf(body);
    if (sequence !== (before?.sequence ?? 0) + 1) return [{ kind: 'entry-missing', sequence }];
    if (hashes[index] !== hash || subject !== stream || said !== sequence) return [{ kind: 'entry-altered', sequence }];
    return previoushash === (before?.hash ?? null) ? [] : [{ kind: 'chain-broken', sequence }];
  });
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Link {
  readonly subject?: unknown;
  readonly sequence?: unknown;
  readonly previoushash?: unknown;
}

/** What is no JSON names nothing: it is found altered. */
function linkOf(body: string): Link {
  try {
    return Object(JSON.parse(body)) as Link;
  } catch {
    return {};
  }
}
