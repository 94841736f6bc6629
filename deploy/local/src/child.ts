import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { setPriority } from 'node:os';
import { dirname } from 'node:path';
import { recordChild } from './leftovers';

/** A process of ours, in a process group of its own so that Ctrl-C reaches us alone and we stop things in order. */
export interface Child {
  readonly pid: number;
  /** Resolves with a word about how it ended. */
  readonly ended: Promise<string>;
  readonly isAlive: () => boolean;
  /** Sends a signal to the whole group and waits for the end; after the limit the group is killed. */
  stop(signal?: NodeJS.Signals, limitMs?: number): Promise<void>;
}

/** How a child starts. One that gives way leaves the processor to the others where there is not enough for all. */
export interface ChildOptions extends SpawnOptions {
  readonly givesWay?: boolean;
}

/** Of a process that gives way: it gets a third of what another gets. */
const NICENESS = 5;

/** Starts a process whose output goes to `<data folder>/logs/<name>.log`; while it runs, the data folder has a record of it. */
export function startChild(
  command: string,
  parameters: readonly string[],
  logFile: string,
  { givesWay = false, ...options }: ChildOptions = {},
): Child {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const child = spawn(command, parameters, { ...options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  if (givesWay && child.pid !== undefined) yieldTo(child.pid);
  const ended = endOf(child);
  if (child.pid !== undefined) child.once('exit', recordChild(child.pid, logFile));
  return {
    pid: child.pid ?? -1,
    ended,
    isAlive: () => child.exitCode === null && child.signalCode === null && child.pid !== undefined,
    stop: (signal = 'SIGTERM', limitMs = 20_000) => stopGroup(child, ended, signal, limitMs),
  };
}

/** At once, before it has threads: they take over the niceness of their process as it begins. */
function yieldTo(pid: number): void {
  try {
    setPriority(pid, NICENESS);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error; // It has ended already.
  }
}

/** Waits until a child is up. One that does not come up is stopped, so that nobody need know that it was started. */
export async function untilUp(child: Child, comesUp: () => Promise<void>, signal?: NodeJS.Signals): Promise<Child> {
  try {
    await comesUp();
    return child;
  } catch (error) {
    await child.stop(signal);
    throw error;
  }
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function stopGroup(
  child: ChildProcess,
  ended: Promise<string>,
  signal: NodeJS.Signals,
  limitMs: number,
): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child.pid, signal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(resolve, limitMs, 'late')));
  if ((await Promise.race([ended, late])) === 'late') signalGroup(child.pid, 'SIGKILL');
  clearTimeout(timer);
  await ended;
}

/** Signals a process group; one that is gone is what was wanted. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Runs a program to its end; its output goes to the log file. Answers its exit code. */
export async function runToEnd(
  command: string,
  parameters: readonly string[],
  logFile: string,
  options: SpawnOptions = {},
): Promise<number> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  try {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', log, log] });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    closeSync(log);
  }
}
