import { DataSource, type DataSourceOptions } from 'typeorm';
import { FrugalClient } from './frugal-client';
import { WalledClient } from './walled-client';

/** What a service says of its pool; `entities` only where it reads through repositories. */
export interface ServiceDatabase {
  readonly url: string;
  readonly applicationName: string;
  readonly entities?: NonNullable<DataSourceOptions['entities']>;
  /** Connections this process may hold. */
  readonly poolSize?: number;
  /** Whether its tables are walled: then each question is asked for whoever {@link sightNow} says. */
  readonly isWalled?: boolean;
}

/**
 * The options of a service's pool, with the limits that keep a slow query, a lock or a forgotten transaction from stopping a
 * desk. TypeORM installs the error listeners that keep the process alive when PostgreSQL restarts.
 *
 * Queries of one connection that are begun together go out together and are answered in that order (`pipeline`): inside a
 * transaction, `Promise.all` over what does not depend on each other costs one round trip. What writes only after waiting for an
 * answer does not belong in there: when another part fails, it would write after the rollback.
 */
export function databaseOptions({
  url,
  applicationName,
  entities = [],
  poolSize = 10,
  isWalled = false,
}: ServiceDatabase) {
  return {
    type: 'postgres',
    url,
    applicationName,
    entities,
    poolSize,
    synchronize: false,
    connectTimeoutMS: 5_000,
    extra: {
      Client: isWalled ? WalledClient : FrugalClient,
      pipeline: true,
      statement_timeout: 15_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  } as const satisfies DataSourceOptions;
}

/** The same pool outside of Nest; the caller initialises and destroys it. */
export function serviceDataSource(database: ServiceDatabase): DataSource {
  return new DataSource(databaseOptions(database));
}
