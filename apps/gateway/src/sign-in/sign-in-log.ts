import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { instantSql } from '../instant-sql';
import { LockOut } from '../provider/lock-out';

/** What became of a sign-in, or of an account by an administrator's hand. */
export type SignInOutcome =
  | 'signed-in'
  | 'signed-in-again'
  | 'another-person'
  | 'signed-out'
  | 'wrong-password'
  | 'locked-out'
  | 'not-bound'
  | 'barred'
  | 'password-set'
  | `${'invited' | 'disabled' | 'enabled' | 'sessions-ended' | 'bound' | 'unbound' | 'barred' | 'unbarred'} by ${string}`;

export interface SignInEntry {
  readonly outcome: SignInOutcome;
  /** Null where nobody is known to be meant: a name that is no account's may be a password typed in the wrong field. */
  readonly officialId: string | null;
  readonly address: string | null;
}

/** A line of the log as auditors read it. */
export interface SignInLine {
  readonly id: string;
  readonly at: string;
  readonly officialId: string | null;
  readonly outcome: string;
  /** Equal for equal addresses, and tells nothing else; null where none was involved. */
  readonly addressMark: string | null;
}

/** Every sign-in, refused or not, and every change of an account. Rows are added, never changed. */
@Injectable()
export class SignInLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lockOut: LockOut,
  ) {}

  async add({ outcome, officialId, address }: SignInEntry): Promise<void> {
    await this.dataSource.query(
      'insert into gateway.sign_in_log (official_id, outcome, address_hash) values ($1, $2, $3)',
      [officialId, outcome, address === null ? null : this.lockOut.markOfAddress(address)],
    );
  }

  /** Newest first, before the line with this id. */
  async page(before: string | null, limit: number): Promise<readonly SignInLine[]> {
    return this.dataSource.query<SignInLine[]>(
      `select id::text as id, ${instantSql('at')} as at, official_id as "officialId", outcome, encode(address_hash, 'hex') as "addressMark"
       from gateway.sign_in_log where $1::bigint is null or id < $1 order by id desc limit $2`,
      [before, limit],
    );
  }
}
