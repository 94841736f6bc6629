import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OrganisationEventData } from '#contracts';
import { Clock } from '#platform';
import { chained, Journal } from './journal';

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
    const [last] = await manager.query<{ sequence: number; hash: string }[]>(
      'select sequence, hash from desk.journal where stream = $1 order by sequence desc limit 1',
      [stream],
    );
    const sequence = (last?.sequence ?? 0) + 1;
    const happening = { type, subject: stream, sequence, time: this.clock.now(), data, nextRungAt: null };
    const end = { hash: last?.hash ?? null, recordedAt: this.clock.realNow().toISOString() };
    await this.journal.append(manager, chained([happening], end));
  }
}
