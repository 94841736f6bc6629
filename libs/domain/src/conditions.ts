import type { Action } from './policy';

/**
 * What an act needs besides the right to it. `four-eyes`: one person proposes it and another, who has the right, approves.
 * `four-eyes-once-late`: the same, as soon as the dossier is past a due instant.
 */
export type Condition = 'four-eyes' | 'four-eyes-once-late';

/** Under this name the generated documents list what needs a sign-in of the last five minutes, beside the conditions. */
export const SIGNED_IN_LATELY = 'signed-in-lately';

/** How old the sign-in may be, in seconds of real time (ASVS 7.5.3). */
export const signInHoldsS = 300;

/**
 * Which acts need a sign-in of the last five minutes, in every office: each decides about rights, about the rules that all
 * dossiers are counted by, or lets something be gone, and nobody is to do it at a desk that another left open. To read under the
 * same right needs none.
 */
export const signedInLately: readonly Action[] = [
  'load-organisation',
  'manage-accounts',
  'load-catalogue',
  'publish-procedure',
  'withdraw-procedure',
  'recompute',
  'discard-dead-letter',
];

/**
 * Which acts an office may decide to leave to two persons, as its organisation says in `fourEyes`; which of them must be is a
 * matter of the office's own rules. Each can change what was promised to a citizen, or whose lateness it is, without a trace
 * that anybody would look for; or the rules and rights by which all that is judged.
 */
export const conditions = {
  /** After the due instant it could hide whose lateness it was. */
  reassign: 'four-eyes-once-late',
  extend: 'four-eyes',
  /** Another promise takes the place of the one on the receipt. */
  rebind: 'four-eyes',
  stop: 'four-eyes',
  correct: 'four-eyes',
  'load-organisation': 'four-eyes',
  'load-catalogue': 'four-eyes',
  /** What lets somebody in; to shut somebody out stays one person's, who may have to do it at once. */
  'manage-accounts': 'four-eyes',
} as const satisfies Readonly<Partial<Record<Action, Condition>>>;

/** An act that may take two. */
export type FourEyesAct = keyof typeof conditions;

export const fourEyesActs = Object.keys(conditions) as readonly FourEyesAct[];

/** What of it loads a document for all offices. */
export const documentActs = ['load-organisation', 'load-catalogue'] as const;
export type DocumentAct = (typeof documentActs)[number];

/** What of it concerns no dossier. */
const officeActs = [...documentActs, 'manage-accounts'] as const;
type OfficeAct = (typeof officeActs)[number];

/** What of it is a command on one dossier. */
export type FourEyesCommand = Exclude<FourEyesAct, OfficeAct>;

export const fourEyesCommands = fourEyesActs.filter((act): act is FourEyesCommand => {
  return !officeActs.some((one) => one === act);
});
