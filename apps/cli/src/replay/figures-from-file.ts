import { countOf, NOBODY_YET, type Figures, type Punctualities } from './figures';
import type { LogMapping } from './log-mapping';
import type { XesLog, XesTrace } from './xes-reader';

/** One dossier as the file itself tells it. `end` is null where it has none, or one before its start. */
interface Told {
  readonly start: string;
  readonly end: string | null;
  readonly endRefused: boolean;
  readonly planned: string;
  readonly limit: string;
  readonly responsible: string;
  /** Who acted, within start and end, in order of time. */
  readonly acts: readonly { readonly at: string; readonly who: string }[];
}

/**
 * The figures of a log counted straight from the file. Shares no rule with the engine, on purpose: where both agree, neither
 * is wrong in the same way.
 */
export function figuresFromFile(log: XesLog, mapping: LogMapping): Figures {
  const dossiers = log.traces.flatMap((trace) => told(trace, mapping) ?? []);
  const lastInstant = latest(log, mapping);
  const settled = dossiers.filter((one) => one.end !== null);
  const late = settled.filter((one) => one.end !== null && one.end > one.planned);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: mapping.timeZone });
  const rings = (due: (one: Told) => string) =>
    dossiers.filter(
      (one) => due(one) >= one.start && due(one) <= lastInstant && (one.end === null || one.end > due(one)),
    );
  return {
    received: dossiers.length,
    settled: settled.length,
    open: dossiers.length - settled.length,
    refusedEnds: dossiers.filter((one) => one.endRefused).length,
    handOvers: dossiers.reduce((sum, one) => sum + changesIn([one.responsible, ...one.acts.map(({ who }) => who)]), 0),
    appointment: against(settled, (one) => one.planned, day),
    legal: against(settled, (one) => one.limit, day),
    appointmentEscalations: rings((one) => one.planned).length,
    legalEscalations: rings((one) => one.limit).length,
    lateByResponsible: countOf(late.map((one) => one.responsible)),
    lateByHolder: countOf(late.map((one) => holderAt(one, one.planned))),
  };
}

function told(trace: XesTrace, { dossier, event }: LogMapping): Told | null {
  const of = (key: string) => trace.attributes.get(key);
  const start = of(dossier.startedAt);
  const planned = of(dossier.appointmentAt);
  const limit = of(dossier.legalDueAt);
  const responsible = of(dossier.responsible);
  if (start === undefined || planned === undefined || limit === undefined || responsible === undefined) return null;
  const stated = of(dossier.endedAt) ?? null;
  const endRefused = stated !== null && stated < start;
  const end = endRefused ? null : stated;
  const acts = trace.events
    .map(({ attributes }) => ({ at: attributes.get(event.at) ?? '', who: attributes.get(event.official) ?? '' }))
    .filter(({ at, who }) => who !== '' && at >= start && (end === null || at <= end))
    .sort((one, other) => one.at.localeCompare(other.at, 'en'));
  return { start, end, endRefused, planned, limit, responsible, acts };
}

function latest(log: XesLog, { dossier, event }: LogMapping): string {
  let last = '';
  for (const { attributes, events } of log.traces) {
    const said = [attributes.get(dossier.startedAt), attributes.get(dossier.endedAt)];
    for (const at of [...said, ...events.map((one) => one.attributes.get(event.at))]) if (at && at > last) last = at;
  }
  return last;
}

function against(settled: readonly Told[], due: (one: Told) => string, day: Intl.DateTimeFormat): Punctualities {
  const counts = { early: 0, onTime: 0, late: 0 };
  for (const one of settled) {
    const end = one.end ?? '';
    if (end > due(one)) counts.late += 1;
    else if (day.format(new Date(end)) === day.format(new Date(due(one)))) counts.onTime += 1;
    else counts.early += 1;
  }
  return counts;
}

function changesIn(names: readonly string[]): number {
  let changes = 0;
  for (let index = 1; index < names.length; index += 1) if (names[index] !== names[index - 1]) changes += 1;
  return changes;
}

function holderAt({ start, responsible, acts }: Told, instant: string): string {
  if (instant < start) return NOBODY_YET;
  let holder = responsible;
  for (const { at, who } of acts) if (at <= instant) holder = who;
  return holder;
}
