import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectFolder, temporalStoreUrl } from '#local';
import type { Bench } from '../bench';
import { sum, type Breakdown, type Findings, type Line } from '../figures';
import { Processes } from '../processes';
import type { BenchStack } from '../stack';

type Amounts = ReadonlyMap<string, number>;

/** What a number of dossiers added to each store and to each process's memory, in bytes. */
export interface Added {
  readonly dossiers: number;
  readonly stores: Amounts;
  readonly memory: Amounts;
}

const AIM_BYTES = 12 * 1_024;

/** (e) Bytes in each store for an open dossier that was received, with Temporal's indexes as shipped and as partial ones. */
export async function measureStores(bench: Bench): Promise<Findings> {
  const { stack, sizes, report, asShipped } = bench;
  if (stack.temporalFlavour === 'cli') return bytesOf('in Temporal’s one file', await grown(bench), AIM_BYTES);
  report(`(e) ${sizes.openForBytes} dossiers, Temporal's visibility indexes as shipped`);
  const shipped = bytesOf('visibility indexes as shipped', await grown(bench), null);
  if (asShipped) return shipped;
  await makeVisibilityIndexesPartial(stack);
  report(`(e) ${sizes.openForBytes} dossiers more, visibility indexes partial`);
  const partial = bytesOf('visibility indexes partial', await grown(bench), AIM_BYTES);
  return {
    lines: [...shipped.lines, ...partial.lines],
    breakdowns: [...(shipped.breakdowns ?? []), ...(partial.breakdowns ?? [])],
  };
}

async function grown({ stack, sizes }: Bench): Promise<Added> {
  return addedBy(stack, async () => {
    return stack.fillTo((await stack.count('desk.dossier where ended_at is null')) + sizes.openForBytes);
  });
}

/** What filling adds. */
export async function addedBy(stack: BenchStack, fill: () => Promise<number>): Promise<Added> {
  const before = { stores: await bytesIn(stack), memory: stack.processes.memory() };
  const dossiers = await fill();
  const after = { stores: await bytesIn(stack), memory: stack.processes.memory() };
  return { dossiers, stores: grownBy(before.stores, after.stores), memory: grownBy(before.memory, after.memory) };
}

/** The lines that tell what one open dossier costs. */
export function bytesOf(what: string, { dossiers, stores, memory }: Added, aimBytes: number | null): Findings {
  const each = (amounts: Amounts) => [...amounts].map(([name, bytes]) => ({ name, ours: bytes / dossiers }));
  const total = (amounts: Amounts) => sum(each(amounts).map(({ ours }) => ours));
  const line = { part: 'e', unit: 'bytes', reference: null } as const;
  const lines: Line[] = [
    {
      ...line,
      what: `an open dossier in all stores, ${what}`,
      ours: total(stores),
      aim: aimBytes === null ? null : { of: 'ours', atMost: aimBytes },
    },
  ];
  if (Processes.canTell) {
    lines.push({
      ...line,
      what: `memory of all processes for an open dossier, ${what}`,
      ours: total(memory),
      aim: null,
    });
  }
  const breakdown = (title: string, amounts: Amounts): Breakdown => ({
    part: 'e',
    title: `${title}, ${what}`,
    unit: 'bytes',
    rows: each(amounts).map((row) => ({ ...row, reference: null })),
  });
  return {
    lines,
    breakdowns: [
      breakdown('Bytes of an open dossier', stores),
      ...(Processes.canTell ? [breakdown('Memory of an open dossier', memory)] : []),
    ],
  };
}

/** The file for operators, run as they run it. */
export async function makeVisibilityIndexesPartial({ stack }: BenchStack): Promise<void> {
  const sql = readFileSync(join(projectFolder, 'deploy', 'temporal', 'partial-visibility-indexes.sql'), 'utf8');
  await asOwnerOf(temporalStoreUrl(stack.ownerUrl, 'visibility'), (client) => client.query(sql));
}

async function bytesIn(bench: BenchStack): Promise<Amounts> {
  const { stack } = bench;
  const bytes = new Map<string, number>();
  for (const schema of ['desk', 'clock', 'oversight']) {
    bytes.set(schema, await relationBytes(stack.ownerUrl, schema));
  }
  if (bench.temporalFlavour === 'server') {
    bytes.set('Temporal', await relationBytes(temporalStoreUrl(stack.ownerUrl, 'temporal'), 'public'));
    bytes.set("Temporal's visibility", await relationBytes(temporalStoreUrl(stack.ownerUrl, 'visibility'), 'public'));
  } else
    bytes.set(
      'Temporal',
      folderBytes(join(stack.dataFolder, 'temporal'), () => true),
    );
  // Its indexes are sparse files of 10 MB; what they hold is 8 bytes for each 4 KB of log.
  const log = folderBytes(join(stack.dataFolder, 'kafka', 'data'), (file) => file.endsWith('.log'));
  return bytes.set('Kafka', log);
}

async function relationBytes(url: string, schema: string): Promise<number> {
  return asOwnerOf(url, async (client) => {
    const { rows } = await client.query<{ bytes: number }>(
      `select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes
       from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'm')`,
      [schema],
    );
    return rows[0]?.bytes ?? 0;
  });
}

async function asOwnerOf<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function folderBytes(folder: string, counts: (file: string) => boolean): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return sum(
    files.filter(({ name }) => counts(name)).map(({ parentPath, name }) => statSync(join(parentPath, name)).size),
  );
}

function grownBy(before: Amounts, after: Amounts): Amounts {
  return new Map([...after].map(([name, amount]) => [name, amount - (before.get(name) ?? 0)]));
}
