import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { v5 as uuidv5 } from 'uuid';
import type { VersionOfReceiptBasis } from '#domain';
import { LocalProblem } from '#local';
import { RemoteRefusal, type ServiceFetch } from '#platform';
import { columnOf, headerOf, lineOf, type LineDefect, type ReadLine, type TakeOverBody } from './line';
import { csvRecords, type CsvRecord } from './records';

const MOTCUA_IMPORT = '3f2d4c1a-9a54-5b1e-8d7a-52c6f1a0e7b4';
const RETRY_MS = { first: 250, most: 5_000 };
/** A desk that is away for longer is an operator's matter; the import goes on where it stopped. */
const PATIENCE_MS = 120_000;
/** One that fails at a line again and again fails for this line, and no other has to wait. */
const PATIENCE_WITH_FAILURE_MS = 3_000;

/** What became of a line. `would be imported` is for a look beforehand. */
export const outcomes = ['imported', 'would be imported', 'already there', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** One line of the file, and what became of it. */
export interface LineReport {
  readonly line: number;
  readonly system: string;
  readonly number: string;
  readonly outcome: Outcome;
  /** Of the dossier here; null where there is none, or it is not known. */
  readonly code: string | null;
  /** The promised date, as an instant in UTC. */
  readonly appointmentAt: string | null;
  /** What the office should know of a line that was not refused; null where there is nothing. */
  readonly note: string | null;
  /** Empty unless refused. */
  readonly defects: readonly LineDefect[];
}

export interface ImportOptions {
  readonly desk: ServiceFetch;
  readonly lines: AsyncIterable<string>;
  /** Nothing is written: every line is decided upon as if it were taken over now. */
  readonly dryRun: boolean;
  /** Lines that are under way at once. */
  readonly atOnce: number;
}

/**
 * Takes over line after line, several at once, and tells what became of each in the order of the file. A line's key follows from
 * its system and number, so what was done before is answered, not done again: broken off, it is begun again.
 *
 * @throws LocalProblem for a header that is unfit, and when the desk stays away
 */
export async function* takenOver(options: ImportOptions): AsyncGenerator<LineReport> {
  const records = csvRecords(options.lines);
  const first = await records.next();
  if (first.done) throw new LocalProblem('The file is empty.', 'Its first line names the columns.');
  if ('broken' in first.value) throw new LocalProblem(`The header ${first.value.broken}.`, 'Nothing was taken over.');
  const header = headerOf(first.value.cells);
  const underWay: Promise<LineReport>[] = [];
  const ask = options.dryRun ? foreseeing(options) : (body: TakeOverBody) => takenOverBy(body, options);
  for await (const record of records) {
    const read = 'broken' in record ? null : lineOf(header, record.cells);
    const report = read ? reportOf(record.line, read, ask) : Promise.resolve(brokenReport(record));
    report.catch(() => undefined); // Whoever waits for it is told, in its turn.
    underWay.push(report);
    const oldest = underWay.length >= options.atOnce ? underWay.shift() : undefined;
    if (oldest) yield await oldest;
  }
  for (const report of underWay) yield await report;
}

function brokenReport(record: CsvRecord): LineReport {
  const rule = 'broken' in record ? record.broken : '';
  return {
    ...nothing,
    line: record.line,
    system: '',
    number: '',
    outcome: 'refused',
    defects: [{ column: 'line', rule }],
  };
}

const nothing = { code: null, appointmentAt: null, note: null, defects: [] } as const;

type Ask = (body: TakeOverBody) => Promise<Told>;

async function reportOf(line: number, read: ReadLine, ask: Ask): Promise<LineReport> {
  const { system, number } = read;
  const told = 'defects' in read ? refused(read.defects) : await ask(read.body);
  return { line, system, number, ...told };
}

type Told = Omit<LineReport, 'line' | 'system' | 'number'>;

function refused(defects: readonly LineDefect[]): Told {
  return { ...nothing, outcome: 'refused', defects };
}

/** What the desk says of the procedure; an answer that an older build kept does not say why it is this version. */
interface ProcedureHere {
  readonly procedureVersion: number;
  readonly procedureVersionBasis?: VersionOfReceiptBasis;
}

interface DossierHere extends ProcedureHere {
  readonly code: string;
  readonly firstDue: { readonly appointmentAt: string | null };
}

interface Preview extends ProcedureHere {
  readonly due: DossierHere['firstDue'];
}

function noteOf({ procedureVersion, procedureVersionBasis }: ProcedureHere): string | null {
  if (procedureVersionBasis !== 'earliest-since-receipt') return null;
  return `procedureCode had no version in force at the first receipt: under version ${procedureVersion}, the earliest since`;
}

/**
 * Asks the desk beforehand, and remembers what would be there by then: a later line of the same system and number finds it
 * there, in the same words or in others, as it will when it is taken over.
 */
function foreseeing({ desk }: ImportOptions): Ask {
  const thereBy = new Map<string, Promise<string | null>>();
  return (body) => {
    const identity = JSON.stringify([body.system, body.number]);
    const words = createHash('sha256').update(JSON.stringify(body)).digest('base64');
    const before = thereBy.get(identity) ?? Promise.resolve(null);
    const told = before.then((there) => (there === null ? previewed(body, desk) : foundThere(there === words)));
    const after = Promise.all([before, told]).then(
      ([there, { outcome }]) => there ?? (outcome === 'would be imported' ? words : null),
    );
    after.catch(() => undefined); // Whoever waits for the line is told.
    thereBy.set(identity, after);
    return told;
  };
}

function foundThere(inTheSameWords: boolean): Told {
  return inTheSameWords ? { ...nothing, outcome: 'already there' } : refused([inOtherWords]);
}

async function previewed(body: TakeOverBody, desk: ServiceFetch): Promise<Told> {
  const path = '/taken-over-dossiers/preview';
  try {
    const preview = (await answered(() => desk<Preview>({ method: 'POST', path, body }))).body;
    const { appointmentAt } = preview.due;
    return { ...nothing, outcome: 'would be imported', appointmentAt, note: noteOf(preview) };
  } catch (error) {
    if (error instanceof RemoteRefusal && error.code === 'ALREADY_TAKEN_OVER') return foundThere(true);
    return refusedBy(error);
  }
}

async function takenOverBy(body: TakeOverBody, { desk }: ImportOptions): Promise<Told> {
  const key = uuidv5(JSON.stringify(['take-over', body.system, body.number]), MOTCUA_IMPORT);
  const headers = { 'idempotency-key': key };
  try {
    const answer = await answered(() =>
      desk<DossierHere>({ method: 'POST', path: '/taken-over-dossiers', body, headers }),
    );
    const outcome = answer.headers.has('idempotent-replayed') ? 'already there' : 'imported';
    const { code, firstDue } = answer.body;
    return { ...nothing, outcome, code, appointmentAt: firstDue.appointmentAt, note: noteOf(answer.body) };
  } catch (error) {
    return refusedBy(error);
  }
}

/** What a refusal says of its line; throws what is about the whole file. */
function refusedBy(error: unknown): Told {
  if (!(error instanceof RemoteRefusal) || error.kind === 'forbidden') throw error;
  return refused(defectsOf(error));
}

/** Asks until there is an answer, for a while: a key makes repeats harmless. */
async function answered<T>(ask: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  for (let retryMs = RETRY_MS.first; ; retryMs = Math.min(retryMs * 2, RETRY_MS.most)) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof RemoteRefusal) || error.kind !== 'unavailable') throw error;
      const waitedMs = performance.now() - begun;
      if (error.status === 500 && waitedMs > PATIENCE_WITH_FAILURE_MS) throw error;
      if (waitedMs > PATIENCE_MS) {
        throw new LocalProblem(
          `The desk gives no answer: ${error.message}`,
          'The same command again goes on where it stopped.',
        );
      }
    }
    await pause(retryMs);
  }
}

const inOtherWords: LineDefect = {
  column: 'number',
  rule: 'was taken over before, by somebody else or in other words; nothing was changed',
};

/** The desk's words, by the columns of the file. */
function defectsOf({ problem, code, detail }: RemoteRefusal): readonly LineDefect[] {
  if (code === 'IDEMPOTENCY_KEY_REUSED' || code === 'ALREADY_TAKEN_OVER') {
    return [inOtherWords];
  }
  const errors = problem?.['errors'];
  if (!Array.isArray(errors)) return [{ column: 'line', rule: `${detail} (${code})` }];
  return (errors as { field: string; rule: string }[]).map(({ field, rule }) => ({ column: columnOf(field), rule }));
}
