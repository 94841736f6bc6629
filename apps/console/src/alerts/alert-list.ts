import type { components } from '../api/oversight';

export type Alert = components['schemas']['AlertView'];

/** What was told live about an alert, and whether it has stood open before the reader's eyes. */
interface Told {
  readonly alert: Alert;
  readonly wasOpen: boolean;
}

/** The newest that was told live of each alert, by its number. */
export type ToldAlerts = ReadonlyMap<string, Told>;

/** The alerts told so far with one more; the same alert may be told again, whenever it changes. */
export function withTold(told: ToldAlerts, alert: Alert): ToldAlerts {
  const wasOpen = alert.state === 'open' || told.get(alert.seq)?.wasOpen === true;
  return new Map(told).set(alert.seq, { alert, wasOpen });
}

/**
 * What the page shows of the alerts that were read and those told since: earliest due first. One that is closed while it is shown
 * keeps its place, so that its reader sees what became of it; one that was closed before is not shown.
 */
export function alertsShown(read: readonly Alert[], told: ToldAlerts): readonly Alert[] {
  const known = new Map(read.map((alert) => [alert.seq, alert]));
  for (const [seq, { alert, wasOpen }] of told) if (wasOpen || known.has(seq)) known.set(seq, alert);
  return [...known.values()].sort(byDueThenNumber);
}

function byDueThenNumber(one: Alert, other: Alert): number {
  if (one.dueAt !== other.dueAt) return one.dueAt < other.dueAt ? -1 : 1;
  return one.seq.length - other.seq.length || (one.seq < other.seq ? -1 : 1);
}

/**
 * Whether the deadline that the alert is about has passed at an instant in milliseconds of the epoch. The alert’s own instant has:
 * it was told at it or after it.
 */
export function isPast({ ofDueAt, dueAt }: Alert, nowMs: number): boolean {
  return Date.parse(ofDueAt ?? dueAt) <= Math.max(nowMs, Date.parse(dueAt));
}

/** The word for a rung; the second, third ... broken promise is one word with its number. */
export function rungWord(rung: string): { readonly word: string; readonly number: number } {
  const broken = /^broken-promise-(\d+)$/.exec(rung);
  return broken ? { word: 'broken-promise', number: Number(broken[1]) } : { word: rung, number: 1 };
}

/** From so many open alerts of one person on, one act for all of them is quicker than one for each. */
const MANY = 3;

/** Who is responsible for many of the open alerts, most first, and for how many. */
export function holdersOfMany(
  alerts: readonly Alert[],
): readonly { readonly officialId: string; readonly count: number }[] {
  const open = alerts.filter(({ state }) => state === 'open').map(({ responsible }) => responsible.officialId);
  return [...new Set(open)]
    .map((officialId) => ({ officialId, count: open.filter((one) => one === officialId).length }))
    .filter(({ count }) => count >= MANY)
    .sort((one, other) => other.count - one.count);
}
