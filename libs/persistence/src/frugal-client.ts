import { createHash } from 'node:crypto';
import { Client, type ClientConfig, type QueryConfig } from 'pg';

/** A statement as TypeORM hands it over, and as `pg` takes it. */
type Ask = (statement: string | QueryConfig, values?: unknown[], answered?: unknown) => unknown;

const names = new Map<string, string>();

/**
 * A connection on which PostgreSQL reads and plans an insert once, and not each time. Only inserts: ours go by keys alone, whatever
 * the values; of a question the best way may depend on what is asked for.
 */
export class FrugalClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as Ask;
    const askOnce: Ask = (statement, values, answered) =>
      typeof statement === 'string' && values !== undefined && isInsert(statement)
        ? ask({ name: nameOf(statement), text: statement, values }, answered as never)
        : ask(statement, values, answered);
    this.query = askOnce as Client['query'];
  }
}

function isInsert(statement: string): boolean {
  return /^\s*insert\b/i.test(statement);
}

/** The same for the same text; PostgreSQL cuts longer names. */
function nameOf(statement: string): string {
  const name = names.get(statement) ?? createHash('sha256').update(statement).digest('base64url');
  names.set(statement, name);
  return name;
}
