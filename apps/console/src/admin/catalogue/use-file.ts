import { useState } from 'react';
import { asksForSecond } from '../../parts/two-persons';
import { useLoadOrPropose } from '../proposals/document-proposals';
import { seenIn, type ChosenFile, type Seen } from './seen';

interface FileState {
  readonly step: 'none' | 'looking' | 'seen' | 'loading' | 'loaded' | 'proposed';
  /** Open dossiers looked at so far. */
  readonly checked: number;
  readonly seen: Seen | null;
  readonly error: unknown;
}

const nothing: FileState = { step: 'none', checked: 0, seen: null, error: null };

/** Looks at a file of the catalogue, and loads what was looked at, or proposes it where that takes two. */
export function useFile() {
  const { takesTwo, send } = useLoadOrPropose('load-catalogue');
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
      await send(loadOf(seen), { etag: null, key: seen.key });
      setState({ ...nothing, step: takesTwo ? 'proposed' : 'loaded', seen });
    } catch (error) {
      setState({ ...nothing, step: 'seen', seen, error: asksForSecond(error) ? null : error });
    }
  };
  return { ...state, takesTwo, look, load: (seen: Seen) => void load(seen), forget: () => setState(nothing) };
}

function loadOf({ file, preview }: Seen): object {
  const document: unknown = JSON.parse(file.text);
  return preview.kind === 'calendar'
    ? { calendars: [document], procedures: [] }
    : { calendars: [], procedures: [document] };
}
