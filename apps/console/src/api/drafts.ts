import { computersNowMs } from '../now';

/**
 * What somebody has begun and not sent, kept on this computer under their own name, so that a closed tab or an ended session
 * loses nothing. Removed when it was sent, all of a person's when they sign out, and anybody's that nobody touched for three days: a
 * draft may hold an applicant's data, in the clear, on a computer that others use too.
 */
export interface Drafts {
  readonly read: <Draft>() => Draft | null;
  readonly keep: (draft: unknown) => void;
  readonly drop: () => void;
}

/** From Friday's end of work to Monday's begin, and a little. */
const KEPT_MS = 72 * 3_600_000;
const SWEEP_EACH_MS = 3_600_000;
const PREFIX = 'draft/';

interface Kept {
  readonly touchedMs: number;
  readonly draft: unknown;
}

/** The drafts of one page. `page` may be a path such as `dossiers/H41.85-261126-0001/suspend`. */
export function draftsOf(officialId: string, page: string): Drafts {
  const key = `${prefixOf(officialId)}${page}`;
  return {
    read: <Draft>() => (keptUnder(key)?.draft ?? null) as Draft | null,
    keep: (draft) => localStorage.setItem(key, JSON.stringify({ touchedMs: computersNowMs(), draft } satisfies Kept)),
    drop: () => localStorage.removeItem(key),
  };
}

/** At sign-out nothing of the person stays on a computer that others use too. */
export function dropAllDrafts(officialId: string): void {
  for (const key of keysFrom(prefixOf(officialId))) localStorage.removeItem(key);
}

/** Removes what is too old, whoever's it is, now and each hour; also before anybody has signed in. */
export function startSweepingDrafts(): void {
  sweepDrafts();
  setInterval(sweepDrafts, SWEEP_EACH_MS);
}

function sweepDrafts(): void {
  for (const key of keysFrom(PREFIX)) if (keptUnder(key) === null) localStorage.removeItem(key);
}

/** Null where there is none, where it is too old or damaged, and for one whose time lies ahead: the computer's clock was set back. */
function keptUnder(key: string): Kept | null {
  const kept = parsed(localStorage.getItem(key) ?? 'null');
  if (typeof kept?.touchedMs !== 'number') return null;
  const ageMs = computersNowMs() - kept.touchedMs;
  return ageMs < KEPT_MS && ageMs > -KEPT_MS ? { touchedMs: kept.touchedMs, draft: kept.draft } : null;
}

function parsed(text: string): Partial<Kept> | null {
  try {
    return JSON.parse(text) as Partial<Kept> | null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // Cut short, or another program's: nobody can read it any more.
    throw error;
  }
}

function keysFrom(prefix: string): readonly string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
}

function prefixOf(officialId: string): string {
  return `${PREFIX}${officialId}/`;
}
