import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { projectFolder, readStack } from '#local';
import { eventually } from '#testing';

const cli = join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js');
const smallLog = join(projectFolder, 'test', 'logs', 'small.xes');
const mapping = join(projectFolder, 'catalogue', 'replay', 'receipt.json');
/** The month of the small log in some twenty seconds. */
const speed = String(30 * 24 * 60 * 3);
const limitMs = 240_000;

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'motcua-replay-'));
  chmodSync(data, 0o711); // PostgreSQL, which never runs as root, must be able to pass.
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `motcua replay` on the small log, in a process of its own. */
function started(...words: string[]): { readonly process: ChildProcess; readonly ended: Promise<Run> } {
  const parameters = [cli, 'replay', smallLog, '--mapping', mapping, '--check', '--speed', speed, ...words];
  const environment = { ...process.env, MOTCUA_REPLAY_DATA: data };
  const child = spawn(process.execPath, parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = async (): Promise<Run> => {
    const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    return { code: code as number | null, out, err };
  };
  return { process: child, ended: run() };
}

async function replayed(...words: string[]): Promise<Run> {
  return started(...words).ended;
}

/** The first column of numbers: what the engine came to. */
function engineFigure({ out }: Run, name: string): number {
  return Number(new RegExp(`^${name.replace(/[()]/g, '\\$&')} +(\\d+)`, 'm').exec(out)?.[1]);
}

/** How many of these an invariant was decided upon. */
function checked({ out }: Run, says: string): number {
  return Number(new RegExp(`${says} +(\\d+) +0$`, 'm').exec(out)?.[1]);
}

/** The folder of the one log replayed in this test. */
function stackFolder(): string {
  return join(data, readdirSync(data)[0] ?? '');
}

/** The processes of a service of the running stack. */
function pidsOf(service: string): readonly number[] {
  const run = join(stackFolder(), 'run');
  const children = readdirSync(run).map(
    (file) => JSON.parse(readFileSync(join(run, file), 'utf8')) as { name: string; pid: number },
  );
  return children.filter(({ name }) => name === service).map(({ pid }) => pid);
}

/** How many entries the running replay has journalled. */
async function entriesSoFar(): Promise<number> {
  const client = new Client({ connectionString: readStack(stackFolder()).ownerUrl });
  client.on('error', () => undefined); // Its server may be ended by the next start of the replay.
  await client.connect();
  try {
    const { rows } = await client.query<{ entries: string }>(
      `select count(*) as entries from desk.journal where type like 'dossier-%'`,
    );
    return Number(rows[0]?.entries);
  } finally {
    await client.end();
  }
}

test(
  'a log is lived through the real servers, every figure equals the file’s, and the same again adds nothing',
  async () => {
    const first = await replayed();

    expect(first.err + first.out).toContain('ends refused (before the start)');
    expect(first.code).toBe(0);
    expect(first.out).not.toContain('DIFFERS');
    expect(engineFigure(first, 'received')).toBe(13);
    expect(engineFigure(first, 'settled')).toBe(10);
    expect(engineFigure(first, 'ends refused (before the start)')).toBe(1);
    expect(engineFigure(first, 'escalations at the appointment')).toBe(4);
    expect(engineFigure(first, 'escalations at the legal limit')).toBe(4);
    expect(first.out).toMatch(/left out, after the end +2 +in 2 dossiers/);
    expect(first.out).toMatch(/refused, end before the start +1 /);

    const second = await replayed();

    expect(second.code).toBe(0);
    for (const says of [
      'one workflow for each dossier, closed exactly when it ended',
      'every act of people has its one kept answer',
    ]) {
      expect(checked(second, says)).toBeGreaterThan(0);
      expect(checked(second, says)).toBe(checked(first, says));
    }
  },
  limitMs,
);

test(
  'services and the replay itself killed with -9 in the middle change no figure',
  async () => {
    // Slow enough that there is a middle: what passes while a stack starts is caught up with at once.
    const slow = ['--speed', String(30 * 24 * 60)];
    const run = started(...slow);
    await eventually(async () => expect(await entriesSoFar()).toBeGreaterThan(8), { timeoutMs: 120_000 });
    run.process.kill('SIGKILL');
    await run.ended;

    const again = started(...slow);
    await eventually(async () => expect(await entriesSoFar()).toBeGreaterThan(20), { timeoutMs: 120_000 });
    for (const service of ['clock', 'desk', 'oversight'])
      for (const pid of pidsOf(service)) process.kill(pid, 'SIGKILL');
    const { code, out, err } = await again.ended;

    expect(err).toContain('desk ended (signal SIGKILL)');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining('DIFFERS') });
  },
  2 * limitMs, // The log's own time at this speed is most of one already.
);

test(
  'a difference between engine and file ends with the exit code of a failed verification',
  async () => {
    const { procedure, ...rest } = JSON.parse(readFileSync(mapping, 'utf8'));
    const ladder = procedure.serviceLevel.ladder.slice(0, 1);
    const withoutLegalRung = {
      ...rest,
      procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, ladder } },
    };
    const path = join(data, 'mapping.json');
    writeFileSync(path, JSON.stringify(withoutLegalRung));

    const { code, out } = await replayed('--mapping', path);

    expect(out).toMatch(/escalations at the legal limit +0 +4 +DIFFERS/);
    expect(code).toBe(5);
  },
  limitMs,
);

test(
  'a broken log is refused with line and reason before anything is started',
  async () => {
    const path = join(data, 'broken.xes');
    writeFileSync(path, '<log>\n<trace>\n<event/>\n');
    const child = spawn(process.execPath, [cli, 'replay', path, '--mapping', mapping], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);

    expect(err).toMatch(/broken\.xes, line \d: is not well-formed XML .*Nothing of it was used\./);
    expect(err).not.toContain('starting');
    expect(code).toBe(1);
  },
  limitMs,
);
