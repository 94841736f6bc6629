import fc from 'fast-check';
import { transitions, type Command, type Dossier, type ProcedureVersion, type ServiceLevel } from '../src/index';
import { at, calendar, head, lan, Life, minh, procedure } from './office';

const exception = { legalBasis: 'law', approvedBy: 'hoa' };

/** What may be asked for; which of it, the state decides. Most of a life is handing on, no stop is long, and an end is rare. */
const commands: readonly Command[] = [
  ...[lan, minh, head].flatMap((to): Command[] => [
    { name: 'reassign', to, reasonCode: 'absent' },
    ...[null, 'examine', 'sign'].map((step): Command => ({ name: 'hand-over', to, step })),
  ]),
  { name: 'accept-hand-over' },
  ...[1, 2, 3].map((): Command => ({ name: 'send-back', reasonCode: 'not-ours' })),
  { name: 'request-supplement', reasonCode: 'missing', components: [], ...exception },
  { name: 'request-payment', amountMinor: 1, currency: 'VND' },
  { name: 'suspend', reasonCode: 'opinion' },
  { name: 'extend', reasonCode: 'survey', until: '2026-12-31', signedBy: 'hoa', ...exception },
  { name: 'request-withdrawal' },
];
const resumptions: readonly Command[] = [
  { name: 'accept', code: 'H41-261123-0002', holder: minh },
  { name: 'receive-supplement' },
  { name: 'receive-payment' },
  { name: 'cancel-payment', reasonCode: 'error' },
  { name: 'resume' },
  { name: 'decline-withdrawal', reasonCode: 'decided' },
];
const fee = { currency: 'VND', basis: 'issue', legalBasis: 'law' } as const;
/** Two fees that may be charged, and paid and given back as often as is asked: what is too much is refused. */
const moneyCommands: readonly Command[] = [
  { name: 'charge-fee', feeId: 'one', amountMinor: 5, collectedAt: 'acceptance', ...fee },
  { name: 'charge-fee', feeId: 'two', amountMinor: 3, collectedAt: 'return', ...fee },
  { name: 'pay-fee', feeId: 'one', amountMinor: 5, receiptNumber: '1', method: 'cash' },
  { name: 'refund-fee', feeId: 'one', amountMinor: 2, reasonCode: 'error' },
  { name: 'cancel-fee', feeId: 'two', reasonCode: 'error' },
];
const ends: readonly Command[] = [
  { name: 'refuse', reasonCode: 'incomplete' },
  { name: 'confirm-withdrawal' },
  { name: 'stop', reasonCode: 'silent' },
  { name: 'mark-processed', result: 'granted' },
  { name: 'return', to: 'applicant', proof: 'signature' },
];

/** A life, the rule it was lived by, and a now after its last act. */
export interface RandomLife {
  readonly life: Life;
  readonly timekeeping: { readonly procedure: ProcedureVersion; readonly presentCalendar: typeof calendar };
  readonly now: string;
}

interface ActDrawn {
  readonly asked: readonly Command[];
  readonly pick: number;
}

/** Not biased to the small and the short: most of those would never be late. */
const acts = fc.noBias(
  fc.array(
    fc.record({
      asked: fc.constantFrom(
        ...[1, 2, 3, 4, 5].map(() => commands),
        moneyCommands,
        moneyCommands,
        resumptions,
        resumptions,
        resumptions,
        ends,
      ),
      pick: fc.nat({ max: 999 }),
      /** Acts at one instant happen as surely as days between them. */
      minutes: fc.oneof(
        { weight: 1, arbitrary: fc.constant(0) },
        { weight: 3, arbitrary: fc.integer({ min: 1, max: 1_500 }) },
      ),
    }),
    { minLength: 5, maxLength: 25, size: 'max' },
  ),
);

/** Random lives: handed on and put off in any order, by rules with and without limits of steps, in both modes of supplement. */
export function randomLives(service: Partial<ServiceLevel> = {}): fc.Arbitrary<RandomLife> {
  const hours = (amount: number) => ({ amount, unit: 'WORKING_HOUR' as const });
  const steps = fc.constantFrom(
    procedure.serviceLevel.steps,
    ['examine', 'sign'].map((code) => ({ code, limit: null, role: null, officeRole: null, body: null, level: null })),
    ['examine', 'sign'].map((code) => ({
      code,
      limit: hours(20),
      role: null,
      officeRole: null,
      body: null,
      level: null,
    })),
  );
  const level = fc.record({ steps, supplementMode: fc.constantFrom('pause' as const, 'restart' as const) });
  return fc.tuple(fc.nat({ max: 3 }), level, acts, fc.nat({ max: 3_000 })).map(([submitted, drawn, lived, minutes]) => {
    const serviceLevel = { ...procedure.serviceLevel, ...drawn, ...service };
    const rule = { ...procedure, serviceLevel };
    const life = submitted === 0 ? Life.submitted() : Life.received(at('Mon', '08:00'), { procedure: rule });
    let nowMs = Date.parse(at('Mon', '08:00'));
    for (const act of lived) {
      nowMs += act.minutes * 60_000;
      oneMoreAct(life, instant(nowMs), act, rule);
    }
    const timekeeping = { procedure: rule, presentCalendar: calendar };
    return { life, timekeeping, now: instant(nowMs + minutes * 60_000) };
  });
}

/** One of what the state allows; what a rule refuses nevertheless has not happened. */
function oneMoreAct(life: Life, time: string, { asked, pick }: ActDrawn, rule: ProcedureVersion): void {
  const allowed = allowedIn(life.dossier, asked);
  const command = allowed[pick % allowed.length];
  if (!command) return;
  try {
    life.then(time, command, { procedure: rule });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
  }
}

function allowedIn({ status }: Dossier, asked: readonly Command[]): readonly Command[] {
  return asked.filter(({ name }) => (transitions[name].from as readonly string[]).includes(status));
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
