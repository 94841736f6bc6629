import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call';
import { allPages, everythingOfCatalogue, type CataloguePreview, type Moves } from './catalogue-reads';

/** A file as it lies on somebody's disk; `name` is null for what was pasted. */
export interface ChosenFile {
  readonly name: string | null;
  readonly text: string;
}

/** What was found in a file: what keeps it from being loaded, or what it would change and whom. */
export interface Seen {
  readonly file: ChosenFile;
  readonly preview: CataloguePreview;
  /** Of a calendar alone. */
  readonly moves: Moves | null;
}

interface FileState {
  readonly step: 'none' | 'looking' | 'seen' | 'loading' | 'loaded';
  /** Open dossiers looked at so far. */
  readonly checked: number;
  readonly seen: Seen | null;
  readonly error: unknown;
}

const nothing: FileState = { step: 'none', checked: 0, seen: null, error: null };

/** Looks at a file of the catalogue, and loads what was looked at. */
export function useFile() {
  const queries = useQueryClient();
  const [state, setState] = useState(nothing);
  const look = (file: ChosenFile) => {
    setState({ ...nothing, step: 'looking' });
    void seenIn(file, (checked) => setState((now) => ({ ...now, checked }))).then(
      (seen) => setState({ ...nothing, step: 'seen', seen }),
      (error: unknown) => setState({ ...nothing, error }),
    );
  };
  const load = async (seen: Seen) => {
    setState({ ...nothing, step: 'loading', seen });
    try {
      await call('/api/desk/catalogue', { method: 'POST', body: loadOf(seen) });
      await queries.invalidateQueries(everythingOfCatalogue);
      setState({ ...nothing, step: 'loaded', seen });
    } catch (error) {
      setState({ ...nothing, step: 'seen', seen, error });
    }
  };
  return { ...state, look, load: (seen: Seen) => void load(seen), forget: () => setState(nothing) };
}

/** Each page of the look answers the whole preview again; the first one stands for them. */
async function seenIn(file: ChosenFile, tell: (checked: number) => void): Promise<Seen> {
  const ask = async (after: object) => {
    const body = { text: file.text, ...after };
    return (await call<CataloguePreview>('/api/desk/catalogue/previews', { method: 'POST', body })).body;
  };
  const preview = await ask({});
  const first = preview.calendar?.dossiers;
  if (!first) return { file, preview, moves: null };
  const page = async (after: { readonly after?: string }) =>
    after.after === undefined ? first : ((await ask(after)).calendar?.dossiers ?? first);
  return { file, preview, moves: await allPages(page, tell) };
}

function loadOf({ file, preview }: Seen): object {
  const document: unknown = JSON.parse(file.text);
  return preview.kind === 'calendar'
    ? { calendars: [document], procedures: [] }
    : { calendars: [], procedures: [document] };
}
