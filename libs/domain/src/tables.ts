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
      `| ${action} | ${subjects.map((subject) => row[subject] ?? '').join(' | ')} |`,
  );
  return [`| action | ${subjects.join(' | ')} |`, `| --- |${' --- |'.repeat(subjects.length)}`, ...rows, ''].join('\n');
}
