import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { hearDossierEvent } from '#contracts';
import { DossierError } from '#domain';
import type { DeadLetter, Inbox, StreamEntry } from '#messaging';
import { isDatabaseUnavailable } from '#platform';
import { applyChanges } from '../alerts/apply-changes';
import { changesBy } from '../alerts/changes';

interface LastApplied {
  readonly sequence: number;
  readonly hash: string;
  readonly blocked: boolean;
}

/** Thrown when PostgreSQL cannot answer at present: what was to be applied is applied later. */
export class DatabaseUnavailable extends DossierError {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly kind = 'unavailable';

  constructor(override readonly cause: unknown) {
    super(`The database cannot answer at present: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Thrown when entries do not follow on the last applied: the journal is asked for those between. */
export class EntriesMissing extends DossierError {
  readonly code = 'ENTRIES_MISSING';
  readonly kind = 'unavailable';

  constructor(
    readonly stream: string,
    readonly lastApplied: number,
    readonly next: number,
  ) {
    super(`Stream ${stream} was applied up to entry ${lastApplied}; entry ${next} does not follow on it.`);
  }
}

/** What has been heard of each dossier. Alerts and the memory of the entry that made them are one transaction. */
@Injectable()
export class AlertInbox implements Inbox {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async last(stream: string): Promise<{ sequence: number; hash: string } | null> {
    const applied = await reached(() => lastApplied(this.dataSource.manager, stream, ''));
    return applied === null || applied.sequence === 0 ? null : { sequence: applied.sequence, hash: applied.hash };
  }

  async isBlocked(stream: string): Promise<boolean> {
    const applied = await reached(() => lastApplied(this.dataSource.manager, stream, ''));
    return applied?.blocked ?? false;
  }

  async apply(stream: string, entries: readonly StreamEntry[]): Promise<void> {
    await reached(() =>
      this.dataSource.transaction(async (manager) => {
        let { sequence, hash } = await locked(manager, stream);
        for (const entry of entries) {
          if (entry.sequence <= sequence) continue; // Another process was faster.
          if (entry.sequence > sequence + 1) throw new EntriesMissing(stream, sequence, entry.sequence);
          await applyChanges(manager, stream, changesBy(hearDossierEvent(entry.body)));
          ({ sequence, hash } = entry);
        }
        await manager.query('update oversight.inbox set sequence = $2, hash = $3 where stream = $1', [
          stream,
          sequence,
          hash,
        ]);
      }),
    );
  }

  async deadLetter(message: DeadLetter, stream: string | null, reason: string): Promise<void> {
    await reached(() =>
      this.dataSource.transaction(async (manager) => {
        const { topic, partition, offset, key, value } = message;
        await manager.query(
          `insert into oversight.dead_letter (topic, partition, kafka_offset, message_key, body, stream, reason)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint dead_letter_once do nothing`,
          [topic, partition, offset, key, value, stream, reason],
        );
        if (stream === null) return;
        await manager.query(
          `insert into oversight.inbox (stream, sequence, hash, blocked) values ($1, 0, '', true)
           on conflict (stream) do update set blocked = true`,
          [stream],
        );
      }),
    );
  }
}

/** The stream's row, made if need be and locked to the end of the transaction: one process at a time applies its entries. */
async function locked(manager: EntityManager, stream: string): Promise<LastApplied> {
  const applied = await lastApplied(manager, stream, 'for update');
  if (applied !== null) return applied;
  await manager.query(
    `insert into oversight.inbox (stream, sequence, hash) values ($1, 0, '') on conflict (stream) do nothing`,
    [stream],
  );
  return locked(manager, stream);
}

async function lastApplied(
  manager: EntityManager,
  stream: string,
  lock: 'for update' | '',
): Promise<LastApplied | null> {
  const [row] = await manager.query<LastApplied[]>(
    `select sequence, hash, blocked from oversight.inbox where stream = $1 ${lock}`,
    [stream],
  );
  return row ?? null;
}

async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
  }
}
