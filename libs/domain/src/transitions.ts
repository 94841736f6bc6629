import type { DossierEventType } from '#contracts';
import { CommandNotAllowed } from './errors';
import type { Status } from './dossier';

/** In which states a command is allowed, what it is recorded as, and what the dossier is in afterwards. */
export interface Transition {
  readonly from: readonly Status[];
  readonly event: DossierEventType;
  /** `same`: the state stays. `before`: back to the state before the withdrawal was asked for. */
  readonly to: Status | 'same' | 'before';
}

const handled = ['received', 'in-process'] as const;
const waiting = ['awaiting-supplement', 'awaiting-payment', 'suspended'] as const;
const accepted = [...handled, ...waiting, 'withdrawal-requested', 'processed'] as const;

/**
 * The table of states and commands: what is not in it is refused. `submit` and `receive` begin a dossier and are in no
 * row's `from`. The applicant's portal is told the codes of {@link portalStatusOf}.
 */
export const transitions = {
  submit: { from: [], event: 'dossier-submitted', to: 'submitted' },
  receive: { from: [], event: 'dossier-received', to: 'received' },
  accept: { from: ['submitted'], event: 'dossier-received', to: 'received' },
  refuse: { from: ['submitted'], event: 'dossier-refused', to: 'refused' },
  'hand-over': { from: accepted, event: 'dossier-handed-over', to: 'same' },
  'accept-hand-over': { from: accepted, event: 'hand-over-accepted', to: 'same' },
  'send-back': { from: accepted, event: 'hand-over-sent-back', to: 'same' },
  reassign: { from: ['submitted', ...accepted], event: 'dossier-reassigned', to: 'same' },
  'request-supplement': { from: handled, event: 'dossier-supplement-requested', to: 'awaiting-supplement' },
  'receive-supplement': { from: ['awaiting-supplement'], event: 'dossier-supplement-received', to: 'in-process' },
  'request-payment': { from: handled, event: 'dossier-payment-requested', to: 'awaiting-payment' },
  'receive-payment': { from: ['awaiting-payment'], event: 'dossier-payment-received', to: 'in-process' },
  'cancel-payment': { from: ['awaiting-payment'], event: 'dossier-payment-cancelled', to: 'in-process' },
  suspend: { from: handled, event: 'dossier-suspended', to: 'suspended' },
  resume: { from: ['suspended'], event: 'dossier-resumed', to: 'in-process' },
  extend: { from: handled, event: 'dossier-extended', to: 'same' },
  recompute: {
    from: ['submitted', ...handled, ...waiting, 'withdrawal-requested'],
    event: 'dossier-recomputed',
    to: 'same',
  },
  rebind: { from: [...handled, ...waiting, 'withdrawal-requested'], event: 'dossier-rebound', to: 'same' },
  acknowledge: { from: ['submitted', ...accepted], event: 'escalation-acknowledged', to: 'same' },
  'request-opinion': { from: [...handled, ...waiting], event: 'opinion-requested', to: 'same' },
  'give-opinion': { from: accepted, event: 'opinion-given', to: 'same' },
  'request-withdrawal': {
    from: [...handled, ...waiting],
    event: 'dossier-withdrawal-requested',
    to: 'withdrawal-requested',
  },
  'confirm-withdrawal': { from: ['withdrawal-requested'], event: 'dossier-withdrawn', to: 'withdrawn' },
  'decline-withdrawal': { from: ['withdrawal-requested'], event: 'dossier-withdrawal-declined', to: 'before' },
  stop: { from: [...handled, ...waiting, 'withdrawal-requested'], event: 'dossier-stopped', to: 'stopped' },
  'mark-processed': { from: handled, event: 'dossier-processed', to: 'processed' },
  return: { from: ['processed'], event: 'dossier-returned', to: 'returned' },
  correct: { from: ['submitted', ...accepted], event: 'dossier-corrected', to: 'same' },
  'charge-fee': { from: [...handled, ...waiting, 'processed'], event: 'fee-charged', to: 'same' },
  'pay-fee': { from: accepted, event: 'fee-paid', to: 'same' },
  'refund-fee': { from: accepted, event: 'fee-refunded', to: 'same' },
  'cancel-fee': { from: accepted, event: 'fee-cancelled', to: 'same' },
  'check-papers': { from: ['submitted', ...accepted], event: 'papers-checked', to: 'same' },
  link: { from: ['submitted', ...accepted], event: 'dossier-linked', to: 'same' },
  'add-attachment': { from: ['submitted', ...accepted], event: 'attachment-added', to: 'same' },
  'withdraw-attachment': { from: ['submitted', ...accepted], event: 'attachment-withdrawn', to: 'same' },
} as const satisfies Record<string, Transition>;

export type CommandName = keyof typeof transitions;

/** @throws CommandNotAllowed naming the states that would allow it. */
export function requireAllowed(command: CommandName, status: Status): void {
  const allowedIn: readonly Status[] = transitions[command].from;
  if (!allowedIn.includes(status)) throw new CommandNotAllowed(command, status, allowedIn);
}

/** The National Public Service Portal's synchronisation code of a dossier in this state. */
export function portalStatusOf(status: Status): number {
  return portalStatuses[status];
}

const portalStatuses: Readonly<Record<Status, number>> = {
  submitted: 1,
  received: 2,
  refused: 3,
  'in-process': 4,
  suspended: 4,
  'awaiting-supplement': 5,
  'awaiting-payment': 6,
  'withdrawal-requested': 7,
  withdrawn: 8,
  stopped: 8,
  processed: 9,
  returned: 10,
};
