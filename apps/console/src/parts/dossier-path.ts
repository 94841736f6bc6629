/** Where a dossier is read: by its code, and by its id what came in online and has none yet. */
export function dossierPath(code: string | null, dossierId: string): string {
  return code === null ? `/submissions/${dossierId}` : `/dossiers/${encodeURIComponent(code)}`;
}
