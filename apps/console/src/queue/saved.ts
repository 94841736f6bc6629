import type { Address } from '../parts/address';

/** A view that an official has named: an address of the queue, which anybody may be sent. */
export interface SavedView {
  readonly name: string;
  readonly search: Address;
}

/** The views of an official on this computer; they name no applicant and stay when they sign out. */
export function savedViewsOf(officialId: string): {
  readonly read: () => readonly SavedView[];
  readonly keep: (views: readonly SavedView[]) => void;
} {
  const key = `views/${officialId}`;
  return {
    read: () => JSON.parse(localStorage.getItem(key) ?? '[]') as readonly SavedView[],
    keep: (views) => localStorage.setItem(key, JSON.stringify(views)),
  };
}

/** The views with one more; one of the same name is replaced. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view];
}

/** The views with one of another name; null where that name is taken or empty. */
export function renamed(views: readonly SavedView[], from: string, to: string): readonly SavedView[] | null {
  const name = to.trim();
  if (name === '' || views.some((view) => view.name === name && name !== from)) return null;
  return views.map((view) => (view.name === from ? { ...view, name } : view));
}
