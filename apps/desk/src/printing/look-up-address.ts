/** By what the bearer of a paper looks the dossier up. */
export interface LookUpKey {
  readonly code: string;
  readonly secret: string;
}

/**
 * What the code to scan on a printed form says: the citizen's page with the dossier, or the dossier's code alone where nobody can
 * reach such a page. Null of a submission that was not accepted and has none.
 */
export function lookUpAddress(publicUrl: string | undefined, key: LookUpKey | null): string | null {
  if (key === null || publicUrl === undefined) return key?.code ?? null;
  const address = new URL('/track', publicUrl);
  address.searchParams.set('c', key.code);
  address.searchParams.set('s', key.secret);
  return address.toString();
}
