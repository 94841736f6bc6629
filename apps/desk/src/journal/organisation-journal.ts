import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OrganisationEventData } from '#contracts';
import { Clock } from '#platform';
import { chained, Journal } from './journal';

/** The organisation of a whole province is some ten thousand changes: more than one statement should carry. */
const ENTRIES_AT_ONCE = 1_000;

/** Entries of the two streams that are no dossier's: what was loaded, which messages were discarded. */
@Injectable()
export class OrganisationJournal {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** Makes loads of one stream wait for each other, until the transaction ends: take it before reading what there is. */
  async lock(manager: EntityManager, stream: 'organisation' | 'catalogue'): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtext($1))`, [stream]);
  }

  /** Adds one entry, in the given transaction, under the stream's lock. */
  async add<Type extends keyof OrganisationEventData>(
    manager: EntityManager,
    stream: 'organisation' | 'catalogue',
    type: Type,
    data: OrganisationEventData[Type],
  ): Promise<void> {
    await this.addAll(manager, stream, type, [data]);
  }

  /** Adds entries of one type in order, as {@link add} does; none where there are none. */
  async addAll<Type extends keyof OrganisationEventData>(
    manager: EntityManager,
    stream: 'organisation' | 'catalogue',
    type: Type,
    all: readonly OrganisationEventData[Type][],
  ): Promise<void> {
    const [last] = await manager.query<{ sequence: number; hash: string }[]>(
      'select sequence, hash from desk.journal where stream = $1 order by sequence desc limit 1',
      [stream],
    );
    const next = (last?.sequence ?? 0) + 1;
    const common = { type, subject: stream, time: this.clock.now(), nextRungAt: null };
    const happenings = all.map((data, index) => ({ ...common, sequence: next + index, data }));
    const end = { hash: last?.hash ?? null, recordedAt: this.clock.realNow().toISOString() };
    const entries = chained(happenings, end);
    for (let first = 0; first < entries.length; first += ENTRIES_AT_ONCE) {
      await this.journal.append(manager, entries.slice(first, first + ENTRIES_AT_ONCE));
    }
  }
}
