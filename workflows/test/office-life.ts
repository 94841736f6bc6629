import fc from 'fast-check';
import { civilCode, type WorkCalendar } from '#calendar';
import {
  dataSchemaOf,
  endsDossier,
  type DossierEvent,
  type JournalEntry,
  type PostHolder,
  type Recorder,
  type TakenOverFrom,
} from '#contracts';
import {
  after,
  begun,
  decide,
  decideReceive,
  decideSubmit,
  decideTakeOver,
  DossierError,
  dueBefore,
  nextRungAt,
  transitions,
  type Act,
  type Command,
  type Dossier,
  type Fact,
  type ProcedureVersion,
} from '#domain';
import { entryOf, lan, minh } from './dossier-book';

const day = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
] as const;

/** Monday to Friday in Vinh, without holidays. */
const calendar: WorkCalendar = {
  id: 'vinh',
  version: '1',
  timeZone: 'Asia/Ho_Chi_Minh',
  workingHoursPerDay: 8,
  weekly: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] },
  seasons: [],
  days: [],
  validFrom: '2026-01-01',
  validTo: '2029-12-31',
  announcedUntil: '2029-12-31',
};

/** A decree makes a Thursday free; another takes it back. */
const decree: WorkCalendar = {
  ...calendar,
  version: '2',
  days: [
    {
      date: '2026-11-26',
      kind: 'holiday',
      hoursOf: null,
      open: null,
      name: { vi: 'Nghỉ', en: 'Free', de: 'Frei' },
      legalBasis: 'Decree',
    },
  ],
};

/** Three working days, promised in two, one step with a limit of its own, and a rung for each due instant. */
const procedure: ProcedureVersion = {
  code: '1.005129',
  version: 1,
  state: 'published',
  validFrom: null,
  name: 'Sample',
  calendarId: 'vinh',
  serviceLevel: {
    kind: 'computed',
    legalLimit: { amount: 3, unit: 'WORKING_DAY' },
    appointmentLimit: { amount: 16, unit: 'WORKING_HOUR' },
    acceptanceLimit: { amount: 8, unit: 'WORKING_HOUR' },
    onlineLimit: null,
    counting: civilCode,
    supplementMode: 'pause',
    paymentPauses: true,
    refundOnWithdrawal: 'full',
    refundLegalBasis: 'Decree',
    maxSupplements: 1,
    maxExtensions: 1,
    steps: [
      {
        code: 'examine',
        limit: { amount: 4, unit: 'WORKING_HOUR' },
        role: null,
        officeRole: null,
        body: null,
        level: null,
      },
    ],
    waits: {
      supplement: {
        limit: { amount: 2, unit: 'WORKING_DAY' },
        remind: { amount: 4, unit: 'WORKING_HOUR' },
        onSilence: 'stop',
        legalBasis: 'law',
      },
      payment: { limit: { amount: 1, unit: 'WORKING_DAY' }, remind: null, onSilence: 'nothing', legalBasis: 'law' },
      'other-body': {
        limit: { amount: 1, unit: 'WORKING_DAY' },
        remind: { amount: 2, unit: 'WORKING_HOUR' },
        onSilence: 'consent',
        legalBasis: 'law',
      },
    },
    officeLadders: [],
    ladder: [
      { name: 'acceptance-due', of: 'acceptanceDueAt', hours: 'any', offset: null, tell: 'head-of-office' },
      { name: 'step-due', of: 'stepDueAt', hours: 'any', offset: null, tell: 'responsible-official' },
      {
        name: 'appointment-warning',
        of: 'appointmentAt',
        hours: 'any',
        offset: { side: 'before', amount: 4, unit: 'WORKING_HOUR' },
        tell: 'responsible-official',
      },
      { name: 'apology', of: 'appointmentAt', hours: 'office', offset: { percent: 60 }, act: 'draft-apology' },
      { name: 'appointment-due', of: 'appointmentAt', hours: 'any', offset: null, tell: 'head-of-office' },
      { name: 'legal-due', of: 'legalDueAt', hours: 'any', offset: null, tell: 'head-of-parent-office' },
    ],
  },
  description: null,
};

/** Chosen wrongly, or wrongly not: a day more, promised for its end, without steps. */
const other: ProcedureVersion = {
  ...procedure,
  code: '1.012786',
  serviceLevel: {
    ...procedure.serviceLevel,
    legalLimit: { amount: 4, unit: 'WORKING_DAY' },
    appointmentLimit: null,
    steps: [],
  },
};

const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';
export const startsAtMs = Date.parse('2026-11-23T01:00:00.000Z');
const head: PostHolder = { officialId: 'huong', postId: 'head', officeId: 'vinh-land' };

/** A fact and what the dossier is once it happened. */
export interface Chapter {
  readonly dossier: Dossier;
  readonly entry: JournalEntry;
}

/** One act of people in a random life: how long after the one before, and whether it is recorded only much later. */
interface Turn {
  /** Which of the commands that the dossier's state allows. */
  readonly drawn: number;
  readonly minutes: number;
  readonly recordedMinutesLater: number;
}

/**
 * The lives of dossiers as the rules of the office make them: what people do is decided by `decide`, and what falls due
 * between is recorded by the clock, so that something recorded late finds its rung rung already.
 */
export const officeLives: fc.Arbitrary<readonly Chapter[]> = fc
  .record({
    begins: fc.constantFrom<Beginning[]>('online', 'desk', 'taken-over'),
    turns: fc.array(
      fc.record({
        drawn: fc.nat(),
        minutes: fc.integer({ min: 0, max: 1_500 }),
        recordedMinutesLater: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6_000 })),
      }),
      { maxLength: 40 },
    ),
  })
  .map(({ begins, turns }) => livedThrough(begins, turns));

/** `taken-over`: open elsewhere since days, while a supplement is awaited. */
export type Beginning = 'online' | 'desk' | 'taken-over';

function livedThrough(begins: Beginning, turns: readonly Turn[]): readonly Chapter[] {
  const life = new OfficeLife(begins);
  for (const { drawn, minutes, recordedMinutesLater } of turns) {
    const occurredAtMs = Date.parse(life.dossier.lastActAt) + minutes * 60_000;
    life.recordRungs(instant(occurredAtMs + recordedMinutesLater * 60_000), 'clock');
    life.act(drawn, occurredAtMs);
  }
  return life.chapters;
}

/** One dossier, written entry by entry as `desk` would write it. */
export class OfficeLife {
  readonly chapters: Chapter[];

  constructor(
    begins: Beginning,
    private readonly wakeAt: Act['wakeAt'] = (dueAt) => dueAt,
  ) {
    const first = firstFact(begins, this.actAt(instant(startsAtMs), calendar, procedure));
    this.chapters = [chapter(begun(first), first, null)];
  }

  get dossier(): Dossier {
    return this.chapters.at(-1)!.dossier;
  }

  get entries(): readonly JournalEntry[] {
    return this.chapters.map(({ entry }) => entry);
  }

  /** Records the rungs that fell due unmet before an instant. */
  recordRungs(before: string, recordedBy: Recorder): void {
    const timekeeping = this.actAt(before);
    const recording = { actor: head, recordedBy, findAddressee: () => head, timekeeping };
    this.add(dueBefore(this.dossier, before, recording));
  }

  /** Does one of the things that the dossier's state allows; what a rule refuses has not happened. */
  act(drawn: number, occurredAtMs: number): void {
    const isEndAllowed = drawn % 4 === 0;
    const allowed = commandsFor(this.dossier, occurredAtMs).filter(({ name }) => isEndAllowed || !endings.has(name));
    const command = allowed[Math.floor(drawn / 4) % allowed.length];
    if (command) this.add(decided(this.dossier, command, this.actAt(instant(occurredAtMs))));
  }

  private add(facts: readonly Fact[]): void {
    for (const fact of facts) this.chapters.push(chapter(after(this.dossier, fact), fact, this.chapters.at(-1)!.entry));
  }

  /** The newest calendar is always the other one, so that whoever recomputes moves the dossier to and fro. */
  private actAt(
    occurredAt: string,
    own = this.dossier.calendar === 'vinh/2' ? decree : calendar,
    rule = this.dossier.procedureCode === other.code ? other : procedure,
  ): Act {
    const presentCalendar = own === calendar ? decree : calendar;
    return { actor: lan, occurredAt, procedure: rule, calendar: own, presentCalendar, wakeAt: this.wakeAt };
  }
}

function firstFact(how: Beginning, act: Act): Fact {
  const begins = { dossierId, officeId: 'vinh-desk', holder: lan };
  const atDesk = { ...begins, channel: 'desk', code: 'H41-1' } as const;
  switch (how) {
    case 'online':
      return decideSubmit({ ...begins, channel: 'online' }, act);
    case 'desk':
      return decideReceive({ ...atDesk, given: null, predecessor: null }, act);
    case 'taken-over':
      return decideTakeOver({ ...atDesk, from: elsewhere, ...waitingSince }, act);
  }
}

const elsewhere: TakenOverFrom = {
  system: 'old',
  number: '17',
  status: 'in-process',
  step: 'examine',
  appointmentAt: '2026-11-20T10:30:00.000Z',
  legalDueAt: null,
};
const waitingSince = {
  firstReceivedAt: '2026-11-17T01:00:00.000Z',
  clockStops: [{ reason: 'supplement', from: '2026-11-19T03:00:00.000Z', until: null }],
} as const;

function decided(dossier: Dossier, command: Command, act: Act): readonly Fact[] {
  try {
    return decide(dossier, command, act);
  } catch (error) {
    if (error instanceof DossierError) return [];
    throw error;
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Seldom, or every life were a short one. */
const endings = new Set<Command['name']>(['refuse', 'confirm-withdrawal', 'stop', 'return']);

const resumptions: readonly Command[] = [
  { name: 'receive-supplement' },
  { name: 'receive-payment' },
  { name: 'cancel-payment', reasonCode: 'error' },
  { name: 'resume' },
];

/** The commands that the state allows; an escalation that stands can be acknowledged. */
function commandsFor(
  { status, escalations, fees, procedureCode, opinions, links }: Dossier,
  nowMs: number,
): readonly Command[] {
  const standing = escalations.at(-1);
  const exception = { legalBasis: 'law', approvedBy: 'huong' };
  const plannedAt = instant(nowMs + 3_600_000);
  const commands: readonly Command[] = [
    { name: 'accept', code: 'H41-1', holder: minh },
    { name: 'accept', code: 'H41-1', holder: lan },
    { name: 'refuse', reasonCode: 'incomplete' },
    { name: 'hand-over', to: minh, step: null },
    { name: 'hand-over', to: lan, step: 'examine' },
    { name: 'accept-hand-over' },
    { name: 'send-back', reasonCode: 'not-ours' },
    { name: 'reassign', to: minh, reasonCode: 'absent' },
    { name: 'request-supplement', reasonCode: 'missing', components: [], ...exception },
    { name: 'request-payment', amountMinor: 1, currency: 'VND' },
    { name: 'suspend', reasonCode: 'opinion' },
    {
      name: 'extend',
      reasonCode: 'survey',
      until: instant(nowMs + 7 * 86_400_000).slice(0, 10),
      signedBy: 'huong',
      ...exception,
    },
    { name: 'recompute', operationId: dossierId, legalBasis: 'Decree' },
    { name: 'rebind', procedure: procedureCode === other.code ? procedure : other, reasonCode: 'wrong-procedure' },
    ...(standing ? [{ name: 'acknowledge', ...standing, plannedAt, reasonCode: 'survey' } as const] : []),
    {
      name: 'request-opinion',
      opinionId: opinionIdOf(opinions.length),
      asked: minh,
      limit: { amount: 8, unit: 'WORKING_HOUR' },
      until: null,
      questionCode: 'land-tax',
      legalBasis: 'Decree',
      onSilence: opinions.length % 2 === 0 ? 'consent' : 'nothing',
    },
    ...opinions
      .filter(({ answer }) => answer === null)
      .map(({ opinionId }): Command => ({ name: 'give-opinion', opinionId, outcome: 'consent', reasonCode: null })),
    { name: 'request-withdrawal' },
    { name: 'confirm-withdrawal' },
    { name: 'decline-withdrawal', reasonCode: 'decided' },
    { name: 'stop', reasonCode: 'silent' },
    { name: 'mark-processed', result: 'granted' },
    { name: 'return', to: 'applicant', proof: 'signature' },
    ...moneyCommands(fees),
    { name: 'check-papers', papers: [{ component: 'map', state: 'present' }] },
    { name: 'link', kind: 'group', otherDossierId: opinionIdOf(links.length) },
    {
      name: 'add-attachment',
      attachmentId: opinionIdOf(0),
      componentCode: null,
      mediaType: 'application/pdf',
      bytes: 1,
      sha256: 'a'.repeat(64),
    },
    { name: 'withdraw-attachment', attachmentId: opinionIdOf(0), reasonCode: 'wrong-file' },
    { name: 'correct', field: 'channel', oldValue: 'desk', newValue: 'post', reasonCode: 'typo' },
  ];
  const goesOn = resumptions.flatMap((one) => [one, one, one]); // Most waits end by what was waited for.
  return [...goesOn, ...commands].filter(({ name }) => (transitions[name].from as readonly string[]).includes(status));
}

/** One more fee; the last one paid, or given back. */
function moneyCommands(fees: Dossier['fees']): readonly Command[] {
  const feeId = `01932c8e-7c00-7000-8000-${String(fees.length).padStart(12, '0')}`;
  const last = fees.at(-1);
  const fee = { basis: 'issue', legalBasis: 'law', collectedAt: 'acceptance' } as const;
  return [
    { name: 'charge-fee', feeId, amountMinor: 1, currency: 'VND', ...fee },
    ...(last
      ? ([
          { name: 'pay-fee', feeId: last.feeId, amountMinor: 1, receiptNumber: '1', method: 'cash' },
          { name: 'refund-fee', feeId: last.feeId, amountMinor: 1, reasonCode: 'error' },
          { name: 'cancel-fee', feeId: last.feeId, reasonCode: 'error' },
        ] as const)
      : []),
  ];
}

function opinionIdOf(index: number): string {
  return `01932c8e-7c00-7000-8000-cc${String(index).padStart(10, '0')}`;
}

/** The fact as `desk` journals it: `nextrungat`, and the hash of the entry before. */
function chapter(dossier: Dossier, fact: Fact, before: JournalEntry | null): Chapter {
  const nextrungat = endsDossier(fact) ? null : nextRungAt(dossier);
  const event = {
    specversion: '1.0',
    id: `01932c8e-7c00-7000-8000-${fact.sequence.toString(16).padStart(12, '0')}`,
    source: '/motcua/desk',
    ...fact,
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(fact.type),
    recordedat: fact.time,
    ...(before && { previoushash: before.hash }),
    ...(nextrungat !== null && { nextrungat }),
  } as DossierEvent;
  return { dossier, entry: entryOf(event) };
}
