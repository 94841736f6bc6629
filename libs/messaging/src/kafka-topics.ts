import { ConfigResourceTypes, type Admin, type ITopicConfig } from 'kafkajs';
import { MessagingUnavailable, TopicUnfit } from './errors';
import { kafkaClient } from './kafka-client';
import type { Log } from './messaging';
import { topics } from './topics';
import { pauseAfterMs, sleep } from './waiting';

const DAY_MS = 86_400_000;
/** Longer than any break and any machine switched off for a year: 400 days. */
const SHORTEST_RETENTION_MS = 400 * DAY_MS;
const ATTEMPTS = 10;

const MESSAGE_BYTES = 1_048_588;
/** A dead letter is a message with its reason, perhaps in base64. */
const DEAD_LETTER_BYTES = 2 * MESSAGE_BYTES;

export type WantedTopic = ITopicConfig & { readonly numPartitions: number };

/** Never more partitions, never fewer: with another count a dossier's later events go to another partition, out of order. */
const wanted = [
  topicOf(topics.dossier, 12, MESSAGE_BYTES),
  topicOf(topics.organisation, 1, MESSAGE_BYTES),
  topicOf(topics.deadLetter, 1, DEAD_LETTER_BYTES),
];

/**
 * Creates the topics that are missing, kept without limit of time, replicated as the brokers' default says. Changes
 * nothing about those that exist. Waits about a minute for a broker that is only starting.
 *
 * @throws TopicUnfit for a topic with another number of partitions, or kept for less than 400 days: seven days, Kafka's own
 *   default, are shorter than Tết. @throws MessagingUnavailable
 */
export function ensureTopics(brokers: readonly string[], log: Log): Promise<void> {
  return ensure(wanted, brokers, log);
}

/** The same for other topics: tests make their own. */
export async function ensure(wanted: readonly WantedTopic[], brokers: readonly string[], log: Log): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await tryToEnsure(wanted, brokers, log);
      return;
    } catch (error) {
      if (error instanceof TopicUnfit) throw error;
      if (attempt === ATTEMPTS) throw new MessagingUnavailable('create the topics', error);
      log.info({ err: error, attempt }, 'Kafka is not ready to create topics yet');
      await sleep(pauseAfterMs(attempt), new AbortController().signal);
    }
  }
}

/**
 * How many messages the topics of entries have taken since they were made, duplicates counted; topics that are missing are
 * made first. Fewer than were acknowledged means that Kafka lost some. Tries once.
 *
 * @throws TopicUnfit, MessagingUnavailable
 */
export async function messagesTaken(brokers: readonly string[], log: Log): Promise<number> {
  const admin = kafkaClient({ brokers, clientId: 'motcua-topics', log }).admin();
  try {
    await tryToEnsure(wanted, brokers, log);
    await admin.connect();
    const ends = await Promise.all(
      [topics.dossier, topics.organisation].map((topic) => admin.fetchTopicOffsets(topic)),
    );
    return ends.flat().reduce((sum, { high }) => sum + Number(high), 0);
  } catch (error) {
    if (error instanceof TopicUnfit) throw error;
    throw new MessagingUnavailable('say what it has taken', error);
  } finally {
    await admin.disconnect();
  }
}

async function tryToEnsure(wanted: readonly WantedTopic[], brokers: readonly string[], log: Log): Promise<void> {
  const admin = kafkaClient({ brokers, clientId: 'motcua-topics', log }).admin();
  try {
    await admin.connect();
    const existing = await admin.listTopics();
    const missing = wanted.filter(({ topic }) => !existing.includes(topic));
    if (missing.length > 0) await admin.createTopics({ topics: [...missing], waitForLeaders: true });
    for (const topic of wanted) await refuseUnfit(admin, topic);
  } finally {
    await admin.disconnect();
  }
}

async function refuseUnfit(admin: Admin, { topic, numPartitions }: WantedTopic): Promise<void> {
  const { topics: described } = await admin.fetchTopicMetadata({ topics: [topic] });
  const partitions = described.flatMap((metadata) => metadata.partitions).length;
  if (partitions !== numPartitions) {
    throw new TopicUnfit(
      topic,
      `has ${partitions} partition(s) and must have ${numPartitions}: delete it, it is filled again from the journal.`,
    );
  }
  const retentionMs = await retentionOf(admin, topic);
  if (!keepsLongEnough(retentionMs)) {
    const known = Number.isNaN(retentionMs) ? 'for nobody knows how long' : `for ${retentionMs} ms`;
    throw new TopicUnfit(topic, `keeps messages ${known}: set its retention.ms to -1 (no limit).`);
  }
}

async function retentionOf(admin: Admin, topic: string): Promise<number> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
  });
  return Number(resources[0]?.configEntries[0]?.configValue);
}

/** One that cannot be read (NaN) is not long enough: it may be anything. */
export function keepsLongEnough(retentionMs: number): boolean {
  return retentionMs === -1 || retentionMs >= SHORTEST_RETENTION_MS;
}

function topicOf(topic: string, numPartitions: number, messageBytes: number): WantedTopic {
  return {
    topic,
    numPartitions,
    configEntries: [
      { name: 'retention.ms', value: '-1' },
      { name: 'max.message.bytes', value: String(messageBytes) },
    ],
  };
}
