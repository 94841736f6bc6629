import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from './leftovers';
import { defaultDataFolder, readStack, removeData, startStack } from './stack';

let parent: string;
let dataFolder: string;
let other: ChildProcess;

/** A folder with something in it, and a process of somebody else that lives. */
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'motcua-stack-'));
  dataFolder = join(parent, 'data');
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, 'kept'), 'a dossier');
  other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { detached: true, stdio: 'ignore' });
});

afterEach(async () => {
  const ended = once(other, 'exit');
  if (other.exitCode === null && other.signalCode === null) {
    other.kill('SIGKILL');
    await ended;
  }
  rmSync(parent, { recursive: true });
});

/** The folder of a stack whose process is the other one. */
function stackOn(folder: string, differing: object = {}): void {
  writeFileSync(join(folder, 'motcua-data'), '');
  const pid = other.pid!;
  writeFileSync(join(folder, 'stack.json'), JSON.stringify({ pid, startedAs: identityOf(pid), ...differing }));
}

const report = () => undefined;
const isKept = () => existsSync(join(dataFolder, 'kept'));
const refusal = () => `A stack runs on ${dataFolder} already (process ${other.pid}).`;

test('a folder not made by this project is not removed', () => {
  rmSync(join(dataFolder, 'motcua-data'), { force: true });

  expect(() => removeData(dataFolder)).toThrow(
    `${dataFolder} was not made by this project. Remove it yourself if you are sure.`,
  );

  expect(isKept()).toBe(true);
});

test('a folder on which a stack runs is not removed', () => {
  stackOn(dataFolder);

  expect(() => removeData(dataFolder)).toThrow(refusal());

  expect(isKept()).toBe(true);
});

test('nor is it where ps could not say what runs there', () => {
  stackOn(dataFolder, { startedAs: null });

  expect(() => removeData(dataFolder)).toThrow(refusal());
});

test('the folder of a stack that has ended is removed', async () => {
  stackOn(dataFolder);
  other.kill('SIGKILL');
  await once(other, 'exit');

  removeData(dataFolder);

  expect(existsSync(dataFolder)).toBe(false);
});

test('the folder of a stack whose number another process has now is removed, and that process lives on', () => {
  stackOn(dataFolder, { startedAs: { ...identityOf(other.pid!), args: 'motcua start' } });

  removeData(dataFolder);

  expect(existsSync(dataFolder)).toBe(false);
  expect(other.signalCode).toBeNull();
});

test('what a killed stack left running is ended before its folder is removed', async () => {
  writeFileSync(join(dataFolder, 'motcua-data'), '');
  mkdirSync(join(dataFolder, 'run'));
  const pid = other.pid!;
  const gone = 2 ** 22 + 1; // No process has this number: it is beyond what the system gives out.
  const record = { name: 'desk', pid, owner: gone, ...identityOf(pid) };
  writeFileSync(join(dataFolder, 'run', `${pid}.json`), JSON.stringify(record));
  const ended = once(other, 'exit');
  const reported: string[] = [];

  removeData(dataFolder, (step) => reported.push(step));

  expect(await ended).toEqual([null, 'SIGTERM']);
  expect(reported).toEqual([`ending what a killed stack left running: desk (process ${pid})`]);
  expect(existsSync(dataFolder)).toBe(false);
});

test('a folder on which a stack is still starting is neither removed nor started on', async () => {
  writeFileSync(join(dataFolder, 'motcua-data'), '');
  mkdirSync(join(dataFolder, 'run'));
  const pid = other.pid!;
  const record = { name: 'postgres', pid, owner: process.pid, ...identityOf(pid) };
  writeFileSync(join(dataFolder, 'run', `${pid}.json`), JSON.stringify(record));

  const refused = `A stack runs on ${dataFolder} already (process ${process.pid}).`;
  expect(() => removeData(dataFolder)).toThrow(refused);
  await expect(startStack({ dataFolder, ports: 'free', report })).rejects.toThrow(refused);

  expect(isKept()).toBe(true);
  expect(other.signalCode).toBeNull();
});

test('removing a folder that is not there is no error', () => {
  removeData(join(parent, 'never-made'));
});

test('a second start on a folder is refused and changes nothing there', async () => {
  stackOn(dataFolder);
  const before = readFileSync(join(dataFolder, 'stack.json'), 'utf8');

  await expect(startStack({ dataFolder, ports: 'free', report })).rejects.toThrow(refusal());

  expect(readFileSync(join(dataFolder, 'stack.json'), 'utf8')).toBe(before);
  expect(isKept()).toBe(true);
});

test('a command without a stack says how to start one', () => {
  expect(() => readStack(dataFolder)).toThrow(
    `No stack runs on ${dataFolder}. Start one with "npm start", or name its folder with MOTCUA_DATA.`,
  );
});

test('MOTCUA_DATA names the data folder', () => {
  const before = process.env.MOTCUA_DATA;
  process.env.MOTCUA_DATA = dataFolder;
  try {
    expect(defaultDataFolder()).toBe(dataFolder);
  } finally {
    if (before === undefined) delete process.env.MOTCUA_DATA;
    else process.env.MOTCUA_DATA = before;
  }
});
