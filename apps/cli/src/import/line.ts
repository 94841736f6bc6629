import { stopReasons, type StopReason, type TakenOverFrom } from '#contracts';
import { statusWhile } from '#domain';
import { LocalProblem } from '#local';

const required = [
  'system',
  'number',
  'procedureCode',
  'officeId',
  'channel',
  'firstReceivedAt',
  'responsible',
  'post',
  'status',
] as const;
const optional = [
  'appointmentAt',
  'legalDueAt',
  'pauses',
  'step',
  'applicantName',
  'applicantPhone',
  'applicantEmail',
  'applicantIdentityNumber',
  'remark',
] as const;

/** A column of the file, by the name its header gives it. */
export type Column = (typeof required)[number] | (typeof optional)[number];

/** Which cell holds which column. */
export type Header = ReadonlyMap<Column, number>;

/** What is wrong with a line: the column (or `line`), and the rule it breaks. */
export interface LineDefect {
  readonly column: string;
  readonly rule: string;
}

/** What the desk is asked for one line: the body of `POST /taken-over-dossiers`. */
export interface TakeOverBody {
  readonly system: string;
  readonly number: string;
  readonly status: TakenOverFrom['status'];
  readonly clockStops: readonly Pause[];
  readonly [Field: string]: unknown;
}

interface Pause {
  readonly reason: StopReason;
  readonly from: string;
  readonly until?: string;
}

/** A line as a request, or all that keeps it from being one. Who it is about is known as far as the line says it. */
export type ReadLine = { readonly system: string; readonly number: string } & (
  { readonly body: TakeOverBody } | { readonly defects: readonly LineDefect[] }
);

/** The columns by their names, in any order. @throws LocalProblem for one that is unknown, twice there, or missing */
export function headerOf(names: readonly string[]): Header {
  const known = new Map([...required, ...optional].map((column) => [column.toLowerCase(), column]));
  const header = new Map<Column, number>();
  for (const [index, name] of names.entries()) {
    const column = known.get(name.toLowerCase());
    if (!column) throw unfit(`Column ${index + 1} of the header, "${name}", is not known.`);
    if (header.has(column)) throw unfit(`The header names the column "${column}" twice.`);
    header.set(column, index);
  }
  const missing = required.filter((column) => !header.has(column));
  if (missing.length > 0) throw unfit(`The header lacks the columns: ${missing.join(', ')}.`);
  return header;
}

function unfit(problem: string): LocalProblem {
  return new LocalProblem(problem, `There are: ${[...required, ...optional].join(', ')}. Nothing was taken over.`);
}

/** What a line says. The desk knows the rest: offices, posts, procedures, instants. */
export function lineOf(header: Header, cells: readonly string[]): ReadLine {
  const cell = (column: Column) => cells[header.get(column) ?? -1] ?? '';
  const said = (column: Column) => (cell(column) === '' ? undefined : cell(column));
  const identity = { system: cell('system'), number: cell('number') };
  const pauses = pausesOf(cell('pauses'));
  const status = typeof pauses === 'string' ? null : statusOf(cell('status'), pauses);
  const defects = [
    ...required.filter((column) => said(column) === undefined).map((column) => ({ column, rule: 'must not be empty' })),
    ...(typeof pauses === 'string' ? [{ column: 'pauses', rule: pauses }] : []),
    ...(status !== null && 'rule' in status ? [{ column: 'status', rule: status.rule }] : []),
    ...applicantDefects(said),
  ];
  if (defects.length > 0 || typeof pauses === 'string' || status === null || 'rule' in status) {
    return { ...identity, defects };
  }
  const applicant = said('applicantName') === undefined ? undefined : applicantOf(said);
  const body = {
    ...identity,
    procedureCode: said('procedureCode'),
    officeId: said('officeId'),
    channel: said('channel'),
    firstReceivedAt: said('firstReceivedAt'),
    appointmentAt: said('appointmentAt'),
    legalDueAt: said('legalDueAt'),
    clockStops: pauses,
    responsible: { officialId: said('responsible'), postId: said('post') },
    status: status.before,
    step: said('step'),
    applicant,
    remark: said('remark'),
  };
  return { ...identity, body };
}

/** The column of the file that a field of the request comes from. */
export function columnOf(field: string): string {
  const [first = field, ...rest] = field.split('.');
  if (first === 'clockStops') return 'pauses';
  if (first === 'responsible') return rest[0] === 'postId' ? 'post' : 'responsible';
  if (first === 'applicant' && rest[0] !== undefined) return applicantColumns[rest[0]] ?? field;
  return first;
}

type Said = (column: Column) => string | undefined;

const applicantColumns: Readonly<Record<string, Column>> = {
  name: 'applicantName',
  phone: 'applicantPhone',
  email: 'applicantEmail',
  identityNumber: 'applicantIdentityNumber',
};

function applicantOf(said: Said): object {
  return Object.fromEntries(Object.entries(applicantColumns).map(([field, column]) => [field, said(column)]));
}

/** Data of somebody without a name would be kept for nobody. */
function applicantDefects(said: Said): readonly LineDefect[] {
  const nameless = Object.values(applicantColumns).some((column) => said(column) !== undefined);
  return nameless && said('applicantName') === undefined
    ? [{ column: 'applicantName', rule: 'must not be empty where the applicant is told of' }]
    : [];
}

/** `supplement 2026-11-03 08:00/2026-11-05 10:00 | payment 2026-11-20 09:00/`: without an end it lasts. Else the rule broken. */
function pausesOf(text: string): readonly Pause[] | string {
  if (text === '') return [];
  const pauses = text.split('|').map((one) => /^(\S+)\s+([^/]+?)\s*\/\s*([^/]*)$/.exec(one.trim()));
  const read: Pause[] = [];
  for (const pause of pauses) {
    const [, word = '', from = '', until = ''] = pause ?? [];
    const reason = stopReasons.find((one) => one === word);
    if (!reason) {
      return `must be pauses such as "supplement 2026-11-03 08:00/2026-11-05 10:00", divided by "|", for ${stopReasons.join(', ')}`;
    }
    read.push({ reason, from, ...(until !== '' && { until }) });
  }
  return read;
}

/** A waiting status and a pause that lasts say the same, or one of them is wrong. */
function statusOf(
  word: string,
  pauses: readonly Pause[],
): { readonly before: TakenOverFrom['status'] } | { readonly rule: string } {
  const status = word.toLowerCase().replaceAll(' ', '-');
  const lasting = pauses.find(({ until }) => until === undefined);
  if (status === 'received' || status === 'in-process') {
    return lasting ? { rule: `must be ${statusWhile[lasting.reason]} while a pause lasts` } : { before: status };
  }
  const reason = stopReasons.find((one) => statusWhile[one] === status);
  if (!reason) return { rule: `must be one of received, in-process, ${Object.values(statusWhile).join(', ')}` };
  return lasting?.reason === reason ? { before: 'in-process' } : { rule: `needs a pause for ${reason} that lasts` };
}
