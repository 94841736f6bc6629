import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { isOrganisationStream } from '#contracts';
import { topics, type Log, type Publisher } from '#messaging';
import { LOGGER } from '#platform';
import { DeskSettings } from '../desk.settings';

/** Injection token of what the relay tells through. */
export const PUBLISHER = Symbol('PUBLISHER');

/** Injection token of how the relay asks how many messages Kafka has taken. */
export const MESSAGES_TAKEN = Symbol('MESSAGES_TAKEN');

/** Any fixed number: the relay that holds this session lock numbers and sends; the others stand by. */
const relayLock = 7_402;
const ENTRIES_AT_ONCE = 1_000;
const STANDBY_MS = 1_000;
const BUSY_PAUSE_MS = 10;
const IDLE_PAUSE_MS = 200;
const ERROR_PAUSE_MS = { first: 250, most: 10_000 };

interface FedEntry {
  readonly position: string;
  /** Up to where everything was sent when this entry was read. */
  readonly sentBefore: string;
  readonly stream: string;
  readonly body: string;
}

/**
 * Gives journal entries their place in the feed and sends them to Kafka in that order, at least once.
 *
 * Several run, one leads: it holds a session lock of PostgreSQL, and a lost connection is a lost lead. Entries are found by
 * what is missing from the feed, never by "greater than last", because rows commit out of order. After any error it goes on
 * from the last position that Kafka acknowledged; from the beginning where Kafka has fewer messages than it acknowledged.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: DeskSettings,
    @Inject(PUBLISHER) private readonly publisher: Publisher,
    @Inject(MESSAGES_TAKEN) private readonly messagesTaken: () => Promise<number>,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.publisher.close();
  }

  private async run(): Promise<void> {
    let errorPauseMs = ERROR_PAUSE_MS.first;
    while (!this.stopping.signal.aborted) {
      try {
        await this.withConnection((client) => this.lead(client, () => (errorPauseMs = ERROR_PAUSE_MS.first)));
      } catch (error) {
        this.log.warn(
          { err: error, retryInMs: errorPauseMs },
          'relay interrupted; nothing is lost, it goes on from the last position sent',
        );
        await this.wait(errorPauseMs);
        errorPauseMs = Math.min(errorPauseMs * 2, ERROR_PAUSE_MS.most);
      }
    }
  }

  private async withConnection(work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ connectionString: this.settings.DATABASE_URL, application_name: 'motcua-relay' });
    // Without a listener a lost connection would end the process; the next query fails and is handled.
    client.on('error', (error) => this.log.warn({ err: error }, 'relay lost its connection'));
    try {
      await client.connect();
      await client.query(`set motcua.sight = 'everything'`); // It tells everybody; nobody asks.
      await work(client);
    } finally {
      await client.end();
    }
  }

  private async lead(client: Client, onProgress: () => void): Promise<void> {
    while (!(await this.tryToLead(client))) {
      if (this.stopping.signal.aborted) return;
      await this.wait(STANDBY_MS);
    }
    let pauseMs = BUSY_PAUSE_MS;
    let isKafkaWhole = false;
    while (!this.stopping.signal.aborted) {
      const numbered = await this.numberAll(client);
      if (!isKafkaWhole) await this.startOverIfKafkaLost(client);
      isKafkaWhole = true;
      const sent = await this.send(client);
      onProgress();
      if (sent === ENTRIES_AT_ONCE) continue;
      pauseMs = numbered + sent > 0 ? BUSY_PAUSE_MS : Math.min(pauseMs * 1.5, IDLE_PAUSE_MS);
      await this.wait(pauseMs);
    }
  }

  private async tryToLead(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ leads: boolean }>('select pg_try_advisory_lock($1) as leads', [relayLock]);
    return rows[0]?.leads ?? false;
  }

  /** All of it before anything is sent: whoever reads the feed by HTTP must not wait for Kafka. */
  private async numberAll(client: Client): Promise<number> {
    const numbered = await this.number(client);
    return numbered < ENTRIES_AT_ONCE ? numbered : numbered + (await this.numberAll(client));
  }

  /** One statement, so one snapshot: the row locks of the streams make what it sees complete per stream. */
  private async number(client: Client): Promise<number> {
    const { rowCount } = await client.query(
      `with taken as (
         delete from desk.unfed where (stream, sequence) in
           (select stream, sequence from desk.unfed order by stream, sequence limit $1)
         returning stream, sequence)
       insert into desk.feed (position, stream, sequence)
       select (select coalesce(max(position), 0) from desk.feed) + row_number() over (order by stream, sequence), stream, sequence
       from taken`,
      [ENTRIES_AT_ONCE],
    );
    return rowCount ?? 0;
  }

  /** After a power cut a Kafka of one node may lack its tail; one that was set up anew lacks everything. */
  private async startOverIfKafkaLost(client: Client): Promise<void> {
    const taken = await this.messagesTaken();
    const { rowCount } = await client.query(
      `update desk.feed_progress set sent_position = 0 where reader = 'kafka' and sent_position > $1`,
      [taken],
    );
    if (rowCount) this.log.error({ taken }, 'Kafka has fewer entries than it acknowledged; all are sent again');
  }

  private async send(client: Client): Promise<number> {
    const { rows } = await client.query<FedEntry>(
      `select f.position, j.stream, j.body, p.sent_position as "sentBefore"
       from desk.feed_progress p join desk.feed f on f.position > p.sent_position join desk.journal j using (stream, sequence)
       where p.reader = 'kafka' order by f.position limit $1`,
      [ENTRIES_AT_ONCE],
    );
    let sent = rows[0]?.sentBefore;
    for (const run of runsByTopic(rows)) {
      await this.publisher.publish(
        run.topic,
        run.entries.map(({ stream, body }) => ({ key: stream, value: body })),
      );
      const last = run.entries.at(-1)?.position;
      if (!(await this.moveSent(client, sent, last))) break;
      sent = last;
    }
    return rows.length;
  }

  /** False when an operator has set the position back meanwhile: then everything is sent again from there. */
  private async moveSent(client: Client, from: string | undefined, to: string | undefined): Promise<boolean> {
    const { rowCount } = await client.query(
      `update desk.feed_progress set sent_position = $2 where reader = 'kafka' and sent_position = $1`,
      [from, to],
    );
    return rowCount === 1;
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** Consecutive entries of one topic together, in feed order. */
function runsByTopic(entries: readonly FedEntry[]): readonly { topic: string; entries: FedEntry[] }[] {
  const runs: { topic: string; entries: FedEntry[] }[] = [];
  for (const entry of entries) {
    const topic = isOrganisationStream(entry.stream) ? topics.organisation : topics.dossier;
    const last = runs.at(-1);
    if (last?.topic === topic) last.entries.push(entry);
    else runs.push({ topic, entries: [entry] });
  }
  return runs;
}
