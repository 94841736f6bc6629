import { conditions, SIGNED_IN_LATELY, signedInLately } from './conditions';
import { policy } from './policy';
import { roles } from './roles';
import { portalStatusOf, transitions, type CommandName, type Transition } from './transitions';
import { statuses } from './dossier';

/** The table of states and commands as Markdown, for the documents. */
export function statesTable(): string {
  const rows = (Object.keys(transitions) as CommandName[]).map((name) => {
    const { from, event, to }: Transition = transitions[name];
    return `| ${name} | ${from.length === 0 ? '(begins a dossier)' : from.join(', ')} | ${event} | ${to} |`;
  });
  const codes = statuses.map((status) => `| ${status} | ${portalStatusOf(status)} |`);
  return [
    '| command | allowed in | recorded as | then |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '| state | code of the national portal |',
    '| --- | --- |',
    ...codes,
    '',
  ].join('\n');
}

/** Who may do what as Markdown, for the documents. */
export function policyTable(): string {
  const subjects = [...roles, 'clock', 'oversight', 'gateway'] as const;
  const rows = Object.entries(policy).map(
    ([action, row]: [string, Readonly<Record<string, string>>]) =>
      `| ${action} | ${subjects.map((subject) => row[subject] ?? '').join(' | ')} | ${conditionOf(action)} | ${isLately(action) ? SIGNED_IN_LATELY : ''} |`,
  );
  return [
    `| action | ${subjects.join(' | ')} | where the organisation says so | always |`,
    `| --- |${' --- |'.repeat(subjects.length + 2)}`,
    ...rows,
    '',
    '`four-eyes`: one person proposes it and another, who has the right, approves; a deputy and whom they stand in for are one',
    'person. `four-eyes-once-late`: the same, as soon as the dossier is past a due instant. The organisation lists in `fourEyes`',
    'for which of these it holds; records of the past are exempt.',
    '',
    '`signed-in-lately`: whoever does it has signed in within the last five minutes; reading under the same right needs none.',
    '',
  ].join('\n');
}

function isLately(action: string): boolean {
  return signedInLately.some((name) => name === action);
}

function conditionOf(action: string): string {
  return new Map<string, string>(Object.entries(conditions)).get(action) ?? '';
}
