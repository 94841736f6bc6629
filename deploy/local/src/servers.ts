import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { environment } from '#platform';
import type { Child } from './child';
import { kafkaJars, startKafka } from './kafka';
import { politeSignal } from './leftovers';
import { freePort, isListening, requireFreePort } from './ports';
import { startPostgres } from './postgres';
import { LocalProblem, type Report } from './problem';
import { startTemporal, temporalCli, TEMPORAL_NAMESPACE } from './temporal';
import { startTemporalServer, temporalServer } from './temporal-server';

export type ServerName = 'postgres' | 'kafka' | 'temporal';

/** Ports to listen on; 0 takes a free one. */
export type ServerPorts = Readonly<Record<ServerName | 'temporalUi', number>>;

/** Where the three servers are, and how each was got. */
export interface Servers {
  readonly postgres: { readonly ownerUrl: string; readonly how: string };
  readonly kafka: { readonly brokers: readonly string[]; readonly how: string };
  readonly temporal: {
    readonly address: string;
    readonly namespace: string;
    readonly how: string;
    readonly ui: string | null;
  };
  /** Ends one that was started here, for fault tests; one given from outside is left alone. */
  stopServer(name: ServerName, signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data. */
  startServer(name: ServerName): Promise<void>;
  /** Stops all that was started here, in order. */
  stop(): Promise<void>;
}

/** `cli`: the server that Temporal's CLI holds, on one file. `server`: the server proper, on our PostgreSQL. */
export type TemporalFlavour = 'cli' | 'server';

export interface ServersOptions {
  readonly dataFolder: string;
  readonly ports: ServerPorts;
  readonly report: Report;
  /** `cli` unless given. */
  readonly temporal?: TemporalFlavour;
}

/** Addresses of servers that are there already, each on its own. */
export const outsideAddresses = ['DATABASE_URL', 'KAFKA_BROKERS', 'TEMPORAL_ADDRESS'] as const;

/** One server under our care: how it starts, and its process while it runs. */
interface Kept {
  readonly start: () => Promise<Child>;
  child: Child | null;
}

/**
 * Finds or starts PostgreSQL, Kafka and Temporal. What has an address in the environment is used and never started; the
 * others are started side by side, after those that must be fetched were fetched side by side.
 *
 * @throws LocalProblem; then nothing that was started here is left running.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { dataFolder, ports, report } = options;
  const logs = join(dataFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const kept = new Map<ServerName, Kept>();
  const keep = async (name: ServerName, start: () => Promise<Child>) => {
    report(`starting ${titles[name]}`);
    const server: Kept = { start, child: null };
    kept.set(name, server);
    server.child = await start();
  };
  const stop = async () => {
    for (const name of ['temporal', 'kafka', 'postgres'] as const) await stopOne(kept.get(name), name);
  };
  const started = providePostgres(dataFolder, ports.postgres, keep);
  const outcomes = await Promise.allSettled([
    started,
    provideKafka(dataFolder, ports.kafka, report, keep),
    provideTemporal(options, started, keep),
  ]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  const [postgres, kafka, temporal] = outcomes;
  if (failure || postgres.status !== 'fulfilled' || kafka.status !== 'fulfilled' || temporal.status !== 'fulfilled') {
    await stop();
    throw failure?.reason;
  }
  return {
    postgres: postgres.value,
    kafka: kafka.value,
    temporal: temporal.value,
    stop,
    stopServer: (name, signal) => stopOne(kept.get(name), name, signal),
    startServer: async (name) => {
      const server = kept.get(name);
      if (server && !server.child?.isAlive()) server.child = await server.start();
    },
  };
}

const titles: Readonly<Record<ServerName, string>> = { postgres: 'PostgreSQL', kafka: 'Kafka', temporal: 'Temporal' };

async function stopOne(server: Kept | undefined, name: ServerName, signal?: NodeJS.Signals): Promise<void> {
  await server?.child?.stop(signal ?? politeSignal(name));
}

type Keep = (name: ServerName, start: () => Promise<Child>) => Promise<void>;

async function providePostgres(dataFolder: string, wanted: number, keep: Keep): Promise<Servers['postgres']> {
  const given = environment('DATABASE_URL');
  if (given !== undefined) {
    await requireDatabase(given);
    return { ownerUrl: given, how: 'DATABASE_URL' };
  }
  const port = await portFor(wanted, 'PostgreSQL');
  const logFile = join(dataFolder, 'logs', 'postgres.log');
  let superuserUrl = '';
  await keep('postgres', async () => {
    const { child, url } = await startPostgres(join(dataFolder, 'postgres'), port, logFile);
    superuserUrl = url;
    return child;
  });
  return { ownerUrl: await provideDatabase(superuserUrl, 'motcua'), how: 'PostgreSQL 18.4, from the npm packages' };
}

async function provideKafka(dataFolder: string, wanted: number, report: Report, keep: Keep): Promise<Servers['kafka']> {
  const given = environment('KAFKA_BROKERS')?.split(',');
  if (given) {
    for (const broker of given) await requireReachable('KAFKA_BROKERS', broker);
    return { brokers: given, how: 'KAFKA_BROKERS' };
  }
  const logFile = join(dataFolder, 'logs', 'kafka.log');
  const { folder, how } = await kafkaJars(logFile, report);
  const port = await portFor(wanted, 'Kafka');
  await keep('kafka', () => startKafka(folder, join(dataFolder, 'kafka'), port, logFile));
  return { brokers: [`127.0.0.1:${port}`], how };
}

async function provideTemporal(
  { dataFolder, ports, report, temporal = 'cli' }: ServersOptions,
  postgres: Promise<Servers['postgres']>,
  keep: Keep,
): Promise<Servers['temporal']> {
  const given = environment('TEMPORAL_ADDRESS');
  const namespace = environment('TEMPORAL_NAMESPACE') ?? TEMPORAL_NAMESPACE;
  if (given !== undefined) {
    await requireReachable('TEMPORAL_ADDRESS', given);
    return { address: given, namespace, how: 'TEMPORAL_ADDRESS', ui: null };
  }
  const logFile = join(dataFolder, 'logs', 'temporal.log');
  if (temporal === 'server') {
    const { folder, how } = await temporalServer(logFile, report);
    const { ownerUrl } = await postgres;
    const port = await portFor(ports.temporal, 'Temporal');
    const configFile = join(dataFolder, 'temporal', 'server.json');
    await keep('temporal', () => startTemporalServer(folder, { ownerUrl, port, configFile, logFile }));
    return { address: `127.0.0.1:${port}`, namespace, how, ui: null };
  }
  const { program, how } = await temporalCli(logFile, report);
  const port = await portFor(ports.temporal, 'Temporal');
  const uiPort = ports.temporalUi === 0 ? null : await portFor(ports.temporalUi, "Temporal's own web pages");
  await keep('temporal', () => startTemporal(program, join(dataFolder, 'temporal'), { port, uiPort, logFile }));
  return { address: `127.0.0.1:${port}`, namespace, how, ui: uiPort === null ? null : `http://127.0.0.1:${uiPort}` };
}

async function portFor(wanted: number, what: string): Promise<number> {
  if (wanted === 0) return freePort();
  await requireFreePort(wanted, what);
  return wanted;
}

/** Makes the database when it is not there yet; answers its URL. */
async function provideDatabase(superuserUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(superuserUrl);
  url.pathname = `/${name}`;
  return url.toString();
}

async function requireDatabase(url: string): Promise<void> {
  if (!/^postgres(ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new LocalProblem(
      'DATABASE_URL is not the address of a database (postgres://user:password@host:5432/name).',
      'Correct it, or unset it and a PostgreSQL is started here.',
    );
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    const { host, pathname } = new URL(url);
    throw new LocalProblem(
      `DATABASE_URL names ${host}${pathname}, which cannot be used: ${reasonOf(cause)}.`,
      'Correct it, or unset it and a PostgreSQL is started here.',
    );
  }
}

/** A name with several addresses fails with one error for each and no words of its own. */
function reasonOf(cause: unknown): string {
  const { message, errors = [] } = cause as Partial<AggregateError>;
  return message ? message : errors.map(reasonOf).join(', ');
}

async function requireReachable(variable: string, address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  const answers = await isListening(host, Number(port)).catch(() => false); // It refuses what is no port at all.
  if (!answers) {
    throw new LocalProblem(
      `${variable} names ${address}, where nothing answers.`,
      'Correct it, or unset it and a server is started here.',
    );
  }
}
