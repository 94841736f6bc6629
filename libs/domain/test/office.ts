import { civilCode, type WorkCalendar } from '#calendar';
import type { PostHolder } from '#contracts';
import {
  after,
  begun,
  decide,
  decideReceive,
  decideSubmit,
  dueBefore,
  type Act,
  type Command,
  type Dossier,
  type Fact,
  type GivenInstants,
  type ProcedureVersion,
} from '../src/index';

const day = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
] as const;

/** Monday to Friday, 07:30-11:30 and 13:30-17:30 in Vinh; no holidays, so that a test's sums are easy. */
export const calendar: WorkCalendar = {
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

export const lan: PostHolder = { officialId: 'lan', postId: 'desk-clerk', officeId: 'desk' };
export const minh: PostHolder = { officialId: 'minh', postId: 'land-officer', officeId: 'land' };
export const head: PostHolder = { officialId: 'hoa', postId: 'land-head', officeId: 'land' };

/** Three working days, promised in two; a warning four hours before, and the ladder upward. */
export const procedure: ProcedureVersion = {
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
    refundOnWithdrawal: 'none',
    refundLegalBasis: null,
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
      { code: 'sign', limit: null, role: null, officeRole: null, body: null, level: null },
    ],
    waits: { supplement: null, payment: null, 'other-body': null },
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
      { name: 'appointment-due', of: 'appointmentAt', hours: 'any', offset: null, tell: 'head-of-office' },
      { name: 'legal-due', of: 'legalDueAt', hours: 'any', offset: null, tell: 'head-of-parent-office' },
    ],
  },
  description: null,
};

/** The right one where that was the wrong one: a week instead of three days, promised for its end, and another step. */
export const right: ProcedureVersion = {
  ...procedure,
  code: '1.012786',
  serviceLevel: {
    ...procedure.serviceLevel,
    legalLimit: { amount: 5, unit: 'WORKING_DAY' },
    appointmentLimit: null,
    steps: [
      {
        code: 'survey',
        limit: { amount: 1, unit: 'WORKING_DAY' },
        role: null,
        officeRole: null,
        body: null,
        level: null,
      },
    ],
  },
};

export const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';

/** An instant of the week of Monday 23 November 2026, as the clock on the wall in Vinh shows it. */
export function at(day: 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri', time: string): string {
  const date = 23 + ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].indexOf(day);
  return new Date(`2026-11-${date}T${time}:00+07:00`).toISOString();
}

export function actAt(occurredAt: string, change: Partial<Act> = {}): Act {
  return {
    actor: lan,
    occurredAt,
    procedure,
    calendar,
    presentCalendar: calendar,
    wakeAt: (instant) => instant,
    ...change,
  };
}

/** What the office lives through in a test: commands as people give them, rungs as the clock finds them. */
export class Life {
  readonly facts: Fact[] = [];
  private state: Dossier | null = null;

  constructor(private readonly rule: Partial<Act> = {}) {}

  static received(time = at('Mon', '08:00'), change: Partial<Act> = {}, given: GivenInstants | null = null): Life {
    const command = { dossierId, code: 'H41-261123-0001', officeId: 'desk', channel: 'desk', holder: lan } as const;
    return new Life(change).add([decideReceive({ ...command, given, predecessor: null }, actAt(time, change))]);
  }

  static submitted(time = at('Mon', '08:00')): Life {
    const command = { dossierId, officeId: 'desk', channel: 'online', holder: lan } as const;
    return new Life().add([decideSubmit(command, actAt(time))]);
  }

  get dossier(): Dossier {
    if (!this.state) throw new Error('Nothing has happened yet.');
    return this.state;
  }

  get types(): readonly string[] {
    return this.facts.map(({ type }) => type);
  }

  /** People act; as `desk` does, rungs that fell due before are recorded first. */
  then(time: string, command: Command, change: Partial<Act> = {}): this {
    this.ring(time, 'command');
    const rule = this.dossier.procedureCode === right.code ? right : procedure;
    return this.add(decide(this.dossier, command, actAt(time, { procedure: rule, ...change })));
  }

  /** The clock records what fell due before an instant. */
  ring(before: string, recordedBy: 'clock' | 'command' = 'clock'): this {
    const recording = { actor: lan, recordedBy, findAddressee: () => head, timekeeping: actAt(before, this.rule) };
    return this.add(dueBefore(this.dossier, before, recording));
  }

  /** What another build recorded. */
  told(fact: Fact): this {
    return this.add([fact]);
  }

  private add(facts: readonly Fact[]): this {
    for (const fact of facts) {
      this.state = this.state ? after(this.state, fact) : begun(fact);
      this.facts.push(fact);
    }
    return this;
  }
}
