import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { dataSchemaOf, type EventType } from '#contracts';
import { canonicalJson, sha256Hex } from '#platform';

/** What happened, before it has its place in a chain. */
export interface Happening {
  readonly type: EventType;
  readonly subject: string;
  readonly sequence: number;
  readonly time: string;
  readonly data: object;
  /** The earliest rung still open after it; null when none is. */
  readonly nextRungAt: string | null;
}

/** Where a stream ended before: the hash the next entry names. Null before the first. */
export interface ChainEnd {
  readonly hash: string | null;
  readonly recordedAt: string;
}

/** An entry as it is stored: the exact bytes of its CloudEvent, and their hash. */
export interface StoredEntry {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
  readonly body: string;
}

/** An entry with all its columns. */
export interface NewEntry extends StoredEntry {
  readonly type: EventType;
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly previous_hash: string | null;
}

/**
 * The one record of all that happened. Entries are added in the transaction of the command that caused them, under their
 * stream's row lock, and never changed.
 */
@Injectable()
export class Journal {
  /** Adds entries that follow on their stream's last. */
  async append(manager: EntityManager, entries: readonly NewEntry[]): Promise<void> {
    await manager.query(
      `insert into desk.journal (stream, sequence, type, occurred_at, recorded_at, body, hash, previous_hash)
       select stream, sequence, type, occurred_at, recorded_at, body, hash, previous_hash
       from json_populate_recordset(null::desk.journal, $1)`,
      [JSON.stringify(entries)],
    );
  }

  /** Entries of a stream after a sequence, oldest first: exact bytes. */
  async after(
    manager: EntityManager,
    stream: string,
    sequence: number,
    limit: number,
  ): Promise<readonly StoredEntry[]> {
    return manager.query<StoredEntry[]>(
      `select stream, sequence, hash, body from desk.journal where stream = $1 and sequence > $2 order by sequence limit $3`,
      [stream, sequence, limit],
    );
  }
}

/** What happened in one stream, in order, as the entries that follow on its end, chained by hash. */
export function chained(happenings: readonly Happening[], { hash, recordedAt }: ChainEnd): readonly NewEntry[] {
  let previousHash = hash;
  return happenings.map((happening) => {
    const body = canonicalJson(cloudEvent(happening, previousHash, recordedAt));
    const entry = {
      stream: happening.subject,
      sequence: happening.sequence,
      type: happening.type,
      occurred_at: happening.time,
      recorded_at: recordedAt,
      body,
      hash: sha256Hex(body),
      previous_hash: previousHash,
    };
    previousHash = entry.hash;
    return entry;
  });
}

function cloudEvent(
  { type, subject, sequence, time, data, nextRungAt }: Happening,
  previousHash: string | null,
  at: string,
) {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: '/motcua/desk',
    type,
    subject,
    time,
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(type),
    sequence,
    recordedat: at,
    ...(previousHash !== null && { previoushash: previousHash }),
    ...(nextRungAt !== null && { nextrungat: nextRungAt }),
    data,
  };
}
