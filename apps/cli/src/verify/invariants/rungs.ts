import type { DossierEvent, OpenRung, Recorder, SilenceRung } from '#contracts';
import { after, begun, dossierFrom, isActOfPeople, openRungs, type Dossier } from '#domain';
import type { Evidence } from '../evidence';
import type { Finding } from './verdict';

/** The oracle: what must have rung, recomputed from what people did, against what stands. */
export function escalatedExactly({ events }: Evidence): Finding {
  let checked = 0;
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const { expected, open } = expectedRungs(history);
    const dossier = dossierFrom(history);
    const byRules = doneByRules(dossier, history);
    const standing = [
      ...dossier.escalations.map(({ generation, rung }) => `${generation}/${rung}`),
      ...byRules.map(({ key }) => key),
    ];
    for (const { key, isOvertaken } of byRules) if (isOvertaken) open.add(key);
    checked += expected.size;
    const missing = [...expected].filter((key) => !standing.includes(key) && !open.has(key));
    const surplus = standing.filter((key) => !expected.has(key) && !open.has(key));
    const twice = standing.filter((key, index) => standing.indexOf(key) !== index);
    return [
      ...missing.map((key) => `${dossierId}: ${key} fell due unmet and is not on record`),
      ...surplus.map((key) => `${dossierId}: ${key} is on record and had been answered`),
      ...twice.map((key) => `${dossierId}: ${key} is on record twice`),
    ];
  });
  return { says: 'exactly the rungs that fell due unmet are on record, once', checked, offenders };
}

/** What a rule did at a rung and left the dossier as it was; what ends it or sets its clock going is an act like people's. */
function isRuleAct(
  event: DossierEvent,
): event is Extract<DossierEvent, { type: 'applicant-reminded' | 'apology-drafted' }> {
  return event.type === 'applicant-reminded' || event.type === 'apology-drafted';
}

/** What rules did that left the dossier as it was, by the key of its rung. A silence that an answer took the place of is none. */
function doneByRules(
  { opinions }: Dossier,
  history: readonly DossierEvent[],
): readonly { readonly key: string; readonly isOvertaken: boolean }[] {
  const presumed = new Set(opinions.flatMap(({ opinionId, answer }) => (answer?.presumed ? [opinionId] : [])));
  const silences = new Map(
    history.flatMap((event) =>
      event.type === 'opinion-requested' ? [[event.data.opinionId, event.data.silence]] : [],
    ),
  );
  return history.flatMap((event) => {
    const silence =
      event.type === 'opinion-presumed' && presumed.has(event.data.opinionId)
        ? silences.get(event.data.opinionId)
        : null;
    const key = isRuleAct(event) ? `${event.data.generation}/${event.data.rung}` : silence?.name;
    return key === undefined ? [] : [{ key, isOvertaken: isOvertaken(event, history) }];
  });
}

/** Something recorded only later happened at or before it: it stands, although nobody would do it now. */
function isOvertaken({ sequence, time }: DossierEvent, history: readonly DossierEvent[]): boolean {
  return history.some((act) => isActOfPeople(act) && act.sequence > sequence && act.time <= time);
}

/**
 * Walks through the acts that changed the dossier in order of their own times and notes every rung that lay between two of them
 * while it was open. Rungs still open at the end may have rung or not: whether they had to is a question of now (I15).
 */
function expectedRungs(history: readonly DossierEvent[]): { expected: Set<string>; open: Set<string> } {
  const [first, ...rest] = history.filter(isActOfPeople);
  if (!first) return { expected: new Set(), open: new Set() };
  const expected = new Set<string>();
  let dossier: Dossier = begun(first);
  for (const act of rest) {
    const promise = brokenBefore(dossier, act.time);
    if (promise !== null) {
      expected.add(keyOfRung(dossier, promise));
      dossier = promiseBroken(dossier, promise);
    }
    for (const rung of openRungs(dossier)) {
      if (rung.dueAt < act.time) expected.add(keyOfRung(dossier, rung));
    }
    const silence = ruleAtOnce(dossier, act);
    if (silence === null) expected.add(`${act.sequence}/by a rule whose instant had not come`);
    dossier = after(dossier, act);
  }
  return { expected, open: new Set(everRinging(dossier).map((rung) => keyOfRung(dossier, rung))) };
}

/** A silence belongs to no generation. */
function keyOfRung({ schedule }: Dossier, rung: OpenRung): string {
  return 'opinionId' in rung ? rung.name : `${schedule.generation}/${rung.name}`;
}

/** The open rung that a rule's stop or consent is for; null where none lies at its instant; undefined for acts of people. */
function ruleAtOnce(dossier: Dossier, { type, time, data }: DossierEvent): OpenRung | null | undefined {
  if (!data.actor.officialId.startsWith('service:')) return undefined;
  const act = type === 'dossier-stopped' ? 'stop' : type === 'consent-presumed' ? 'presume-consent' : null;
  if (act === null) return undefined;
  return openRungs(dossier).find((rung) => 'act' in rung && rung.act === act && rung.dueAt === time) ?? null;
}

function brokenBefore(dossier: Dossier, before: string): OpenRung | null {
  const promise = openRungs(dossier).find(({ name }) => name === dossier.promise?.name);
  return promise && promise.dueAt < before ? promise : null;
}

/** As the dossier is once a planned date has passed unkept: what it silenced by then stays silent. */
function promiseBroken(dossier: Dossier, { name, dueAt }: OpenRung): Dossier {
  const silenced = dossier.schedule.rungs.filter((rung) => 'tell' in rung && rung.dueAt <= dueAt);
  const passedRungs = [...dossier.passedRungs, name, ...silenced.map((rung) => rung.name)];
  return { ...dossier, acknowledged: false, promise: null, passedRungs };
}

/** All that can still ring, also once a planned date has passed. */
function everRinging(dossier: Dossier): readonly OpenRung[] {
  const { promise } = dossier;
  return promise === null ? openRungs(dossier) : [...openRungs(dossier), ...openRungs(promiseBroken(dossier, promise))];
}

export function neverEarly({ events }: Evidence): Finding {
  const recorded = [...events].flatMap(([dossierId, history]) => recordings(dossierId, history));
  const offenders = recorded.flatMap(({ dossierId, rung, recordedAt, wakeAt }) =>
    wakeAt !== null && wakeAt <= recordedAt
      ? []
      : [`${dossierId}: ${rung} recorded at ${recordedAt}, due at ${wakeAt ?? 'no time known'}`],
  );
  return {
    says: 'no escalation was recorded before its instant',
    checked: recorded.length,
    offenders,
    note: `recorded ${(['clock', 'command', 'watchdog'] as const).map((who) => lagOf(who, recorded)).join(', ')}`,
  };
}

/** A rung that was recorded, and when that should have been: both in real time. */
export interface Recording {
  readonly dossierId: string;
  readonly rung: string;
  readonly recordedBy: Recorder;
  readonly recordedAt: string;
  readonly wakeAt: string | null;
}

/** Every recorded rung of a dossier that tells somebody, or is an opinion's silence. */
export function recordings(dossierId: string, history: readonly DossierEvent[]): readonly Recording[] {
  const wakes = new Map<string, string>();
  const silences = new Map<string, SilenceRung>();
  return history.flatMap((event) => {
    if ('deadlines' in event.data && event.data.deadlines) {
      const { generation, rungs } = event.data.deadlines.schedule;
      for (const { name, wakeAt } of rungs) wakes.set(`${generation}/${name}`, wakeAt);
    }
    if (event.type === 'escalation-acknowledged' && event.data.promise) {
      wakes.set(`${event.data.generation}/${event.data.promise.name}`, event.data.promise.wakeAt);
    }
    const said = { dossierId, recordedAt: event.recordedat };
    if (event.type === 'opinion-requested' && event.data.silence)
      silences.set(event.data.opinionId, event.data.silence);
    if (event.type === 'opinion-presumed') {
      const silence = silences.get(event.data.opinionId); // None where an older build asked.
      return silence
        ? [{ ...said, rung: silence.name, recordedBy: event.data.recordedBy, wakeAt: silence.wakeAt }]
        : [];
    }
    if (event.type !== 'dossier-escalated') return [];
    const { generation, rung, recordedBy } = event.data;
    return [{ ...said, rung, recordedBy, wakeAt: wakes.get(`${generation}/${rung}`) ?? null }];
  });
}

/** How many rungs somebody recorded, and how long after their instants. */
function lagOf(who: Recorder, recorded: readonly Recording[]): string {
  const lags = recorded
    .flatMap(({ recordedBy, recordedAt, wakeAt }) =>
      recordedBy === who && wakeAt !== null ? [Date.parse(recordedAt) - Date.parse(wakeAt)] : [],
    )
    .sort((one, other) => one - other);
  if (lags.length === 0) return `by ${who} 0`;
  const seconds = (share: number) => ((lags[Math.floor(share * (lags.length - 1))] ?? 0) / 1_000).toFixed(1);
  return `by ${who} ${lags.length} (late by ${seconds(0.5)} s at the median, ${seconds(1)} s at most)`;
}
