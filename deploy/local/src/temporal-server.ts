import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { environmentWith } from '#platform';
import { cacheFolder, onPath, requireDisk } from './cache';
import { runToEnd, startChild, untilUp, type Child } from './child';
import { freePort, isListening, untilListening } from './ports';
import { LocalProblem, type Report } from './problem';
import { TEMPORAL_NAMESPACE } from './temporal';

/** 1.32.1 builds too; 1.32.2, 1.31 and 1.30.9 want a newer Go. */
const VERSION = '1.32.0';
const RETENTION = '30 days';
const NAMESPACE_WITHIN_MS = 60_000;

/** Temporal's two stores, each a database with a schema of its own. */
const stores = { temporal: 'temporal', visibility: 'temporal_visibility' } as const;

/** Where the server proper and its SQL tool are kept; false in `isThere` when they were never built on this machine. */
export function keptTemporalServer(): { readonly folder: string; readonly isThere: boolean } {
  const folder = join(cacheFolder(), `temporal-server-${VERSION}`);
  return { folder, isThere: existsSync(join(folder, 'server')) && existsSync(join(folder, 'sql')) };
}

/** Temporal's server proper, as clusters run it: from an earlier start, or built by Go. */
export async function temporalServer(logFile: string, report: Report): Promise<{ folder: string; how: string }> {
  const { folder, isThere } = keptTemporalServer();
  if (isThere) return { folder, how: `Temporal server ${VERSION} on PostgreSQL, kept from an earlier start` };
  if (onPath('go') === null) {
    throw new LocalProblem(
      `Temporal's server ${VERSION} is built with Go, and no "go" is on the PATH.`,
      'Install Go 1.26 or newer, or set TEMPORAL_ADDRESS to a server of yours.',
    );
  }
  requireDisk(folder, 4);
  report(`building Temporal's server ${VERSION} with Go: five minutes, this once`);
  const programs = ['server', 'tools/sql'].map((name) => `go.temporal.io/server/cmd/${name}@v${VERSION}`);
  const env = environmentWith({ GOBIN: folder, GOTOOLCHAIN: 'local' });
  if ((await runToEnd('go', ['install', ...programs], logFile, { env })) !== 0) {
    throw new LocalProblem("Go could not build Temporal's server.", `Its log says why: ${logFile}`);
  }
  return { folder, how: `Temporal server ${VERSION} on PostgreSQL, built with Go` };
}

/** Starts the server proper on databases of its own beside ours; they are made at the first start. */
export async function startTemporalServer(
  folder: string,
  { ownerUrl, port, configFile, logFile }: { ownerUrl: string; port: number; configFile: string; logFile: string },
): Promise<Child> {
  for (const store of ['temporal', 'visibility'] as const) await provideStore(folder, ownerUrl, store, logFile);
  mkdirSync(dirname(configFile), { recursive: true });
  writeFileSync(configFile, JSON.stringify(await configuration(ownerUrl, port), null, 2));
  const parameters = ['--config-file', configFile, '--allow-no-auth', 'start'];
  const child = startChild(join(folder, 'server'), parameters, logFile, { givesWay: true });
  return untilUp(child, async () => {
    await untilListening(port, { isAlive: child.isAlive, what: 'Temporal', logFile });
    await provideNamespace(`127.0.0.1:${port}`, child.isAlive, logFile);
  });
}

/** The URL of one of Temporal's two databases, which lie on the same server as ours. */
export function temporalStoreUrl(ownerUrl: string, store: keyof typeof stores): string {
  const url = new URL(ownerUrl);
  url.pathname = `/${stores[store]}`;
  return url.toString();
}

async function provideStore(
  folder: string,
  ownerUrl: string,
  store: keyof typeof stores,
  logFile: string,
): Promise<void> {
  const { hostname, port, username } = new URL(ownerUrl);
  const address = ['--plugin', 'postgres12', '--ep', hostname, '-p', port, '-u', username, '--db', stores[store]];
  const tool = async (...words: string[]) => {
    if ((await runToEnd(join(folder, 'sql'), [...address, ...words], logFile)) !== 0) {
      throw new LocalProblem(`Temporal's database ${stores[store]} could not be set up.`, `Its log: ${logFile}`);
    }
  };
  if (!(await databaseExists(ownerUrl, stores[store]))) {
    await tool('create-database');
    await tool('setup-schema', '-v', '0.0');
  }
  await tool('update-schema', '--schema-name', `postgresql/v12/${store}`);
}

async function databaseExists(ownerUrl: string, name: string): Promise<boolean> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;
  } finally {
    await client.end();
  }
}

/** One process with all four services; sizes as in Temporal's own configuration for a development PostgreSQL. */
async function configuration(ownerUrl: string, frontendPort: number): Promise<object> {
  const { host, username } = new URL(ownerUrl);
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: host,
      connectProtocol: 'tcp',
      user: username,
      password: '',
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  const service = async (grpcPort?: number) => ({
    rpc: { grpcPort: grpcPort ?? (await freePort()), membershipPort: await membershipPort(), bindOnLocalHost: true },
  });
  return {
    log: { stdout: true, level: 'error' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 4,
      datastores: { default: store(stores.temporal, 20), visibility: store(stores.visibility, 5) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: await service(frontendPort),
      matching: await service(),
      history: await service(),
      worker: await service(),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${frontendPort}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
  };
}

/** A server that has just opened its port refuses for a while, and each of its caches hears of a new namespace later. */
async function provideNamespace(address: string, isAlive: () => boolean, logFile: string): Promise<void> {
  const connection = Connection.lazy({ address, connectTimeout: '1 second' });
  const untilMs = performance.now() + NAMESPACE_WITHIN_MS;
  let refusal: Error | null = null;
  try {
    while (isAlive() && performance.now() < untilMs) {
      refusal = await registered(connection);
      if (refusal === null) return;
      await pause(250);
    }
  } finally {
    await connection.close();
  }
  const reason = refusal?.message ?? 'it ended';
  throw new LocalProblem(`Temporal's namespace cannot be set up: ${reason}.`, `Its log: ${logFile}`);
}

/** Null when the namespace serves; else why it does not yet. */
async function registered({ workflowService }: Connection): Promise<Error | null> {
  const namespace = TEMPORAL_NAMESPACE;
  try {
    await workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'is-it-there' } });
    return null;
  } catch (refusal) {
    const retention = { workflowExecutionRetentionPeriod: msToTs(RETENTION) };
    return workflowService.registerNamespace({ namespace, ...retention }).then(
      () => refusal as Error,
      (error: unknown) => error as Error,
    );
  }
}

/** Temporal notes the port of each member as a small integer. */
async function membershipPort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  return (await isListening('127.0.0.1', port)) ? membershipPort() : port;
}
