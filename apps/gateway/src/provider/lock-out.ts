import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { blindMark, derivedKey, readKeyFile } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { foldedName } from './user-name';

/** Who guesses gets so many tries in a quarter of an hour: less than a thousand a day for an account, or from a browser known there. */
const limits = { account: 10, address: 50, browser: 10 } as const;
const within = "interval '15 minutes'";

type Kind = keyof typeof limits;

/** Where a try to sign in comes from, and for which account (its name, whether there is such an account or not). */
export interface Attempt {
  readonly username: string;
  readonly address: string;
  /** By what a browser is counted in which somebody signed in to the account before ({@link KnownBrowsers}); null for a stranger's. */
  readonly knownBrowser: string | null;
}

/** A try under way; null where it may not even be tried. */
interface Taken {
  readonly at: string;
}

/**
 * Counts tries to sign in, in the database, so that several processes count together. Each is counted before its password is looked
 * at, under a lock: many at once gain nothing.
 */
@Injectable()
export class LockOut {
  private readonly key;

  constructor(
    private readonly dataSource: DataSource,
    { SECRET_FILE }: GatewaySettings,
  ) {
    this.key = derivedKey(readKeyFile(SECRET_FILE), 'motcua attempts');
  }

  /** Takes one of the tries that are left; null when none is. */
  async take(attempt: Attempt): Promise<Taken | null> {
    return this.dataSource.transaction(async (manager) => {
      const marks = this.marksOf(attempt);
      // In one order, so that two tries never wait for each other.
      for (const { mark } of [...marks].sort((one, other) => one.mark.compare(other.mark))) {
        await manager.query(`select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, [mark]);
      }
      for (const { kind, mark } of marks) {
        const [row] = await manager.query<{ tries: number }[]>(
          `select count(*)::integer as tries from gateway.attempt
           where kind = $1 and key_hash = $2 and at > clock_timestamp() - ${within}`,
          [kind, mark],
        );
        if ((row?.tries ?? 0) >= limits[kind]) return null;
      }
      const [row] = await manager.query<{ at: string }[]>(
        `insert into gateway.attempt (kind, key_hash, at)
         select kind, key_hash, statement_timestamp() from unnest($1::text[], $2::bytea[]) as tried (kind, key_hash)
         returning at::text as at`,
        [marks.map(({ kind }) => kind), marks.map(({ mark }) => mark)],
      );
      return row ?? null;
    });
  }

  /**
   * A try that succeeded was none to guess: all of the account, or of the known browser, are forgotten, and this one of the address.
   * What strangers guessed stays when a known browser signs in.
   */
  async forget(attempt: Attempt, { at }: Taken): Promise<void> {
    const marks = this.marksOf(attempt);
    await this.dataSource.query(
      `delete from gateway.attempt using unnest($1::text[], $2::bytea[]) as tried (kind, key_hash)
       where (attempt.kind, attempt.key_hash) = (tried.kind, tried.key_hash)
         and (attempt.kind <> 'address' or at = $3::timestamptz)`,
      [marks.map(({ kind }) => kind), marks.map(({ mark }) => mark), at],
    );
  }

  /** Whoever sets a password anew is no guesser: the account can be signed in to at once. */
  async unlock(username: string): Promise<void> {
    await this.dataSource.query(`delete from gateway.attempt where kind = 'account' and key_hash = $1`, [
      this.markOfAccount(username),
    ]);
  }

  /** What an address is known by in the log: the same address has the same mark, which tells nothing of it. */
  markOfAddress(address: string): Buffer {
    return blindMark(this.key, `address ${address}`);
  }

  private markOfAccount(username: string): Buffer {
    return blindMark(this.key, `account ${foldedName(username)}`);
  }

  private marksOf({
    username,
    address,
    knownBrowser,
  }: Attempt): readonly { readonly kind: Kind; readonly mark: Buffer }[] {
    if (knownBrowser !== null) return [{ kind: 'browser', mark: blindMark(this.key, `browser ${knownBrowser}`) }];
    return [
      { kind: 'account', mark: this.markOfAccount(username) },
      { kind: 'address', mark: this.markOfAddress(address) },
    ];
  }
}
