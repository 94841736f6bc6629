import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import './kafkajs-idle';
import type { Log } from './messaging';

/** How to reach Kafka, and under which name it knows us. */
export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: Log;
  /** How long an answer may take; 10 s unless given. */
  readonly requestTimeoutMs?: number;
}

/** A client of its own for each use: kafkajs shares state between the consumers of one. */
export function kafkaClient({ brokers, clientId, log, requestTimeoutMs = 10_000 }: KafkaOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    retry: { initialRetryTime: 200, maxRetryTime: 2_000, retries: 3 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => {
      tell(log, entry);
    },
  });
}

/** What a broker says in its first seconds, and what every rebalance brings. */
const NOISE = /coordinator is (loading|not available)|not the correct coordinator|rebalancing/i;

/** One level lower than kafkajs means it: it calls everything that it tries again an error. */
function tell(log: Log, { level, log: { message, error, groupId, broker } }: LogEntry): void {
  const text = `${message}${typeof error === 'string' ? `: ${error}` : ''}`;
  const data = { client: 'kafkajs', groupId: groupId as unknown, broker: broker as unknown };
  if (level === logLevel.ERROR && !NOISE.test(text)) log.warn(data, text);
  else log.debug(data, text);
}
