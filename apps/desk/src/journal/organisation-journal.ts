import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { OrganisationEventData, OrganisationStream } from '#contracts';
import { Clock } from '#platform';
import { chained, Journal } from './journal';

/** The organisation of a whole province is some ten thousand changes: more than one statement should carry. */
const ENTRIES_AT_ONCE = 1_000;

/** Entries of the streams that are no dossier's: what was loaded, which messages were discarded, what applicants were told. */
@Injectable()
export class OrganisationJournal {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** Makes writers of one stream wait for each other, until the transaction ends: take it before reading what there is. */
  async lock(manager: EntityManager, stream: OrganisationStream): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtext($1))`, [stream]);
  }

  /** Adds one entry, in the given transaction, under the stream's lock. */
  async add<Type extends keyof OrganisationEventData>(
    manager: EntityManager,
    stream: OrganisationStream,
    type: Type,
    data: OrganisationEventData[Type],
  ): Promise<void> {
    await this.addAll(manager, stream, type, [data]);
  }

  /** Adds entries of one type, likewise; answers the sequence of the first. */
  async addAll<Type extends keyof OrganisationEventData>(
    manager: EntityManager,
    stream: OrganisationStream,
    type: Type,
    all: readonly OrganisationEventData[Type][],
  ): Promise<number> {
    const [last] = await manager.query<{ sequence: number; hash: string; occurred: Date; recorded: Date }[]>(
      `select sequence, hash, occurred_at as occurred, recorded_at as recorded from desk.journal
       where stream = $1 order by sequence desc limit 1`,
      [stream],
    );
    const first = (last?.sequence ?? 0) + 1;
    // Several desks write one stream, and their clocks differ a little.
    const time = later(this.clock.now(), last?.occurred);
    const recordedAt = later(this.clock.realNow().toISOString(), last?.recorded);
    const happenings = all.map((data, index) => {
      return { type, subject: stream, sequence: first + index, time, data, nextRungAt: null };
    });
    const entries = chained(happenings, { hash: last?.hash ?? null, recordedAt });
    for (let next = 0; next < entries.length; next += ENTRIES_AT_ONCE) {
      await this.journal.append(manager, entries.slice(next, next + ENTRIES_AT_ONCE));
    }
    return first;
  }
}

function later(instant: string, before: Date | undefined): string {
  const earlier = before?.toISOString() ?? instant;
  return earlier > instant ? earlier : instant;
}
