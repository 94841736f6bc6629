import { Kafka, logLevel, Partitioners, type Admin, type Consumer, type Producer } from 'kafkajs';
import { nowMs } from '../load';

const PARTITIONS = 12;
/** As many bytes at once as our publisher sends. */
const BATCH_BYTES = 500_000;

export interface BareMessage {
  readonly key: string;
  readonly value: string;
}

/** kafkajs alone, with what it needs not to lose anything: all acknowledgements, one request at a time. */
export class BareKafka {
  private constructor(
    private readonly admin: Admin,
    private readonly producer: Producer,
    private readonly consumer: Consumer,
    private readonly arrivals: ReadonlyMap<string, number>,
  ) {}

  /** Hears one of our topics and one of its own, from now on. */
  static async connect(brokers: readonly string[], ourTopic: string, ownTopic: string): Promise<BareKafka> {
    const kafka = new Kafka({ brokers: [...brokers], clientId: 'bench', logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    const producer = kafka.producer({
      idempotent: false,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    const consumer = kafka.consumer({ groupId: 'bench', maxWaitTimeInMs: 1_000 });
    await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
    await admin.createTopics({ topics: [{ topic: ownTopic, numPartitions: PARTITIONS }] });
    const arrivals = new Map<string, number>();
    await consumer.subscribe({ topics: [ourTopic, ownTopic], fromBeginning: false });
    const joined = new Promise<void>((resolve) => consumer.on('consumer.group_join', () => resolve()));
    await consumer.run({
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: ({ batch }) => {
        for (const { key } of batch.messages) if (key && !arrivals.has(String(key))) arrivals.set(String(key), nowMs());
        return Promise.resolve();
      },
    });
    await joined;
    return new BareKafka(admin, producer, consumer, arrivals);
  }

  async close(): Promise<void> {
    await Promise.all([this.consumer.disconnect(), this.producer.disconnect(), this.admin.disconnect()]);
  }

  /** When the first message with this key came here; null before it has. */
  arrivedAt(key: string): number | null {
    return this.arrivals.get(key) ?? null;
  }

  /** Sends in batches, one after another; answers when all are acknowledged. */
  async send(topic: string, messages: readonly BareMessage[]): Promise<void> {
    let batch: BareMessage[] = [];
    let bytes = 0;
    for (const message of messages) {
      const size = Buffer.byteLength(message.value);
      if (batch.length > 0 && bytes + size > BATCH_BYTES) {
        await this.producer.send({ topic, acks: -1, messages: batch });
        batch = [];
        bytes = 0;
      }
      batch.push(message);
      bytes += size;
    }
    if (batch.length > 0) await this.producer.send({ topic, acks: -1, messages: batch });
  }
}

/** How many messages of a topic these groups have not handled yet. */
export async function lagOf(brokers: readonly string[], topic: string, groups: readonly string[]): Promise<number> {
  const admin = new Kafka({ brokers: [...brokers], clientId: 'bench-lag', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    let lag = 0;
    for (const groupId of groups) {
      const [positions] = await admin.fetchOffsets({ groupId, topics: [topic] });
      for (const { partition, offset } of positions?.partitions ?? []) {
        const end = ends.find((one) => one.partition === partition);
        lag += Number(end?.high ?? 0) - Math.max(Number(offset), Number(end?.low ?? 0));
      }
    }
    return lag;
  } finally {
    await admin.disconnect();
  }
}
