import type { Dossier } from './dossier';
import { heldMinorOf } from './fees';
import type { ProcedureVersion } from './procedure';
import { transitions, type CommandName } from './transitions';

/** What can be done with a dossier that has begun, one by one and by people; its files are told apart from that. */
export type DossierCommandName = Exclude<CommandName, (typeof noneOfThem)[number]>;

const noneOfThem = ['submit', 'receive', 'recompute', 'add-attachment', 'withdraw-attachment'] as const;

/** The commands on a dossier, in the order of the table. */
export const dossierCommandNames = Object.keys(transitions).filter(
  (name): name is DossierCommandName => !(noneOfThem as readonly string[]).includes(name),
);

/** Those that must say why. */
export const reasonedCommands: readonly DossierCommandName[] = [
  'refuse',
  'send-back',
  'reassign',
  'request-supplement',
  'suspend',
  'extend',
  'rebind',
  'acknowledge',
  'decline-withdrawal',
  'stop',
  'correct',
  'refund-fee',
  'cancel-fee',
  'cancel-payment',
];

/** What there must be to do some commands to; its absence is a problem of this code. */
const needs: { readonly [Name in DossierCommandName]?: readonly [code: string, isThere: IsThere] } = {
  'accept-hand-over': ['NO_HAND_OVER_PENDING', ({ pendingHandover }) => pendingHandover !== null],
  'send-back': ['NO_HAND_OVER_PENDING', ({ pendingHandover }) => pendingHandover !== null],
  'give-opinion': ['OPINION_NOT_FOUND', ({ opinions }) => opinions.some(({ answer }) => !answer || answer.presumed)],
  'pay-fee': ['FEE_UNKNOWN', owesFee],
  'cancel-fee': ['FEE_UNKNOWN', owesFee],
  'refund-fee': ['FEE_UNKNOWN', ({ fees }) => fees.some((fee) => heldMinorOf(fee) > 0)],
  'request-payment': ['PAYMENT_DOES_NOT_PAUSE', (_, { serviceLevel }) => serviceLevel.paymentPauses],
  acknowledge: [
    'ESCALATION_NOT_FOUND',
    ({ escalations, schedule }) => escalations.some(({ generation }) => generation === schedule.generation),
  ],
  extend: ['FIELD_INVALID', ({ due }) => due.appointmentAt !== null],
};

/** Whether a fee stands that is neither paid nor cancelled; a payment request is answered by commands of its own. */
function owesFee({ fees }: Dossier): boolean {
  return fees.some(({ paidAt, cancelledAt, stopsClock }) => paidAt === null && cancelledAt === null && !stopsClock);
}

type IsThere = (dossier: Dossier, procedure: ProcedureVersion) => boolean;

/**
 * The code of the problem that a command on a dossier would be answered with whatever it says; null where nothing speaks against
 * it but, perhaps, what it says. Rights are asked elsewhere.
 */
export function refusalOf(name: DossierCommandName, dossier: Dossier, procedure: ProcedureVersion): string | null {
  const { from }: { from: readonly string[] } = transitions[name];
  const [code, isThere] = needs[name] ?? [null, () => true];
  const isMissing = !isThere(dossier, procedure);
  // To whom it would be sent back is asked before the state.
  if (!from.includes(dossier.status)) return name === 'send-back' && isMissing ? code : 'COMMAND_NOT_ALLOWED';
  return isMissing ? code : null;
}
