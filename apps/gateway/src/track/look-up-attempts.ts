import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { blindMark, derivedKey, readKeyFile } from '#platform';
import { GatewaySettings } from '../gateway.settings';

/** With 40 bits in a secret, so many an hour and code need thousands of years. */
const TRIES = 10;
const KIND = 'look-up';

/** A try under way, as its row. */
interface Attempt {
  readonly mark: Buffer;
  readonly at: string;
}

/**
 * Counts failed look-ups of a code, there is such a code or not, in the database, so that several processes count together. Each
 * is counted before it is tried, under a lock: many at once gain nothing.
 */
@Injectable()
export class LookUpAttempts {
  private readonly key: KeyObject;

  constructor(
    private readonly dataSource: DataSource,
    { SECRET_FILE }: GatewaySettings,
  ) {
    this.key = derivedKey(readKeyFile(SECRET_FILE), 'motcua look-up attempts');
  }

  /** Takes one of the tries that are left for a code; null when none is, for a quarter of an hour from the first of them. */
  async take(code: string): Promise<Attempt | null> {
    const mark = blindMark(this.key, code.trim().toUpperCase());
    return this.dataSource.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, [mark]);
      const [row] = await manager.query<{ at: string }[]>(
        `insert into gateway.attempt (kind, key_hash, at)
         select $1, $2, clock_timestamp() where (
           select count(*) from gateway.attempt
           where kind = $1 and key_hash = $2 and at > clock_timestamp() - interval '15 minutes') < $3
         returning at::text as at`,
        [KIND, mark, TRIES],
      );
      return row ? { mark, at: row.at } : null;
    });
  }

  /** It was no guess: it does not count. What others guessed does. */
  async forget({ mark, at }: Attempt): Promise<void> {
    await this.dataSource.query(
      'delete from gateway.attempt where kind = $1 and key_hash = $2 and at = $3::timestamptz',
      [KIND, mark, at],
    );
  }
}
