import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { servers } from './servers-file';

/** A database of a test's own. */
export interface FreshDatabase {
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** Makes an empty database on the test run's PostgreSQL. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asOwner(`create database ${name}`);
  const url = new URL(servers().postgres.ownerUrl);
  url.pathname = `/${name}`;
  return { ownerUrl: url.toString(), drop: () => asOwner(`drop database ${name} with (force)`) };
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: servers().postgres.ownerUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
