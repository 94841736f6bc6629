/**
 * What somebody has begun and not sent, kept on this computer under their own name, so that a closed tab or an ended session
 * loses nothing. Removed when it was sent, and all of a person's when they sign out.
 */
export interface Drafts {
  readonly read: <Draft>() => Draft | null;
  readonly keep: (draft: unknown) => void;
  readonly drop: () => void;
}

/** The drafts of one page. `page` may be a path such as `dossiers/H41.85-261126-0001/suspend`. */
export function draftsOf(officialId: string, page: string): Drafts {
  const key = `${prefixOf(officialId)}${page}`;
  return {
    read: <Draft>() => {
      const kept = localStorage.getItem(key);
      return kept === null ? null : (JSON.parse(kept) as Draft);
    },
    keep: (draft) => localStorage.setItem(key, JSON.stringify(draft)),
    drop: () => localStorage.removeItem(key),
  };
}

/** At sign-out nothing of the person stays on a computer that others use too. */
export function dropAllDrafts(officialId: string): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefixOf(officialId))) localStorage.removeItem(key);
}

function prefixOf(officialId: string): string {
  return `draft/${officialId}/`;
}
