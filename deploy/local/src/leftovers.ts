import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { environmentWith } from '#platform';
import { LocalProblem, type Report } from './problem';
import { treeOf } from './process-tree';

/** What tells a process from a later one that was given the same number. */
export interface ProcessIdentity {
  readonly startedAtMs: number;
  readonly args: string;
}

/** A child as recorded while it runs: what it is, and whose. */
interface ChildRecord extends ProcessIdentity {
  readonly name: string;
  readonly pid: number;
  readonly owner: number;
}

/** Some versions of `ps` reckon the start from the uptime and are a second off now and then. */
const PS_IS_OFF_BY_MS = 2_000;

/**
 * Notes a child in the data folder, so that a later start finds it should this process be killed. The log of a child is
 * `<data folder>/logs/<name>.log`. Answers what takes the note away. Without a fit `ps` nothing is noted.
 */
export function recordChild(pid: number, logFile: string): () => void {
  const seen = look(pid);
  if (seen === null) return () => undefined;
  const folder = runFolder(dirname(dirname(logFile)));
  const path = join(folder, `${pid}.json`);
  const { startedAtMs, args } = seen;
  const record: ChildRecord = { name: basename(logFile, '.log'), pid, owner: process.pid, startedAtMs, args };
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(record));
  return () => rmSync(path, { force: true });
}

/**
 * Ends what a stack that was killed left running on this folder. It blocks, because nothing else may go on meanwhile.
 *
 * @throws LocalProblem when one of them belongs to a stack that lives, before any is touched, or when one cannot be ended
 */
export function endLeftovers(
  dataFolder: string,
  report: Report,
  { politeMs, killedMs } = { politeMs: 20_000, killedMs: 5_000 },
): void {
  const found = recordsIn(dataFolder).filter(isRunning);
  const owned = found.find(({ pid, owner }) => look(pid)?.parent === owner);
  if (owned) throw stackRuns(dataFolder, owned.owner);
  if (found.length > 0) report(`ending what a killed stack left running: ${found.map(wordFor).join(', ')}`);
  for (const record of found) signal(record, politeSignal(record.name));
  const stubborn = stillRunningAfter(politeMs, found);
  for (const record of stubborn) signal(record, 'SIGKILL');
  const [unending] = stillRunningAfter(killedMs, stubborn);
  if (unending) throw cannotEnd(unending);
  rmSync(runFolder(dataFolder), { recursive: true, force: true });
}

/** PostgreSQL's "fast" shutdown is SIGINT; the others end on SIGTERM. */
export function politeSignal(name: string): NodeJS.Signals {
  return name === 'postgres' ? 'SIGINT' : 'SIGTERM';
}

/** What `ps` says of a process; null when it is gone, or when there is no `ps` that could say. */
export function identityOf(pid: number): ProcessIdentity | null {
  const seen = look(pid);
  return seen && { startedAtMs: seen.startedAtMs, args: seen.args };
}

/** True when the process that was seen then runs now. */
export function isSameProcess(pid: number, { startedAtMs, args }: ProcessIdentity): boolean {
  const seen = look(pid);
  return seen !== null && seen.args === args && Math.abs(seen.startedAtMs - startedAtMs) <= PS_IS_OFF_BY_MS;
}

/** Why nobody else may start on this folder. */
export function stackRuns(dataFolder: string, pid: number): LocalProblem {
  return new LocalProblem(
    `A stack runs on ${dataFolder} already (process ${pid}).`,
    'Stop it first: Ctrl-C where it runs, or "kill" with that number.',
  );
}

const runFolder = (dataFolder: string) => join(dataFolder, 'run');
const wordFor = ({ name, pid }: ChildRecord) => `${name} (process ${pid})`;
const isRunning = (record: ChildRecord) => isSameProcess(record.pid, record);

/** A child whose parent is its owner has an owner that lives: with its parent's death a process changes parents. */
function look(pid: number): (ProcessIdentity & { readonly parent: number }) | null {
  const env = environmentWith({ LC_ALL: 'C', TZ: 'UTC' });
  const { status, stdout } = spawnSync('ps', ['-ww', '-o', 'ppid=,lstart=,args=', '-p', String(pid)], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0) return null;
  const [, parent, start, args] = /^\s*(\d+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d{4})\s+(.*)$/m.exec(stdout) ?? [];
  if (parent === undefined || start === undefined || args === undefined) return null;
  return { parent: Number(parent), startedAtMs: Date.parse(`${start} UTC`), args };
}

/** The children that run on a data folder now: their names and numbers. */
export function runningOn(dataFolder: string): readonly Pick<ChildRecord, 'name' | 'pid'>[] {
  return recordsIn(dataFolder);
}

/** Signals the children of that name and all their processes; one that has just gone needs none. */
export function signalChildren(dataFolder: string, name: string, signal: NodeJS.Signals): void {
  for (const { pid } of recordsIn(dataFolder).filter((record) => record.name === name)) {
    for (const member of treeOf(pid)) kill(member, signal);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function recordsIn(dataFolder: string): ChildRecord[] {
  try {
    const files = readdirSync(runFolder(dataFolder)).map((file) => join(runFolder(dataFolder), file));
    return files.flatMap(recordAt);
  } catch {
    return []; // Nothing was ever started here.
  }
}

function recordAt(path: string): ChildRecord[] {
  try {
    return [JSON.parse(readFileSync(path, 'utf8')) as ChildRecord];
  } catch {
    return []; // Its writer was killed while it wrote, or the child ended meanwhile.
  }
}

function signal(record: ChildRecord, which: NodeJS.Signals): void {
  try {
    process.kill(-record.pid, which);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw cannotEnd(record);
  }
}

function stillRunningAfter(limitMs: number, records: readonly ChildRecord[]): readonly ChildRecord[] {
  const until = performance.now() + limitMs;
  let running = records.filter(isRunning);
  while (running.length > 0 && performance.now() < until) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    running = running.filter(isRunning);
  }
  return running;
}

function cannotEnd(record: ChildRecord): LocalProblem {
  return new LocalProblem(
    `${wordFor(record)}, left by a killed stack, could not be ended.`,
    `End it as the user it runs as, or with "kill -9 ${record.pid}", and start again.`,
  );
}
