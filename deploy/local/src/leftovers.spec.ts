import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { startChild } from './child';
import { endLeftovers, identityOf, isSameProcess } from './leftovers';

const FOREVER = 'setInterval(() => undefined, 1000);';
const DEAF = `process.on('SIGTERM', () => undefined); ${FOREVER}`;

let folder: string;
let reported: string[];
let started: number[];
const report = (step: string) => void reported.push(step);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-leftovers-'));
  reported = [];
  started = [];
});

afterEach(() => {
  for (const pid of started) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
  rmSync(folder, { recursive: true });
});

/** A process that starts a child as a stack does, tells its number, and lives until it is killed. */
async function stackWithChild(code: string): Promise<{ owner: ChildProcess; child: number }> {
  const ready = join(folder, 'ready');
  const childCode = `${code} require('node:fs').writeFileSync(${JSON.stringify(ready)}, '');`;
  const owner = spawn(
    process.execPath,
    [
      '-e',
      `const { spawn } = require('node:child_process');
       const child = spawn(process.execPath, ['-e', ${JSON.stringify(childCode)}], { detached: true, stdio: 'ignore' });
       console.log(child.pid); ${FOREVER}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(owner.stdout, 'data')) as [Buffer];
  const child = Number(line.toString());
  started.push(owner.pid!, child);
  await eventually(() => expect(existsSync(ready)).toBe(true));
  return { owner, child };
}

async function kill(owner: ChildProcess): Promise<void> {
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}

/** What the killed process would have noted of its child. */
function record(name: string, pid: number, owner: number, differing: object = {}): void {
  mkdirSync(join(folder, 'run'), { recursive: true });
  const content = { name, pid, owner, ...identityOf(pid), ...differing };
  writeFileSync(join(folder, 'run', `${pid}.json`), JSON.stringify(content));
}

function records(): { name: string; pid: number; owner: number }[] {
  const run = join(folder, 'run');
  return existsSync(run) ? readdirSync(run).map((file) => JSON.parse(readFileSync(join(run, file), 'utf8'))) : [];
}

const runs = (pid: number) => identityOf(pid) !== null && !identityOf(pid)!.args.includes('<defunct>');

test('a child is on record while it runs, and no longer once it was stopped', async () => {
  const child = startChild(process.execPath, ['-e', FOREVER], join(folder, 'logs', 'desk.log'));
  started.push(child.pid);

  expect(records()).toEqual([{ name: 'desk', pid: child.pid, owner: process.pid, ...identityOf(child.pid) }]);
  await child.stop();

  expect(records()).toEqual([]);
});

test('a child that ends by itself leaves no record', async () => {
  const child = startChild(process.execPath, ['-e', ''], join(folder, 'logs', 'desk.log'));

  await child.ended;

  expect(records()).toEqual([]);
});

test('a program that is not there leaves no record', async () => {
  const child = startChild(join(folder, 'no-such-program'), [], join(folder, 'logs', 'desk.log'));

  expect(await child.ended).toContain('ENOENT');
  expect(records()).toEqual([]);
});

test('what a killed stack left running is ended, and it is said', async () => {
  const { owner, child } = await stackWithChild(FOREVER);
  record('desk', child, owner.pid!);
  await kill(owner);
  expect(runs(child)).toBe(true);

  endLeftovers(folder, report);

  expect(runs(child)).toBe(false);
  expect(reported).toEqual([`ending what a killed stack left running: desk (process ${child})`]);
  expect(records()).toEqual([]);
});

test('what a stack that lives has running is not touched', async () => {
  const { owner, child } = await stackWithChild(FOREVER);
  record('desk', child, owner.pid!);

  expect(() => endLeftovers(folder, report)).toThrow(
    `A stack runs on ${folder} already (process ${owner.pid}). Stop it first: Ctrl-C where it runs, or "kill" with that number.`,
  );

  expect(runs(child)).toBe(true);
  expect(records()).toHaveLength(1);
  expect(reported).toEqual([]);
});

test('one living child of a stack protects all of them', async () => {
  const left = await stackWithChild(FOREVER);
  record('kafka', left.child, left.owner.pid!);
  await kill(left.owner);
  const living = await stackWithChild(FOREVER);
  record('desk', living.child, living.owner.pid!);

  expect(() => endLeftovers(folder, report)).toThrow('A stack runs on');

  expect([runs(left.child), runs(living.child)]).toEqual([true, true]);
});

test.each([
  ['other words', { args: 'postgres -D somewhere' }],
  ['another start', { startedAtMs: 0 }],
])('a process that got the number of one on record, told by %s, is not touched', async (_, differing) => {
  const { owner, child } = await stackWithChild(FOREVER);
  await kill(owner);
  record('desk', child, owner.pid!, differing);

  endLeftovers(folder, report);

  expect(runs(child)).toBe(true);
  expect(reported).toEqual([]);
  expect(records()).toEqual([]);
});

test('one that does not hear the polite signal is killed after the limit', async () => {
  const { owner, child } = await stackWithChild(DEAF);
  record('desk', child, owner.pid!);
  await kill(owner);

  endLeftovers(folder, report, { politeMs: 300, killedMs: 5_000 });

  expect(runs(child)).toBe(false);
});

test.each([
  ['postgres', 'SIGINT'],
  ['kafka', 'SIGTERM'],
  ['desk', 'SIGTERM'],
])('%s hears %s', async (name, expected) => {
  const heard = join(folder, 'heard');
  const listen = (which: string) =>
    `process.on('${which}', () => { require('node:fs').writeFileSync(${JSON.stringify(heard)}, '${which}'); process.exit(0); });`;
  const { owner, child } = await stackWithChild(`${listen('SIGINT')} ${listen('SIGTERM')} ${FOREVER}`);
  record(name, child, owner.pid!);
  await kill(owner);

  endLeftovers(folder, report);

  expect(readFileSync(heard, 'utf8')).toBe(expected);
});

test('a record cut short by the kill stops no start', () => {
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'run', '1.json'), '{"name":"des');

  endLeftovers(folder, report);

  expect(reported).toEqual([]);
});

test('a process is the same when ps is a second off, not when it started a minute later', () => {
  const now = identityOf(process.pid)!;

  expect(isSameProcess(process.pid, { ...now, startedAtMs: now.startedAtMs + 1_000 })).toBe(true);
  expect(isSameProcess(process.pid, { ...now, startedAtMs: now.startedAtMs + 60_000 })).toBe(false);
});
