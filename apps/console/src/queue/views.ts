import type { Address } from '../parts/address';

/** The queues of desk; each is a tab of the page and an address of its own. */
export const queueViews = ['mine', 'handed-to-me', 'to-accept', 'unit', 'waiting', 'all'] as const;
export type QueueView = (typeof queueViews)[number];

/** What a queue can be narrowed by, all of it in the page's address. */
export const filterNames = [
  'state',
  'procedure',
  'holder',
  'office',
  'status',
  'channel',
  'dueFrom',
  'dueBefore',
  'answered',
] as const;
type FilterName = (typeof filterNames)[number];

const clockStates: readonly string[] = ['late', 'soon', 'on-time', 'paused', 'done'];

/** The view that an address names; the own work where it names none that exists. */
export function viewOf({ q }: Address): QueueView {
  return queueViews.find((view) => view === q) ?? 'mine';
}

/** The filters of an address that desk knows; what is empty or not one of a closed list is left out. */
export function filtersOf(address: Address): Readonly<Partial<Record<FilterName, string>>> {
  const said = filterNames.flatMap((name) => {
    const value = address[name]?.trim() ?? '';
    const isUnknown =
      (name === 'state' && !clockStates.includes(value)) ||
      (name === 'answered' && value !== 'true') ||
      (['dueFrom', 'dueBefore'].includes(name) && Number.isNaN(Date.parse(value)));
    return value === '' || isUnknown ? [] : [[name, value] as const];
  });
  return Object.fromEntries(said);
}

/** How many dossiers are new at the head of a queue, or more than there were: at least so many wait to be shown. */
export function newSince(
  shown: { readonly ids: ReadonlySet<string>; readonly all: number },
  newest: { readonly rows: readonly { readonly dossierId: string }[]; readonly counts: { readonly all: number } },
): number {
  const unseen = newest.rows.filter(({ dossierId }) => !shown.ids.has(dossierId)).length;
  return Math.max(unseen, newest.counts.all - shown.all, 0);
}

/** The rows as they are shown, each as it is now where that is known: clocks go on and states change, but no row moves. */
export function asOfNow<Row extends { readonly dossierId: string }>(
  shown: readonly Row[],
  newest: readonly Row[],
): readonly Row[] {
  const fresh = new Map(newest.map((row) => [row.dossierId, row]));
  return shown.map((row) => fresh.get(row.dossierId) ?? row);
}
