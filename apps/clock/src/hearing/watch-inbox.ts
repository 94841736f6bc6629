import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { endsDossier, hearDossierEvent, type JournalEntry } from '#contracts';
import { DossierError } from '#domain';
import type { DeadLetter, Inbox, StreamEntry } from '#messaging';
import { isDatabaseUnavailable } from '#platform';
import { Desk } from '../desk/desk';
import { DossierWorkflows } from '../telling/dossier-workflows';
import { tellUpTo } from '../telling/telling';

/** Thrown when this service's own database cannot be reached. */
export class DatabaseUnavailable extends DossierError {
  readonly code = 'DATABASE_UNAVAILABLE';
  readonly kind = 'unavailable';

  constructor(override readonly cause: unknown) {
    super('The database cannot be reached.');
  }
}

interface WatchRow {
  readonly heard: number;
  readonly heard_hash: string;
  readonly next_rung_at: Date | null;
  readonly told: number;
  readonly blocked: boolean;
}

/**
 * What the clock has heard of each dossier, and told its workflow. The effect is a call to Temporal, outside of any
 * transaction, so the order is: call, then remember, then the offset; a repeat of the call does no harm. Both numbers only
 * grow, so two clocks at once do none either.
 */
@Injectable()
export class WatchInbox implements Inbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly workflows: DossierWorkflows,
    private readonly desk: Desk,
  ) {}

  async last(stream: string): Promise<{ sequence: number; hash: string } | null> {
    const row = await this.row(stream);
    return row && row.heard > 0 ? { sequence: row.heard, hash: row.heard_hash } : null;
  }

  async isBlocked(stream: string): Promise<boolean> {
    return (await this.row(stream))?.blocked ?? false;
  }

  async apply(stream: string, stored: readonly StreamEntry[]): Promise<void> {
    const row = await this.row(stream);
    const entries = stored
      .filter(({ sequence }) => sequence > (row?.heard ?? 0))
      .map(({ hash, body }): JournalEntry => ({ hash, event: hearDossierEvent(body) }));
    const last = entries.at(-1);
    if (!last) return;
    const nextRungBefore = row?.next_rung_at?.toISOString() ?? null;
    const events = entries.map(({ event }) => event);
    const upTo = tellUpTo(nextRungBefore, events);
    if (upTo !== null) await this.tell(stream, row, entries, upTo);
    await this.remember(stream, last, { told: upTo ?? row?.told ?? 0, closed: endsDossier(last.event) });
  }

  async deadLetter(letter: DeadLetter, stream: string | null, reason: string): Promise<void> {
    await this.query(
      `with letter as (
         insert into clock.dead_letter (topic, partition, kafka_offset, message_key, body, stream, reason)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict on constraint dead_letter_once do nothing)
       insert into clock.watch (dossier_id, heard, heard_hash, blocked)
       select $6::uuid, 0, '', true where $6::text ~ '^[0-9a-f-]{36}$'
       on conflict (dossier_id) do update set blocked = true`,
      [letter.topic, letter.partition, letter.offset, letter.key, letter.value, stream, reason],
    );
  }

  /** The first telling is a start, asleep until the first rung; every later one carries all that was held back. */
  private async tell(
    stream: string,
    row: WatchRow | null,
    entries: readonly JournalEntry[],
    upTo: number,
  ): Promise<void> {
    const told = row?.told ?? 0;
    const ends = entries.some(({ event }) => endsDossier(event));
    const first = entries[0];
    if (told === 0 && !ends && first?.event.sequence === 1) {
      const begin = entries.filter(({ event }) => event.sequence <= upTo);
      if (await this.workflows.start(stream, begin)) return;
    }
    const journal = await this.desk.entriesAfter(stream, 0);
    const known = journal.filter(({ event }) => event.sequence <= upTo);
    await this.workflows.signal(
      stream,
      known.filter(({ event }) => event.sequence > told),
      known,
    );
  }

  private async remember(
    stream: string,
    { event, hash }: JournalEntry,
    { told, closed }: { told: number; closed: boolean },
  ): Promise<void> {
    await this.query(
      `insert into clock.watch as w (dossier_id, heard, heard_hash, next_rung_at, told, closed)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (dossier_id) do update
         set heard = $2, heard_hash = $3, next_rung_at = $4, told = greatest(w.told, $5), closed = w.closed or $6
       where w.heard < $2`,
      [stream, event.sequence, hash, event.nextrungat ?? null, told, closed],
    );
  }

  private async row(stream: string): Promise<WatchRow | null> {
    const [row] = await this.query<WatchRow[]>(
      'select heard, heard_hash, next_rung_at, told, blocked from clock.watch where dossier_id = $1',
      [stream],
    );
    return row ?? null;
  }

  private async query<Rows>(sql: string, parameters: readonly unknown[]): Promise<Rows> {
    try {
      return await this.dataSource.query<Rows>(sql, [...parameters]);
    } catch (error) {
      throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
    }
  }
}
