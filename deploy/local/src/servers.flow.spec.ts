import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { servers } from '#testing';
import { endLeftovers, identityOf } from './leftovers';
import { freePort, isListening } from './ports';
import { startPostgres } from './postgres';
import { projectFolder } from './project-folder';
import { outsideAddresses, startServers } from './servers';

jest.setTimeout(60_000);

const ports = { postgres: 0, kafka: 0, temporal: 0, temporalUi: 0 };
const before = { ...process.env };
let dataFolder: string;
let program: ChildProcess | undefined;
let reported: string[];
const report = (step: string) => void reported.push(step);

/** An operator who has all three servers already and says where. */
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'motcua-outside-'));
  reported = [];
  const { postgres, kafka, temporal } = servers();
  process.env.DATABASE_URL = postgres.ownerUrl;
  process.env.KAFKA_BROKERS = kafka.brokers.join(',');
  process.env.TEMPORAL_ADDRESS = temporal.address;
});

afterEach(() => {
  program?.kill('SIGKILL');
  for (const name of outsideAddresses) {
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
  }
  rmSync(dataFolder, { recursive: true });
});

const start = () => startServers({ dataFolder, ports, report });

async function answersToSelect(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('select 1');
  await client.end();
}

test('servers that are given are used, none is started, and stopping leaves them alone', async () => {
  const { postgres, kafka, temporal } = servers();

  const given = await start();

  expect(given.postgres).toEqual({ ownerUrl: postgres.ownerUrl, how: 'DATABASE_URL' });
  expect(given.kafka).toEqual({ brokers: kafka.brokers, how: 'KAFKA_BROKERS' });
  expect(given.temporal).toMatchObject({ address: temporal.address, how: 'TEMPORAL_ADDRESS', ui: null });
  expect(reported).toEqual([]);
  expect(['run', 'postgres', 'kafka', 'temporal'].filter((name) => existsSync(join(dataFolder, name)))).toEqual([]);

  for (const name of ['postgres', 'kafka', 'temporal'] as const) await given.stopServer(name, 'SIGKILL');
  await given.stop();
  await answersToSelect(postgres.ownerUrl);
  for (const address of [...kafka.brokers, temporal.address]) {
    const [host = '', port] = address.split(':');
    expect(await isListening(host, Number(port))).toBe(true);
  }
});

test.each(['KAFKA_BROKERS', 'TEMPORAL_ADDRESS'])('%s naming a place where nothing answers is said', async (name) => {
  const address = `127.0.0.1:${await freePort()}`;
  process.env[name] = address;

  await expect(start()).rejects.toThrow(
    `${name} names ${address}, where nothing answers. Correct it, or unset it and a server is started here.`,
  );
});

test.each(['localhost', 'localhost:http', 'localhost:99999'])(
  'KAFKA_BROKERS=%s is no address, and that is said',
  async (address) => {
    process.env.KAFKA_BROKERS = address;

    await expect(start()).rejects.toThrow(`KAFKA_BROKERS names ${address}, where nothing answers.`);
  },
);

test('of several brokers the one that does not answer is named', async () => {
  const silent = `127.0.0.1:${await freePort()}`;
  process.env.KAFKA_BROKERS = `${servers().kafka.brokers.join(',')},${silent}`;

  await expect(start()).rejects.toThrow(`KAFKA_BROKERS names ${silent}, where nothing answers.`);
});

test.each(['127.0.0.1', 'localhost'])(
  'DATABASE_URL naming a silent port of %s is said, without the password',
  async (host) => {
    const port = await freePort();
    process.env.DATABASE_URL = `postgres://motcua:secret@${host}:${port}/office`;

    const failure = await start().catch((error: unknown) => (error as Error).message);

    expect(failure).toMatch(
      new RegExp(`^DATABASE_URL names ${host}:${port}/office, which cannot be used: connect ECONNREFUSED`),
    );
    expect(failure).toContain('Correct it, or unset it and a PostgreSQL is started here.');
    expect(failure).not.toContain('secret');
  },
);

test('DATABASE_URL naming a database that is not there is said in the words of PostgreSQL', async () => {
  const url = new URL(servers().postgres.ownerUrl);
  url.pathname = '/no_such_office';
  process.env.DATABASE_URL = url.toString();

  await expect(start()).rejects.toThrow(
    `DATABASE_URL names ${url.host}/no_such_office, which cannot be used: database "no_such_office" does not exist.`,
  );
});

test('DATABASE_URL that is no address is said, without the password', async () => {
  process.env.DATABASE_URL = 'motcua:secret@my server';

  const failure = await start().catch((error: unknown) => (error as Error).message);

  expect(failure).toMatch(/^DATABASE_URL is not the address of a database/);
  expect(failure).not.toContain('secret');
});

test('a PostgreSQL left by a killed stack is shut down in order, and the next start finds its data', async () => {
  const logFile = join(dataFolder, 'logs', 'postgres.log');
  const left = await startPostgres(join(dataFolder, 'postgres'), await freePort(), logFile);
  const client = new Client({ connectionString: left.url });
  await client.connect();
  await client.query('create table office as select 1 as dossier');
  await client.end();
  const path = join(dataFolder, 'run', `${left.child.pid}.json`);
  const gone = 2 ** 22 + 1; // No process has this number: it is beyond what the system gives out.
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), owner: gone }));

  endLeftovers(dataFolder, report);

  expect(await left.child.ended).toBe('exit code 0');
  expect(readFileSync(logFile, 'utf8')).toContain('received fast shutdown request');
  const next = await startPostgres(join(dataFolder, 'postgres'), await freePort(), logFile);
  try {
    await answersToSelect(next.url);
    const again = new Client({ connectionString: next.url });
    await again.connect();
    expect((await again.query('select dossier from office')).rows).toEqual([{ dossier: 1 }]);
    await again.end();
  } finally {
    await next.child.stop('SIGINT');
  }
  expect(identityOf(next.child.pid)).toBeNull();
});

test.each(outsideAddresses)('--fresh removes nothing while %s points elsewhere', async (name) => {
  writeFileSync(join(dataFolder, 'motcua-data'), '');
  writeFileSync(join(dataFolder, 'kept'), 'a dossier');
  const env: NodeJS.ProcessEnv = { ...process.env, MOTCUA_DATA: dataFolder };
  for (const other of outsideAddresses) if (other !== name) Reflect.deleteProperty(env, other);

  const main = join(projectFolder, 'dist', 'apps', 'cli', 'src', 'main.js');
  const started = spawn(process.execPath, [main, 'start', '--fresh'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  program = started;
  let said = '';
  started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => started.on('close', resolve));

  expect(said).toContain(`--fresh removes only what this project made, and ${name} points elsewhere.`);
  expect(said).toContain('Unset it, or empty those servers yourself.');
  expect(code).toBe(1);
  expect(existsSync(join(dataFolder, 'kept'))).toBe(true);
});
