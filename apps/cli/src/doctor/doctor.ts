import { connect } from 'node:net';
import { Command } from 'commander';
import { Connection } from '@temporalio/client';
import { defaultDataFolder, readStack, serviceNames, type StackFile } from '#local';
import { ensureTopics } from '#messaging';
import { createLogger } from '#platform';
import { asOwner } from '../stack-access';
import { exitCodes, print, table } from '../terminal';

/** One thing looked at: `ok`, or what is wrong and what to do. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

/** The database's clock may differ this much from ours before deadlines are in doubt. */
const SKEW_LIMIT_MS = 2_000;

/** `motcua doctor`: is everything there, at the right version, and caught up? */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check servers, schema, topics, namespace, clocks and lag of the running stack')
    .action(async () => {
      const findings = await examine(readStack(defaultDataFolder()));
      print(table([['', 'what', 'says'], ...findings.map(({ what, ok, says }) => [ok ? 'ok' : 'BAD', what, says])]));
      const bad = findings.filter(({ ok }) => !ok).length;
      print(bad === 0 ? '\nAll is well.' : `\n${bad} thing(s) want attention.`);
      process.exitCode = bad === 0 ? exitCodes.ok : exitCodes.failure;
    });
}

/** Looks at everything of a stack, also where something is down. */
export async function examine(stack: StackFile): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    ...serviceNames.map((name) => serviceFindings(name, stack.services[name])),
    look('PostgreSQL', () => databaseFinding(stack)),
    look('Kafka', () => kafkaFinding(stack)),
    look('Temporal', () => temporalFinding(stack)),
    look('clock skew', () => skewFinding(stack)),
    look('procedures', () => samplesFinding(stack)),
    look('Node', () => Promise.resolve(process.version)),
  ]);
  return findings.flat();
}

async function look(what: string, check: () => Promise<string>): Promise<Finding[]> {
  try {
    return [{ what, ok: true, says: await check() }];
  } catch (error) {
    return [{ what, ok: false, says: error instanceof Error ? error.message : String(error) }];
  }
}

async function databaseFinding(stack: StackFile): Promise<string> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ version: string; schema: string }>(
      `select current_setting('server_version') as version,
         (select name from motcua_migration order by id desc limit 1) as schema`,
    );
    return `${rows[0]?.version ?? '?'}, schema ${rows[0]?.schema ?? 'none'}`;
  });
}

/** Asks for the topics as they must be; it would make a missing one, and refuses one that is unfit. */
async function kafkaFinding({ brokers }: StackFile): Promise<string> {
  for (const broker of brokers) await reach(broker);
  await ensureTopics(brokers, createLogger({ name: 'doctor', level: 'silent' }));
  return `${brokers.join(', ')}, topics as they must be`;
}

async function temporalFinding({ temporal }: StackFile): Promise<string> {
  const connection = await Connection.connect({ address: temporal.address, connectTimeout: 5_000 });
  try {
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    const described = await connection.workflowService.describeNamespace({ namespace: temporal.namespace });
    const days = Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / 86_400;
    if (days < 30)
      throw new Error(`namespace ${temporal.namespace} keeps histories ${days} days; it must be 30 or more`);
    return `${serverVersion}, namespace ${temporal.namespace} keeps histories ${days} days`;
  } finally {
    await connection.close();
  }
}

async function skewFinding(stack: StackFile): Promise<string> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ skew: number }>(
      `select extract(epoch from clock_timestamp())::float * 1000 - $1::float as skew`,
      [performance.timeOrigin + performance.now()],
    );
    const skew = Math.round(rows[0]?.skew ?? Number.NaN);
    if (!(Math.abs(skew) <= SKEW_LIMIT_MS))
      throw new Error(`the database's clock differs by ${skew} ms; set both by NTP`);
    return `the database's clock differs by ${skew} ms`;
  });
}

/** Samples are there to try things out; an office that works wants to know that none is left. */
export async function samplesFinding(stack: Pick<StackFile, 'ownerUrl'>): Promise<string> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ all: number; samples: number }>(
      `select count(*)::int as all, count(*) filter (where (body->'description'->>'sample')::boolean)::int as samples
       from (select distinct on (code) body from desk.procedure_version order by code, version desc) in_force`,
    );
    const { all, samples } = rows[0] ?? { all: 0, samples: 0 };
    if (samples === 0) return `${all} in force, none of them a sample`;
    return `${all} in force, ${samples} of them samples, which nobody has checked: rely on none of their dates`;
  });
}

interface Health {
  readonly checks: Readonly<
    Record<string, { readonly ok: boolean; readonly lag: number | null; readonly detail?: string }>
  >;
}

async function serviceFindings(name: string, url: string): Promise<Finding[]> {
  const alive = await look(name, async () => {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    if (!response.ok) throw new Error(`not ready: ${await response.text()}`);
    return `ready at ${url}`;
  });
  if (!alive.every(({ ok }) => ok)) return alive;
  const response = await fetch(`${url}/health/caught-up`, { signal: AbortSignal.timeout(10_000) });
  const { checks } = (await response.json()) as Health;
  const lags = Object.entries(checks).map(([what, { ok, lag, detail }]) => ({
    what: `${name}: ${what}`,
    ok,
    says: ok ? `${lag}` : `${lag ?? 'nobody knows'} (${detail ?? 'behind'})`,
  }));
  return [...alive, ...lags];
}

async function reach(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':');
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: 3_000 });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject).once('timeout', () => reject(new Error(`${address} does not answer`)));
  });
}
