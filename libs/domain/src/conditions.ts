/**
 * What an act needs besides the right to it. `four-eyes`: one person proposes it and another, who has the right, approves.
 * `four-eyes-once-late`: the same, as soon as the dossier is past a due instant.
 */
export type Condition = 'four-eyes' | 'four-eyes-once-late';

/**
 * Which acts an office may decide to leave to two persons, as its organisation says in `fourEyes`; which of them must be is a
 * matter of the office's own rules. Each can change what was promised to a citizen, or whose lateness it is, without a trace
 * that anybody would look for.
 */
export const conditions = {
  /** After the due instant it could hide whose lateness it was. */
  reassign: 'four-eyes-once-late',
  extend: 'four-eyes',
  stop: 'four-eyes',
  correct: 'four-eyes',
} as const satisfies Readonly<Record<string, Condition>>;

/** A command that may take two. */
export type FourEyesCommand = keyof typeof conditions;

export const fourEyesCommands = Object.keys(conditions) as readonly FourEyesCommand[];
