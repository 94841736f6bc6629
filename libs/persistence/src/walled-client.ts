import type { Client, ClientConfig, QueryConfig } from 'pg';
import { FrugalClient } from './frugal-client';
import { sightNow, type Sight } from './sight';

type Ask = (statement: string | QueryConfig, values?: unknown[], answered?: unknown) => unknown;

const SAY = `select set_config('motcua.sight', $1, false), set_config('motcua.offices', $2::text[]::text, false),
  set_config('motcua.official', $3, false), set_config('motcua.acting_in', $4::text[]::text, false)`;

/**
 * A connection that tells PostgreSQL what exists for whoever asks (row-level security) before it asks, however it was opened and
 * whoever had it before. It says so only where that changed, in the round trip of the question itself.
 */
export class WalledClient extends FrugalClient {
  /** What PostgreSQL was told; null where a rollback may have undone it. A new connection was told nothing. */
  private told: Sight | null = { of: 'nothing' };
  private isInTransaction = false;
  private isToldInTransaction = false;

  constructor(config?: string | ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as Ask;
    const askWithin: Ask = (statement, values, answered) => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const sight = sightNow();
      // A failed transaction takes nothing but its end.
      if (ends(text) || isSame(this.told, sight)) {
        this.note(text);
        return ask(statement, values, answered);
      }
      if (typeof (answered ?? values) === 'function')
        throw new TypeError('Asked with a callback, nobody hears of a wall.');
      const said = ask({ name: 'motcua-sight', text: SAY, values: settingsOf(sight) });
      this.told = sight;
      this.isToldInTransaction ||= this.isInTransaction;
      this.note(text);
      return this.behind(said as Promise<unknown>, ask(statement, values) as Promise<unknown>);
    };
    this.query = askWithin as Client['query'];
  }

  /** An answer counts only where PostgreSQL has taken what it was told before. */
  private async behind(said: Promise<unknown>, answer: Promise<unknown>): Promise<unknown> {
    const [, answered] = await Promise.all([
      said.catch((error: unknown) => {
        this.told = null;
        throw error;
      }),
      answer,
    ]);
    return answered;
  }

  /** What was told within a transaction is gone where it was rolled back. */
  private note(statement: string): void {
    if (begins(statement)) this.isInTransaction = true;
    if (!ends(statement)) return;
    if (this.isToldInTransaction) this.told = null;
    // Back at a savepoint it goes on.
    if (isWhole(statement)) this.isInTransaction = this.isToldInTransaction = false;
  }
}

function settingsOf(sight: Sight): unknown[] {
  if (!('offices' in sight)) return [sight.of, [], '', []];
  return [sight.of, sight.offices, sight.officialId, sight.actingIn];
}

function isSame(one: Sight | null, other: Sight): boolean {
  if (one === other) return true;
  return one !== null && JSON.stringify(one) === JSON.stringify(other);
}

function begins(statement: string): boolean {
  return /^\s*(begin|start\s+transaction)\b/i.test(statement);
}

function ends(statement: string): boolean {
  return /^\s*(commit|end|rollback|abort)\b/i.test(statement);
}

function isWhole(statement: string): boolean {
  return !/^\s*rollback\s+(work\s+|transaction\s+)?to\b/i.test(statement);
}
