import type {
  Addressee,
  Deadlines,
  DossierEvent,
  DossierEventData,
  DueInstantName,
  Holding,
  JournalEntry,
  OpenRung,
  PostHolder,
  Recorder,
  Result,
  Schedule,
  SilenceRung,
  TellingRung,
  WithdrawalReason,
} from '#contracts';

/** An interval of responsibility, as the events told it; `until` and `workingMs` are null for who holds it now. */
export interface Holder extends PostHolder {
  readonly from: string;
  readonly until: string | null;
  readonly workingMs: number | null;
}

/** A rung that rang: whose it was, who was told, and why it does not stand, if it was withdrawn. */
export interface RungThatRang {
  readonly generation: number;
  readonly rung: string;
  readonly of: DueInstantName;
  readonly dueAt: string;
  readonly responsible: PostHolder;
  readonly addressee: Addressee;
  readonly recordedBy: Recorder;
  readonly withdrawn: WithdrawalReason | null;
}

/** How a dossier ends: its last event. */
export type EndingEventType = 'dossier-refused' | 'dossier-returned' | 'dossier-withdrawn' | 'dossier-stopped';

/**
 * All that the watch over one dossier knows, added up from its journal and nothing else. It is plain data: the state that
 * a run of the workflow hands to the next. All instants are ISO 8601 UTC in the stack's (mapped) time, but for a rung's
 * `wakeAt`, which is the server's.
 */
export interface Watch {
  readonly dossierId: string;
  /** Null until accepted. */
  readonly code: string | null;
  /** When the dossier was (first) received; null until then. */
  readonly receivedAt: string | null;
  /** The last entry applied; 0 before the first. */
  readonly lastSequence: number;
  /** The hash of that entry; empty before the first. */
  readonly lastHash: string;
  /** False while no rung of the schedule can ring: the office's clock stands still, and nothing limits what it waits for. */
  readonly clockRuns: boolean;
  readonly schedule: Schedule;
  /** Rungs of this generation that will not ring (again): recorded, or withdrawn because answered. */
  readonly passedRungs: readonly string[];
  /** Somebody took the case up in this generation: its remaining rungs are silent. */
  readonly acknowledged: boolean;
  /** The planned date of whoever took it up, which rings unkept; absent where none was given. */
  readonly promise?: TellingRung | null;
  /** Opinions whose silence becomes consent, until they are answered; absent where none was ever asked for. */
  readonly silences?: readonly SilenceRung[];
  readonly holders: readonly Holder[];
  /** In the order of the journal. */
  readonly rang: readonly RungThatRang[];
  readonly result: Result | null;
  readonly ending: EndingEventType | null;
  readonly endedAt: string | null;
}

/** What one watch came to: the result of the workflow, to be compared with the journal and the responsibility ledger. */
export interface DossierSummary {
  readonly dossierId: string;
  readonly code: string | null;
  readonly receivedAt: string | null;
  readonly holders: readonly Holder[];
  readonly rang: readonly RungThatRang[];
  readonly result: Result | null;
  readonly ending: EndingEventType | null;
  readonly endedAt: string | null;
  readonly lastSequence: number;
  readonly lastHash: string;
}

/** The watch over a dossier of which nothing was heard yet. */
export function newWatch(dossierId: string): Watch {
  return {
    dossierId,
    code: null,
    receivedAt: null,
    lastSequence: 0,
    lastHash: '',
    clockRuns: false,
    schedule: { generation: 0, rungs: [] },
    passedRungs: [],
    acknowledged: false,
    holders: [],
    rang: [],
    result: null,
    ending: null,
    endedAt: null,
  };
}

/**
 * The watch after whatever was heard, in any order, with repeats. Entries that do not follow without a gap are not applied:
 * `missesEntries` is then true, and everything after `watch.lastSequence` has to be asked for.
 */
export function watchAfter(
  watch: Watch,
  heard: readonly JournalEntry[],
): { readonly watch: Watch; readonly missesEntries: boolean } {
  const inOrder = [...heard].sort((one, other) => one.event.sequence - other.event.sequence);
  let after = watch;
  for (const { event, hash } of inOrder) {
    if (event.sequence <= after.lastSequence) continue;
    if (event.sequence > after.lastSequence + 1) return { watch: after, missesEntries: true };
    after = { ...applied(after, event), lastSequence: event.sequence, lastHash: hash };
  }
  return { watch: after, missesEntries: false };
}

/**
 * The earliest rung that may still ring, or null: nothing can ring, or all have passed. Where somebody is on the case only the
 * rule's own acts are left, and the date that was planned. Silences of bodies that were asked count also while the clock stands
 * still, until the result is there.
 */
export function nextRung(watch: Watch): OpenRung | null {
  const { clockRuns, schedule, passedRungs, acknowledged, promise, silences = [], result, endedAt } = watch;
  const open = schedule.rungs.find((rung) => !passedRungs.includes(rung.name) && (!acknowledged || 'act' in rung));
  const promised = promise && !passedRungs.includes(promise.name) ? promise : null;
  const isResultAwaited = result === null && endedAt === null;
  return earliest([...(clockRuns ? [open, promised] : []), ...(isResultAwaited ? silences : [])]);
}

/** Of equal instants the first stays. */
function earliest(rungs: readonly (OpenRung | null | undefined)[]): OpenRung | null {
  return rungs.reduce<OpenRung | null>(
    (first, rung) => (rung && (first === null || rung.dueAt < first.dueAt) ? rung : first),
    null,
  );
}

/** What the watch came to. */
export function summaryOf(watch: Watch): DossierSummary {
  const { dossierId, code, receivedAt, holders, rang, result, ending, endedAt, lastSequence, lastHash } = watch;
  return { dossierId, code, receivedAt, holders, rang, result, ending, endedAt, lastSequence, lastHash };
}

function applied(watch: Watch, event: DossierEvent): Watch {
  switch (event.type) {
    case 'dossier-submitted':
      return running({ ...watch, holders: [holding(event.data.holder, event.time)] }, event.data.deadlines);
    case 'dossier-received':
      return startedOrStopped(running(received(watch, event.time, event.data), event.data.deadlines), event.data);
    case 'dossier-handed-over':
    case 'hand-over-sent-back':
      return scheduled(passedOn(watch, event.data), event.data.deadlines);
    case 'dossier-reassigned':
      return passedOn(watch, event.data);
    case 'dossier-supplement-requested':
    case 'dossier-payment-requested':
    case 'dossier-suspended':
      return running(standingStill(watch), awaited(event.data));
    case 'dossier-withdrawal-requested':
      return standingStill(watch);
    case 'dossier-supplement-received':
    case 'dossier-payment-received':
    case 'dossier-payment-cancelled':
    case 'dossier-resumed':
    case 'consent-presumed':
    case 'dossier-withdrawal-declined':
      return running(watch, event.data.deadlines);
    case 'dossier-extended':
    case 'dossier-recomputed':
    case 'dossier-rebound':
      return scheduled(watch, event.data.deadlines);
    case 'dossier-escalated':
      return rungRang(watch, event.time, event.data);
    case 'applicant-reminded':
    case 'apology-drafted':
      return { ...watch, passedRungs: passedWith(watch, event.data) };
    case 'escalation-acknowledged':
      return { ...watch, acknowledged: true, promise: promised(event.data) };
    case 'escalation-withdrawn':
      return rungWithdrawn(watch, event.data);
    case 'dossier-processed':
      return { ...standingStill(watch), result: event.data.result };
    case 'dossier-refused':
    case 'dossier-returned':
    case 'dossier-withdrawn':
    case 'dossier-stopped':
      return {
        ...standingStill(watch),
        holders: closed(watch.holders, event.data.released),
        ending: event.type,
        endedAt: event.time,
      };
    case 'opinion-requested':
      return withSilence(watch, event.data);
    case 'opinion-given':
    case 'opinion-presumed':
      return withoutSilence(watch, event.data);
    case 'hand-over-accepted':
    case 'dossier-corrected':
    case 'fee-charged':
    case 'fee-paid':
    case 'dossier-linked':
    case 'attachment-added':
    case 'attachment-withdrawn':
    case 'papers-checked':
    case 'fee-refunded':
    case 'fee-cancelled':
      return watch;
    default:
      return passedOver(watch, event);
  }
}

/** An event of a newer build has its place in the chain and no more; a known one that no case names does not compile. */
function passedOver(watch: Watch, _: never): Watch {
  return watch;
}

/** The clock runs (again) by new deadlines. Without any the dossier still waits for something else: it stands still. */
function running(watch: Watch, deadlines: { readonly schedule: Schedule } | null): Watch {
  return deadlines ? { ...scheduled(watch, deadlines), clockRuns: true } : watch;
}

/** The rungs of what is awaited; an entry of an older build says none. */
function awaited({ deadlines }: { readonly deadlines?: Deadlines | null }): Deadlines | null {
  return deadlines ?? null;
}

/** An entry of an older build lets the planned date pass. */
function promised({ promise }: { readonly promise?: TellingRung | null }): TellingRung | null {
  return promise ?? null;
}

/** An entry of an older build wakes nobody for a silence. */
function withSilence(watch: Watch, { silence }: { readonly silence?: SilenceRung | null }): Watch {
  return silence ? { ...watch, silences: [...(watch.silences ?? []), silence] } : watch;
}

function withoutSilence(watch: Watch, { opinionId }: { readonly opinionId: string }): Watch {
  if (!watch.silences) return watch;
  return { ...watch, silences: watch.silences.filter((silence) => silence.opinionId !== opinionId) };
}

/**
 * What was taken over while something is awaited begins standing still, but for the rungs of a wait that is limited; an entry of an
 * older build says none.
 */
function startedOrStopped(
  watch: Watch,
  {
    clockStops,
    answerDueAt,
  }: Pick<DossierEventData['dossier-received'], 'clockStops'> & { answerDueAt?: string | null },
): Watch {
  const isLimited = (answerDueAt ?? null) !== null;
  return !isLimited && clockStops.some(({ until }) => until === null) ? standingStill(watch) : watch;
}

function standingStill(watch: Watch): Watch {
  return { ...watch, clockRuns: false };
}

/** A new generation replaces the schedule, forgets what had passed of the old one, and ends an acknowledgement. */
function scheduled(watch: Watch, deadlines: { readonly schedule: Schedule } | null): Watch {
  return deadlines
    ? { ...watch, schedule: deadlines.schedule, passedRungs: [], acknowledged: false, promise: null }
    : watch;
}

function received(watch: Watch, at: string, { code, holder, released }: DossierEventData['dossier-received']): Watch {
  const passesOn = watch.holders.length === 0 || released !== null;
  return {
    ...watch,
    code,
    receivedAt: watch.receivedAt ?? at,
    holders: passesOn ? [...closed(watch.holders, released), holding(holder, at)] : watch.holders,
  };
}

function passedOn(watch: Watch, { released, to }: { readonly released: Holding; readonly to: PostHolder }): Watch {
  return { ...watch, holders: [...closed(watch.holders, released), holding(to, released.until)] };
}

function holding({ officialId, postId, officeId }: PostHolder, from: string): Holder {
  return { officialId, postId, officeId, from, until: null, workingMs: null };
}

/** The last interval as the event that ended it tells it: the same figures as in the responsibility ledger. */
function closed(holders: readonly Holder[], released: Holding | null): readonly Holder[] {
  if (!released) return holders;
  const { officialId, postId, officeId, from, until, workingMs } = released;
  return [...holders.slice(0, -1), { officialId, postId, officeId, from, until, workingMs }];
}

function rungRang(watch: Watch, dueAt: string, data: DossierEventData['dossier-escalated']): Watch {
  const { generation, rung, of, responsible, addressee, recordedBy } = data;
  return {
    ...watch,
    passedRungs: passedWith(watch, data),
    ...(breaksPromise(watch, data) && promiseBroken(watch, data, dueAt)),
    rang: [...watch.rang, { generation, rung, of, dueAt, responsible, addressee, recordedBy, withdrawn: null }],
  };
}

function passedWith(watch: Watch, { generation, rung }: { readonly generation: number; readonly rung: string }) {
  return generation === watch.schedule.generation ? [...watch.passedRungs, rung] : watch.passedRungs;
}

function breaksPromise(
  { promise, schedule }: Watch,
  { generation, rung }: { readonly generation: number; readonly rung: string },
): boolean {
  return promise?.name === rung && generation === schedule.generation;
}

/** What the acknowledgement silenced stays silent, and the rest of the ladder is open again. */
function promiseBroken(
  watch: Watch,
  data: { readonly generation: number; readonly rung: string },
  at: string,
): Pick<Watch, 'passedRungs' | 'acknowledged'> {
  const passed = passedWith(watch, data);
  const silenced = watch.schedule.rungs.filter(
    (rung) => 'tell' in rung && rung.dueAt <= at && !passed.includes(rung.name),
  );
  return { passedRungs: [...passed, ...silenced.map(({ name }) => name)], acknowledged: false };
}

/** The rung is open again only when it rang for the wrong holder; one that was answered stays passed. */
function rungWithdrawn(watch: Watch, data: DossierEventData['escalation-withdrawn']): Watch {
  const { generation, rung, reason } = data;
  const reopens = reason === 'holder-changed' && generation === watch.schedule.generation;
  return {
    ...watch,
    passedRungs: reopens ? watch.passedRungs.filter((name) => name !== rung) : watch.passedRungs,
    rang: watch.rang.map((one) =>
      one.generation === generation && one.rung === rung && one.withdrawn === null
        ? { ...one, withdrawn: reason }
        : one,
    ),
  };
}
