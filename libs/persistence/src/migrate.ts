import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Desk1763900000001 } from './migrations/1-desk';
import { Clock1763900000002 } from './migrations/2-clock';
import { Oversight1763900000003 } from './migrations/3-oversight';
import { Watched1764000000004 } from './migrations/4-watched';
import { OwnCalendars1764200000005 } from './migrations/5-own-calendars';
import { DecidingOffice1764300000006 } from './migrations/6-deciding-office';
import { Notices1764300000007 } from './migrations/7-notices';
import { ExternalNumbers1764300000008 } from './migrations/8-external-numbers';
import { ProceduresInTime1764300000009 } from './migrations/9-procedures-in-time';
import { ComplaintsAndDuplicates1764300000010 } from './migrations/10-complaints-and-duplicates';
import { Fold1764300000012 } from './migrations/12-fold';
import { Links1764300000013 } from './migrations/13-links';
import { Gateway1764300000014 } from './migrations/14-gateway';
import { Refusals1764300000015 } from './migrations/15-refusals';
import { Approvals1764300000016 } from './migrations/16-approvals';
import { EForm1764300000018 } from './migrations/18-e-form';
import { Notes1764300000019 } from './migrations/19-notes';
import { Attachments1764300000020 } from './migrations/20-attachments';
import { RowLevelSecurity1764300000022 } from './migrations/22-row-level-security';
import { FourEyesAndSignIns1764300000023 } from './migrations/23-four-eyes-and-sign-ins';
import { GatewayHardening1764300000024 } from './migrations/24-gateway-hardening';
import { TrackingBook1764300000025 } from './migrations/25-tracking-book';
import { Questions1764300000026 } from './migrations/26-questions';
import { AccountProposals1764300000027 } from './migrations/27-account-proposals';
import { FoldedUserNames1764300000030 } from './migrations/30-folded-user-names';
import { ReceivedAt1764300000031 } from './migrations/31-received-at';
import { provideRoles, type ServiceName } from './roles';

const migrations = [
  Desk1763900000001,
  Clock1763900000002,
  Oversight1763900000003,
  Watched1764000000004,
  OwnCalendars1764200000005,
  DecidingOffice1764300000006,
  Notices1764300000007,
  ExternalNumbers1764300000008,
  ProceduresInTime1764300000009,
  ComplaintsAndDuplicates1764300000010,
  Fold1764300000012,
  Links1764300000013,
  Gateway1764300000014,
  Refusals1764300000015,
  Approvals1764300000016,
  EForm1764300000018,
  Notes1764300000019,
  Attachments1764300000020,
  RowLevelSecurity1764300000022,
  FourEyesAndSignIns1764300000023,
  GatewayHardening1764300000024,
  TrackingBook1764300000025,
  Questions1764300000026,
  AccountProposals1764300000027,
  FoldedUserNames1764300000030,
  ReceivedAt1764300000031,
];

/** Any fixed number: whoever holds this advisory lock migrates; a second job waits for it. */
const migrationLock = 7_401;

/** `desk` says every second that it is there; one silent for longer has stopped. */
const STOPPED_AFTER_S = 3;

/** Where simulated time begins on a new stack: `mapped` is its first instant, `speed` mapped milliseconds per real one. */
export interface NewTimeMap {
  readonly mapped: string;
  readonly speed: number;
}

/**
 * Brings the database to the newest schema and answers the URL each service connects with.
 *
 * Run once before the services start. The schema stands a second run, also at the same time; the passwords do not: each run
 * draws new ones, and services that run with the URLs of an earlier run are cut off at their next connection. So one
 * database serves one stack. On a stack with simulated time that has stopped it also lets the map go on where it stopped.
 * TypeORM itself takes no lock, hence ours.
 *
 * @param ownerUrl a PostgreSQL URL whose role may create schemas and roles.
 */
export async function migrate(
  ownerUrl: string,
  options: { readonly timeMap?: NewTimeMap } = {},
): Promise<Readonly<Record<ServiceName, string>>> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock($1)', [migrationLock]);
    await runMigrations(ownerUrl);
    await provideTimeMap(owner, options.timeMap);
    return await provideRoles(owner, ownerUrl);
  } finally {
    await owner.end();
  }
}

/**
 * By the migrations that were run, in whatever order they came to be.
 *
 * @throws SchemaUnknown when the database is not at the schema this build was made for
 */
export async function requireSchema(dataSource: DataSource): Promise<void> {
  const rows = await dataSource.query<{ name: string }[]>('select name from motcua_migration order by id');
  const run = new Set(rows.map(({ name }) => name));
  const known = migrations.map(({ name }) => name);
  if (run.size !== known.length || !known.every((name) => run.has(name))) {
    throw new SchemaUnknown(rows.at(-1)?.name ?? 'none', known.at(-1) ?? 'none');
  }
}

/**
 * Row-level security binds neither a superuser nor the owner of the tables.
 *
 * @throws WallsPassedBy when it does not bind the role of this connection
 */
export async function requireWalls(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ binds: boolean }[]>(`select row_security_active('desk.dossier') as binds`);
  if (!row?.binds) throw new WallsPassedBy();
}

/** Desk must not work as somebody whom its walls do not hold. */
export class WallsPassedBy extends Error {
  constructor() {
    super(
      'The role in DATABASE_URL passes by row-level security: let desk connect as the role that "npm start" made for it, never as owner or superuser.',
    );
    this.name = 'WallsPassedBy';
  }
}

/** A service must not work on a schema it does not know. */
export class SchemaUnknown extends Error {
  constructor(found: string, expected: string) {
    super(
      `The database is at schema "${found}", this build needs "${expected}": start it with "npm start", which brings the schema up to date first.`,
    );
    this.name = 'SchemaUnknown';
  }
}

async function runMigrations(url: string): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: 'motcua_migration',
    migrationsTransactionMode: 'each',
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}

async function provideTimeMap(owner: Client, timeMap: NewTimeMap | undefined): Promise<void> {
  if (timeMap) {
    await owner.query(
      `insert into desk.time_map (mapped_origin, real_origin, speed, last_seen_at)
       values ($1, clock_timestamp(), $2, clock_timestamp()) on conflict do nothing`,
      [timeMap.mapped, timeMap.speed],
    );
  }
  // Only of a stopped stack: a running one would find itself a moment earlier than it was. What is to be woken moves along.
  await owner.query(
    `with stop as (
       select clock_timestamp() - last_seen_at as lasted from desk.time_map
       where last_seen_at < clock_timestamp() - make_interval(secs => $1)),
     moved as (
       update desk.time_map set real_origin = real_origin + lasted, last_seen_at = last_seen_at + lasted from stop)
     update desk.dossier set next_wake_at = next_wake_at + lasted from stop where next_wake_at is not null`,
    [STOPPED_AFTER_S],
  );
}
