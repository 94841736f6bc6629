import {
  endingEventTypes,
  type ApplicantNotified,
  type DossierEvent,
  type OpenRung,
  type Recorder,
  type SilenceRung,
} from '#contracts';
import {
  after,
  begun,
  dossierFrom,
  isActOfPeople,
  nextRungAt,
  noticeCausedBy,
  openRungs,
  type Dossier,
  type StandingEscalation,
} from '#domain';
import { canonicalJson, sha256Hex } from '#platform';
import type { EscalationRow, Evidence, HeardRow, JournalRow, NoticeRow, OpinionRow } from './evidence';

/** One invariant, decided: how many things were checked, and which offend. */
export interface Verdict {
  readonly id: string;
  readonly says: string;
  readonly checked: number;
  readonly offenders: readonly string[];
  /** What else the look has shown. */
  readonly note?: string;
}

/** Decides every invariant that applies so far over the evidence. Shares the pure fold with `desk`, nothing else. */
export function decideInvariants(evidence: Evidence): readonly Verdict[] {
  return [
    answersOnce(evidence),
    sequencesWithoutGap(evidence),
    feedWithoutGap(evidence),
    toldInOrder(evidence),
    heardByClock(evidence),
    heardByOversight(evidence),
    oneWorkflowEach(evidence),
    escalatedExactly(evidence),
    neverEarly(evidence),
    responsibilityWithoutGap(evidence),
    ledgersAddUp(evidence),
    chainsHold(evidence),
    balancesHold(evidence),
    projectionsEqualRebuild(evidence),
    alertsEqualEscalations(evidence),
    noticesEqualEntries(evidence),
    nothingStuck(evidence),
    everyActHasActor(evidence),
  ];
}

/**
 * Each command keeps its answer in the transaction of its entries, for the last of them. What a service did of its own, and what
 * one operation did to many dossiers, is answered to nobody.
 */
function answersOnce({ answers, events }: Evidence): Verdict {
  const answered = answers.map(({ dossierId, sequence }) => keyOf(dossierId, sequence));
  const kept = groupedBy(answered, (key) => key);
  const acts = [...events].flatMap(([dossierId, history]) =>
    history.filter(isCommanded).map(({ sequence, recordedat }) => {
      const made = history.filter((event) => event.sequence >= sequence && event.recordedat === recordedat);
      return { key: keyOf(dossierId, sequence), made: made.map((event) => keyOf(dossierId, event.sequence)) };
    }),
  );
  const known = new Set(acts.map(({ key }) => key));
  const offenders = [
    ...acts.filter(({ made }) => !made.some((key) => kept.has(key))).map(({ key }) => `${key}: no answer is kept`),
    ...[...kept.keys()].filter((key) => !known.has(key)).map((key) => `${key}: an answer to no act`),
    ...[...kept].filter(([, same]) => same.length > 1).map(([key]) => `${key}: answered twice`),
  ];
  return { id: 'I2', says: 'every act of people has its one kept answer', checked: acts.length, offenders };
}

function isCommanded({ data }: DossierEvent): boolean {
  const byOperation = 'operationId' in data && data.operationId !== null;
  return !data.actor.officialId.startsWith('service:') && !byOperation;
}

function sequencesWithoutGap({ journal }: Evidence): Verdict {
  const next = new Map<string, number>();
  const offenders = journal.flatMap(({ stream, sequence }) => {
    const expected = next.get(stream) ?? 1;
    next.set(stream, sequence + 1);
    return sequence === expected ? [] : [`${stream}: ${sequence} where ${expected} belongs`];
  });
  return { id: 'I3', says: 'entries of each stream are 1..n', checked: journal.length, offenders };
}

function feedWithoutGap({ feed, journal, unfed }: Evidence): Verdict {
  const offenders = feed.flatMap(({ position }, index) => (position === index + 1 ? [] : [`position ${position}`]));
  if (feed.length + unfed !== journal.length) offenders.push(`${journal.length - feed.length} entries without a place`);
  return { id: 'I3', says: 'feed positions are 1..m, one for each entry', checked: feed.length, offenders };
}

function toldInOrder({ feed, told, journal, journalledSince }: Evidence): Verdict {
  const entries = [...journal, ...journalledSince];
  const hashes = new Map(entries.map(({ stream, sequence, hash }) => [keyOf(stream, sequence), hash]));
  const last = new Map<string, number>();
  const offenders: string[] = [];
  for (const { stream, sequence, hash } of told) {
    const before = last.get(stream) ?? 0;
    if (sequence > before + 1) offenders.push(`${stream}: ${sequence} told after ${before}`);
    if (hashes.get(keyOf(stream, sequence)) !== hash) offenders.push(`${stream}: ${sequence} told with other bytes`);
    last.set(stream, Math.max(before, sequence));
  }
  const heard = new Set(told.map(({ stream, sequence }) => keyOf(stream, sequence)));
  for (const { stream, sequence } of feed) {
    if (!heard.has(keyOf(stream, sequence))) offenders.push(`${stream}: ${sequence} never told`);
  }
  return { id: 'I4', says: 'every entry is in Kafka, in order per stream', checked: feed.length, offenders };
}

function heardByClock({ clock, events, journal }: Evidence): Verdict {
  return heard('clock', clock, [...events.keys()], journal);
}

function heardByOversight({ oversight, events, journal }: Evidence): Verdict {
  return heard('oversight', oversight, [...events.keys()], journal);
}

function heard(
  who: string,
  rows: readonly HeardRow[],
  streams: readonly string[],
  journal: Evidence['journal'],
): Verdict {
  const ends = new Map(journal.map(({ stream, sequence, hash }) => [stream, { sequence, hash }]));
  const byStream = new Map(rows.map((row) => [row.stream, row]));
  const offenders = streams.flatMap((stream) => {
    const row = byStream.get(stream);
    const end = ends.get(stream);
    if (row?.sequence === end?.sequence && row?.hash === end?.hash) return [];
    return [`${stream}: heard ${row?.sequence ?? 0} of ${end?.sequence ?? 0}`];
  });
  return { id: 'I5', says: `${who} has heard every dossier to its last entry`, checked: streams.length, offenders };
}

/** Of an ended one Temporal may know nothing any more, after its retention or a loss, if it was told of the end. */
function oneWorkflowEach({ events, workflows, clock }: Evidence): Verdict {
  const told = new Map(clock.map((row) => [row.stream, row.told]));
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const { endedAt, ...dossier } = dossierFrom(history);
    const status = workflows.get(dossierId) ?? null;
    const offence = [`${dossierId}: ${endedAt === null ? dossier.status : 'ended'}, workflow ${status ?? 'unknown'}`];
    if (endedAt !== null) {
      const isGone = status === null && told.get(dossierId) === dossier.lastSequence;
      return status === 'COMPLETED' || isGone ? [] : offence;
    }
    const everRang = history.some((event) => event.nextrungat !== undefined);
    return everRang && status !== 'RUNNING' && status !== 'PAUSED' ? offence : [];
  });
  return {
    id: 'I6',
    says: 'one workflow for each dossier, closed exactly when it ended',
    checked: events.size,
    offenders,
  };
}

/** The oracle: what must have rung, recomputed from what people did, against what stands. */
function escalatedExactly({ events }: Evidence): Verdict {
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
  return { id: 'I7', says: 'exactly the rungs that fell due unmet are on record, once', checked, offenders };
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

function neverEarly({ events }: Evidence): Verdict {
  const recorded = [...events].flatMap(([dossierId, history]) => recordings(dossierId, history));
  const offenders = recorded.flatMap(({ dossierId, rung, recordedAt, wakeAt }) =>
    wakeAt !== null && wakeAt <= recordedAt
      ? []
      : [`${dossierId}: ${rung} recorded at ${recordedAt}, due at ${wakeAt ?? 'no time known'}`],
  );
  return {
    id: 'I8',
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

/** Over the intervals of the ledger; the fold closes and opens in one step and could show no gap. */
function responsibilityWithoutGap({ events, ledger }: Evidence): Verdict {
  const held = groupedBy(ledger, ({ dossierId }) => dossierId);
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const { endedAt, responsibility } = dossierFrom(history);
    const present = responsibility.filter(({ until }) => until === null);
    const intervals = [...(held.get(dossierId) ?? []), ...present].sort(byFromAndUntil);
    const gaps = intervals.slice(1).filter(({ from }, index) => from !== intervals[index]?.until);
    const covers = intervals[0]?.from === history[0]?.time && intervals.at(-1)?.until === endedAt;
    return gaps.length === 0 && covers ? [] : [`${dossierId}: held with a gap or an overlap`];
  });
  return {
    id: 'I9',
    says: 'responsibility covers every dossier without gap or overlap',
    checked: events.size,
    offenders,
  };
}

function ledgersAddUp({ events, ledger, escalations, opinions }: Evidence): Verdict {
  const held = groupedBy(ledger, ({ dossierId }) => dossierId);
  const rang = groupedBy(escalations, ({ dossierId }) => dossierId);
  const asked = groupedBy(opinions, ({ dossierId }) => dossierId);
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const dossier = dossierFrom(history);
    const folded = dossier.responsibility.flatMap(({ officialId, postId, officeId, from, until, workingMs }) =>
      until === null ? [] : [{ dossierId, officialId, postId, officeId, from, until, workingMs: workingMs ?? 0 }],
    );
    const standing = dossier.escalations.map((escalation) => escalationRow(dossierId, escalation));
    const recorded = (rang.get(dossierId) ?? []).filter(({ withdrawn }) => !withdrawn);
    return [
      ...(sameSet(folded, held.get(dossierId) ?? [])
        ? []
        : [`${dossierId}: responsibility ledger differs from the journal`]),
      ...(sameSet(opinionRows(dossier), asked.get(dossierId) ?? [])
        ? []
        : [`${dossierId}: ledger of opinions differs from the journal`]),
      ...(sameSet(standing, recorded) ? [] : [`${dossierId}: escalation ledger differs from the journal`]),
    ];
  });
  return {
    id: 'I10',
    says: 'the ledgers are what the journal adds up to',
    checked: ledger.length + escalations.length + opinions.length,
    offenders,
  };
}

/** What the ledger must say of an escalation that stands. */
function escalationRow(dossierId: string, escalation: StandingEscalation): EscalationRow {
  const { generation, rung, dueAt, responsible, addressee, recordedBy } = escalation;
  return {
    dossierId,
    generation,
    rung,
    dueAt,
    responsibleId: responsible.officialId,
    addresseeId: addressee.officialId,
    recordedBy,
    withdrawn: false,
  };
}

/** What the ledger must say of the opinions that a dossier asked for. */
function opinionRows({ dossierId, opinions }: Dossier): readonly OpinionRow[] {
  return opinions.map(({ opinionId, asked, dueAt, answer }) => {
    return { opinionId, dossierId, officeId: asked.officeId, dueAt, answered: answer !== null };
  });
}

function chainsHold({ journal }: Evidence): Verdict {
  const last = new Map<string, string>();
  const offenders = journal.flatMap(({ stream, sequence, body, hash, previousHash, type }) => {
    const event = JSON.parse(body) as { sequence: number; subject: string; type: string; previoushash?: string };
    const before = last.get(stream) ?? null;
    last.set(stream, hash);
    const holds =
      sha256Hex(body) === hash &&
      previousHash === before &&
      (event.previoushash ?? null) === before &&
      event.sequence === sequence &&
      event.subject === stream &&
      event.type === type;
    return holds ? [] : [`${stream}: entry ${sequence}`];
  });
  return { id: 'I12', says: 'every hash and every chain holds', checked: journal.length, offenders };
}

/** Receipts and ends are counted in the journal, listed dossiers by the columns they are found by. */
function balancesHold({ dossiers, events, journal }: Evidence): Verdict {
  const received = streamsWith(journal, ({ type }) => type === 'dossier-received');
  const ended = streamsWith(journal, ({ type }) => (endingEventTypes as readonly string[]).includes(type));
  const endedAfterReceipt = [...received].filter((stream) => ended.has(stream)).length;
  const listed = dossiers.filter(({ code }) => code !== null);
  const settled = listed.filter(({ endedAt }) => endedAt !== null).length;
  const open = listed.length - settled;
  const offenders = [
    ...(received.size === settled + open ? [] : [`received ${received.size} is not settled ${settled} + open ${open}`]),
    ...(settled === endedAfterReceipt ? [] : [`${settled} listed as settled, ${endedAfterReceipt} ended`]),
    ...(dossiers.length === events.size ? [] : [`${dossiers.length} dossiers listed, ${events.size} journalled`]),
  ];
  return { id: 'I13', says: 'received = settled + open', checked: received.size, offenders };
}

function streamsWith(journal: Evidence['journal'], says: (row: JournalRow) => boolean): ReadonlySet<string> {
  return new Set(journal.filter(says).map(({ stream }) => stream));
}

function projectionsEqualRebuild({ dossiers, events, journal }: Evidence): Verdict {
  const ends = new Map(journal.map(({ stream, hash }) => [stream, hash]));
  const offenders = dossiers.flatMap(({ dossierId, state, status, lastSequence, lastHash }) => {
    const history = events.get(dossierId);
    if (!history) return [`${dossierId}: listed, not journalled`];
    const rebuilt = dossierFrom(history);
    const equal =
      canonicalJson(rebuilt) === canonicalJson(state) &&
      rebuilt.status === status &&
      rebuilt.lastSequence === lastSequence &&
      ends.get(dossierId) === lastHash &&
      (history.at(-1)?.nextrungat ?? null) === nextRungAt(rebuilt);
    return equal ? [] : [`${dossierId}: differs from its entries`];
  });
  return { id: 'I14', says: 'every dossier is what its entries add up to', checked: dossiers.length, offenders };
}

function alertsEqualEscalations({ events, alerts }: Evidence): Verdict {
  const told = groupedBy(
    alerts.filter(({ withdrawn }) => !withdrawn),
    ({ dossierId }) => dossierId,
  );
  let checked = 0;
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const standing = dossierFrom(history).escalations.map(({ generation, rung }) => `${generation}/${rung}`);
    const shown = (told.get(dossierId) ?? []).map(({ generation, rung }) => `${generation}/${rung}`);
    checked += standing.length;
    return sameSet(standing, shown) ? [] : [`${dossierId}: ${shown.length} alerts for ${standing.length} escalations`];
  });
  return { id: 'I14', says: 'every standing escalation is an alert, and no other', checked, offenders };
}

/** What an appeal starts from: an applicant was told because of an entry, and what became of it is an entry itself. */
function noticesEqualEntries({ notices, journal, events }: Evidence): Verdict {
  const told = journal.filter(({ stream }) => stream === 'notices').map(toldIn);
  const settled = notices.flatMap((row) =>
    row.state === 'pending' ? [] : [noticeOf(row.entrySequence, row.state, row)],
  );
  const uncaused = notices.filter(({ dossierId, causeSequence, kind }) => {
    const cause = events.get(dossierId)?.find(({ sequence }) => sequence === causeSequence);
    return !cause || noticeCausedBy(cause) !== kind;
  });
  const offenders = [
    ...difference(settled, told).map((notice) => `${notice}: is no entry`),
    ...difference(told, settled).map((notice) => `${notice}: is an entry of no notice`),
    ...uncaused.map(({ dossierId, causeSequence, kind }) => `${dossierId}: entry ${causeSequence} causes no "${kind}"`),
  ];
  const says = 'every notice to an applicant has its cause, and its outcome is an entry';
  return { id: 'I14', says, checked: notices.length, offenders };
}

function toldIn({ sequence, body }: JournalRow): string {
  const { data } = JSON.parse(body) as { readonly data: ApplicantNotified };
  return noticeOf(sequence, data.outcome, data);
}

function noticeOf(
  entry: number | null,
  outcome: string,
  { dossierId, causeSequence, kind }: Pick<NoticeRow, 'dossierId' | 'causeSequence' | 'kind'>,
): string {
  return `${dossierId}: entry ${causeSequence} "${kind}" ${outcome} (notices ${entry})`;
}

function difference(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
}

function nothingStuck({ unfed, deadLetters, clock, oversight, rungsWaiting }: Evidence): Verdict {
  const blocked = [...clock, ...oversight].filter((row) => row.blocked).map(({ stream }) => `${stream}: blocked`);
  const offenders = [
    ...(unfed === 0 ? [] : [`${unfed} entries wait for the relay`]),
    ...(deadLetters === 0 ? [] : [`${deadLetters} dead letters`]),
    ...blocked,
    ...rungsWaiting.map((dossierId) => `${dossierId}: a rung waits for its entry`),
  ];
  return { id: 'I15', says: 'nothing is stuck', checked: clock.length + oversight.length, offenders };
}

function everyActHasActor({ events }: Evidence): Verdict {
  let checked = 0;
  const offenders = [...events].flatMap(([dossierId, history]) =>
    history.flatMap(({ data, sequence }) => {
      checked += 1;
      const { officialId, postId, officeId } = data.actor;
      return officialId && postId && officeId ? [] : [`${dossierId}: entry ${sequence} has no actor in a post`];
    }),
  );
  return { id: 'I17', says: 'every entry names who acted, in which post and office', checked, offenders };
}

interface Interval {
  readonly from: string;
  readonly until: string | null;
}

/** An interval that lasts comes last. */
function byFromAndUntil(one: Interval, other: Interval): number {
  const key = ({ from, until }: Interval) => `${from} ${until ?? 'now'}`;
  return key(one) < key(other) ? -1 : 1;
}

function keyOf(stream: string, sequence: number): string {
  return `${stream}/${sequence}`;
}

function groupedBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

function sameSet(one: readonly unknown[], other: readonly unknown[]): boolean {
  const sorted = (things: readonly unknown[]) => things.map(canonicalJson).sort().join('\n');
  return sorted(one) === sorted(other);
}
