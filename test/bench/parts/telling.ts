import { randomUUID } from 'node:crypto';
import { topics } from '#messaging';
import type { Bench } from '../bench';
import { BareKafka } from '../bare/kafka';
import { bareRelay } from '../bare/relay';
import { median, quantile, type Findings, type Line } from '../figures';
import { atRate, nowMs, until } from '../load';
import type { Answered, BenchStack } from '../stack';

const OWN_TOPIC = 'bench.alone';
const consumers = ['clock', 'oversight'];
const WITHIN_MS = 120_000;

/** (b) From the answer until everybody can know, beside kafkajs alone; and how fast a relay that was away catches up. */
export async function measureTelling(bench: Bench): Promise<Findings> {
  const { brokers } = bench.stack.stack;
  const kafka = await BareKafka.connect(brokers, topics.dossier, OWN_TOPIC);
  try {
    return { lines: [...(await untilHeard(bench, kafka)), await catchingUp(bench, kafka)] };
  } finally {
    await kafka.close();
  }
}

async function untilHeard({ stack, sizes, report }: Bench, kafka: BareKafka): Promise<readonly Line[]> {
  const { rounds, ratePerSecond, rateSeconds } = sizes;
  const count = ratePerSecond * rateSeconds;
  const value = await aBody(stack);
  const ours: number[] = [];
  const bare: number[] = [];
  const running: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    report(`(b) round ${round} of ${rounds}: ${ratePerSecond} a second until Kafka and Temporal know`);
    const beganAtMs = nowMs();
    const answered: Answered[] = [];
    await atRate(ratePerSecond, count, async () => answered.push(await stack.receive()));
    await stack.settled();
    ours.push(...(await arrivals(kafka, new Map(answered.map((one) => [one.dossierId, one.answeredAtMs])))));
    running.push(...(await starts(stack, beganAtMs, answered)));
    const sentAt = new Map<string, number>();
    await atRate(ratePerSecond, count, async () => {
      const key = randomUUID();
      sentAt.set(key, nowMs());
      await kafka.send(OWN_TOPIC, [{ key, value }]);
    });
    bare.push(...(await arrivals(kafka, sentAt)));
  }
  const line = { part: 'b', unit: 'ms', aim: null } as const;
  const inKafka = `answer to Kafka's consumer, ${ratePerSecond} a second (bare: kafkajs end to end)`;
  const p99: Line = {
    ...line,
    what: `${inKafka}, p99`,
    ours: quantile(ours, 0.99),
    reference: quantile(bare, 0.99),
    aim: { of: 'ratio', atMost: 5 },
  };
  return [
    { ...line, what: `${inKafka}, p50`, ours: median(ours), reference: median(bare) },
    p99,
    { ...line, what: 'answer to the workflow accepted by Temporal, p50', ours: median(running), reference: null },
    {
      ...line,
      what: 'answer to the workflow accepted by Temporal, p99',
      ours: quantile(running, 0.99),
      reference: null,
    },
  ];
}

/** How long after its instant each came; what came before the answer had travelled back counts as at once. */
async function arrivals(kafka: BareKafka, since: ReadonlyMap<string, number>): Promise<readonly number[]> {
  await until('messages to arrive', WITHIN_MS, () =>
    Promise.resolve([...since.keys()].every((key) => kafka.arrivedAt(key) !== null)),
  );
  return [...since].map(([key, at]) => Math.max(0, (kafka.arrivedAt(key) ?? Infinity) - at));
}

/** How long after its answer each dossier's workflow was there, by Temporal's own clock. */
async function starts(stack: BenchStack, sinceMs: number, answered: readonly Answered[]): Promise<readonly number[]> {
  const startedAt = new Map<string, number>();
  await until(
    'workflows to be listed',
    WITHIN_MS,
    async () => {
      const query = `WorkflowType = 'dossier' AND StartTime >= '${new Date(sinceMs).toISOString()}'`;
      for await (const { workflowId, startTime } of stack.temporal.workflow.list({ query, pageSize: 1_000 })) {
        startedAt.set(workflowId.replace(/^dossier-/, ''), startTime.getTime());
      }
      return answered.every(({ dossierId }) => startedAt.has(dossierId));
    },
    1_000,
  );
  return answered.map(({ dossierId, answeredAtMs }) =>
    Math.max(0, (startedAt.get(dossierId) ?? Infinity) - answeredAtMs),
  );
}

/** Everything told once more, from the first entry, while nobody listens. */
async function catchingUp({ stack, sizes, report }: Bench, kafka: BareKafka): Promise<Line> {
  const missing = Math.max(0, sizes.relayed - (await stack.count('desk.journal')));
  await stack.fillTo((await stack.count('desk.dossier where ended_at is null')) + missing);
  const ours: number[] = [];
  const bare: number[] = [];
  stack.processes.signal(consumers, 'SIGSTOP');
  try {
    for (let round = 1; round <= sizes.rounds; round += 1) {
      report(
        `(b) round ${round} of ${sizes.rounds}: the relay catches up with ${await stack.count('desk.journal')} entries`,
      );
      ours.push(await ourRelay(stack));
      bare.push((await bareRelay(stack.database, kafka, OWN_TOPIC)).perSecond);
    }
  } finally {
    stack.processes.signal(consumers, 'SIGCONT');
  }
  await stack.settled();
  return {
    part: 'b',
    what: 'relay catching up, entries a second (bare: its SQL and kafkajs in series)',
    unit: '/s',
    ours: median(ours),
    reference: median(bare),
    aim: { of: 'ratio', atLeast: 0.5 },
  };
}

async function ourRelay(stack: BenchStack): Promise<number> {
  const { rows } = await stack.database.query<{ entries: number }>(
    `with unnumbered as (delete from desk.feed returning stream, sequence),
          waiting as (insert into desk.unfed select stream, sequence from unnumbered),
          again as (update desk.feed_progress set sent_position = 0 where reader = 'kafka')
     select count(*)::int as entries from unnumbered`,
  );
  const beganAt = performance.now();
  await until('the relay', WITHIN_MS, async () => (await stack.unsent()) === 0, 20);
  return (rows[0]?.entries ?? 0) / ((performance.now() - beganAt) / 1_000);
}

async function aBody({ database }: BenchStack): Promise<string> {
  const { rows } = await database.query<{ body: string }>(
    `select body from desk.journal where type = 'dossier-received' limit 1`,
  );
  return rows[0]?.body ?? '';
}
