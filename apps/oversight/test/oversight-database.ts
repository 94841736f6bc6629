import type { DataSource } from 'typeorm';
import { migrate, serviceDataSource } from '#persistence';
import { freshDatabase } from '#testing';
import { AlertEntity } from '../src/alerts/alert.entity';
import { DossierEntity } from '../src/alerts/dossier.entity';
import { DeliveryEntity } from '../src/mail/delivery.entity';

/** A database of a test's own with oversight's schema. */
export interface OversightDatabase {
  /** For the service; as the owner, so that a test's processes need no rights. */
  readonly url: string;
  /** The test's own pool, as the owner. */
  readonly dataSource: DataSource;
  /** One more pool, as another process would have it. */
  connect(applicationName: string): Promise<DataSource>;
  rows<Row = Record<string, unknown>>(sql: string, ...parameters: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export async function oversightDatabase(): Promise<OversightDatabase> {
  const database = await freshDatabase();
  await migrate(database.ownerUrl);
  const pools: DataSource[] = [];
  const connect = async (applicationName: string): Promise<DataSource> => {
    const entities = [AlertEntity, DeliveryEntity, DossierEntity];
    const pool = await serviceDataSource({ url: database.ownerUrl, applicationName, entities }).initialize();
    pools.push(pool);
    return pool;
  };
  const dataSource = await connect('oversight-test');
  return {
    url: database.ownerUrl,
    dataSource,
    connect,
    rows: (sql, ...parameters) => dataSource.query(sql, parameters),
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.destroy()));
      await database.drop();
    },
  };
}
