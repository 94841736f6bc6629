import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** Something that the palette (Ctrl+K) can do on the page that is open. */
export interface PageAction {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

let actions: readonly PageAction[] = [];
const listeners = new Set<() => void>();

/** Puts what the page can do into the palette, as long as the page is shown. */
export function usePageActions(
  offered: readonly { readonly id: string; readonly label: string }[],
  run: (id: string) => void,
): void {
  const onRun = useEffectEvent(run);
  const names = JSON.stringify(offered.map(({ id, label }) => [id, label]));
  useEffect(() => {
    const all = (JSON.parse(names) as [string, string][]).map(([id, label]) => ({ id, label, run: () => onRun(id) }));
    change(all);
    return () => change([]);
  }, [names]);
}

export function usePaletteActions(): readonly PageAction[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => actions,
  );
}

function change(next: readonly PageAction[]): void {
  actions = next;
  for (const listener of listeners) listener();
}
