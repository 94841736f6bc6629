import { call } from '../../api/call';
import { allPages, type Moves } from '../calendars/calendar-reads';
import type { CataloguePreview } from './catalogue-reads';

/** As many characters as desk looks at. */
export const LONGEST = 800_000;

/** A file as it lies on somebody's disk; `name` is null for what was pasted. */
export interface ChosenFile {
  readonly name: string | null;
  readonly text: string;
}

/** What was found in a file: what keeps it from being loaded, or what it would change and whom. */
export interface Seen {
  readonly file: ChosenFile;
  /** Under which it is sent, however often. */
  readonly key: string;
  readonly preview: CataloguePreview;
  /** Of a calendar alone. */
  readonly moves: Moves | null;
}

/**
 * Looks at a file, and at every open dossier that it would move; tells how many so far. Each page of the look answers the whole
 * preview again; the first one stands for them.
 */
export async function seenIn(file: ChosenFile, tell?: (checked: number) => void): Promise<Seen> {
  const ask = async (after: object) => {
    const body = { text: file.text, ...after };
    return (await call<CataloguePreview>('/api/desk/catalogue/previews', { method: 'POST', body })).body;
  };
  const preview = await ask({});
  const key = crypto.randomUUID();
  const first = preview.calendar?.dossiers;
  if (!first) return { file, key, preview, moves: null };
  const page = async (after: { readonly after?: string }) =>
    after.after === undefined ? first : ((await ask(after)).calendar?.dossiers ?? first);
  return { file, key, preview, moves: await allPages(page, tell) };
}

/** True where it breaks no rule and says something new. */
export function canBeLoaded({ preview }: Seen): boolean {
  return preview.defects.length === 0 && !preview.isLoaded;
}
