import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { instantSql } from '../instant-sql';
import { networkOf } from '../limits/addresses';
import { LockOut } from '../provider/lock-out';

/** What became of a sign-in. */
const outcomesOf = {
  sessions: ['signed-in', 'signed-out'],
  're-authentications': ['signed-in-again'],
  refusals: ['wrong-password', 'another-person', 'not-bound', 'barred'],
  'lock-outs': ['locked-out'],
} as const;

/** What lines of the log can be asked for; `changes`: what became of accounts. */
export const signInKinds = [...(Object.keys(outcomesOf) as (keyof typeof outcomesOf)[]), 'changes'] as const;
export type SignInKind = (typeof signInKinds)[number];

/** What was done to an account by an administrator's hand. */
export type AccountChange =
  'invited' | 'disabled' | 'enabled' | 'sessions-ended' | 'bound' | 'unbound' | 'barred' | 'unbarred';

export interface SignInEntry {
  readonly outcome:
    (typeof outcomesOf)[keyof typeof outcomesOf][number] | 'password-set' | `${AccountChange} by ${string}`;
  /** Null where nobody is known to be meant: a name that is no account's may be a password typed in the wrong field. */
  readonly officialId: string | null;
  readonly address: string | null;
  /** Whether the account had been signed in to in this browser before; absent where that is not known. */
  readonly knownBrowser?: boolean | null;
  /** Of a change that took two persons. */
  readonly proposedBy?: string | null;
}

/** A line of the log. */
export interface SignInLine {
  readonly id: string;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
  /** Null where nobody is known to be meant. */
  readonly officialId: string | null;
  readonly outcome: string;
  /** The administrator whose hand it was; null for what people do themselves. */
  readonly by: string | null;
  /** Who had proposed it, where it took two persons. */
  readonly proposedBy: string | null;
  /** Whether the account had been signed in to in this browser before; null where that is not known. */
  readonly knownBrowser: boolean | null;
  /** Where from: IPv4 by the /24, IPv6 by the /48; null where no address was involved. */
  readonly network: string | null;
  /** Equal for equal addresses, and tells nothing else; null where none was involved. */
  readonly addressMark: string | null;
}

/** Which lines; all that is not null must hold. Instants are real time. */
interface LinesAsked {
  readonly official: string | null;
  readonly kind: SignInKind | null;
  readonly from: string | null;
  readonly until: string | null;
  /** The id of a line: those before it. */
  readonly before: string | null;
}

/** Every sign-in, refused or not, and every change of an account. Rows are added, never changed. */
@Injectable()
export class SignInLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lockOut: LockOut,
  ) {}

  async add(
    { outcome, officialId, address, knownBrowser = null, proposedBy = null }: SignInEntry,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(
      `insert into gateway.sign_in_log (official_id, outcome, address_hash, network, known_browser, proposed_by)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        officialId,
        outcome,
        address === null ? null : this.lockOut.markOfAddress(address),
        address === null ? null : networkOf(address),
        knownBrowser,
        proposedBy,
      ],
    );
  }

  /** Newest first. */
  async page({ official, kind, from, until, before }: LinesAsked, limit: number): Promise<readonly SignInLine[]> {
    const outcomes = kind === null || kind === 'changes' ? [] : outcomesOf[kind];
    return this.dataSource.query<SignInLine[]>(
      `select id::text as id, ${instantSql('at')} as at, official_id as "officialId",
         split_part(outcome, ' by ', 1) as outcome, nullif(split_part(outcome, ' by ', 2), '') as by, proposed_by as "proposedBy",
         known_browser as "knownBrowser", network, encode(address_hash, 'hex') as "addressMark"
       from gateway.sign_in_log
       where ($1::bigint is null or id < $1) and ($2::text is null or official_id = $2)
         and ($3::text is null or outcome = any($4) or ($3 = 'changes' and (outcome like '% by %' or outcome = 'password-set')))
         and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
       order by sign_in_log.id desc limit $7`,
      [before, official, kind, outcomes, from, until, limit],
    );
  }

  /** Whether one of these officials has ever signed in here, as far as the log goes back. */
  async hasSignedIn(manager: EntityManager, officialIds: readonly string[]): Promise<boolean> {
    const [row] = await manager.query<{ has: boolean }[]>(
      `select exists (select from gateway.sign_in_log where official_id = any($1) and outcome = 'signed-in') as has`,
      [officialIds],
    );
    return row?.has ?? false;
  }
}
