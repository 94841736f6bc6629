import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { clockFrom, mapped, type TimeMap } from '#platform';
import { freshDatabase, type FreshDatabase } from '#testing';
import { serviceDataSource } from './data-source';
import { migrate, requireSchema, SchemaUnknown } from './migrate';
import { services, type ServiceName } from './roles';

jest.setTimeout(60_000);

/** Any first instant and speed will do; a second map must change neither. */
const firstMap = { mapped: '2026-02-02T01:00:00.000Z', speed: 43_200 };
const HOUR_MS = 3_600_000;

let database: FreshDatabase;
let owner: Client;
let urls: Readonly<Record<ServiceName, string>>;

beforeAll(async () => {
  database = await freshDatabase();
  urls = await migrate(database.ownerUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe('the schema', () => {
  test('migrated twice, it is the same as after the first time', async () => {
    const before = await shapeOf(owner);
    await migrate(database.ownerUrl);

    expect(await shapeOf(owner)).toEqual(before);
    expect(before.migrations).toHaveLength(readdirSync(join(__dirname, 'migrations')).length);
  });

  test('migrated by several jobs at the same time, an empty database becomes what one job makes of it', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await Promise.all([1, 2, 3].map(() => migrate(ownerUrl, { timeMap: firstMap })));

      expect(await shapeOf(client)).toEqual(await shapeOf(owner));
      expect((await client.query('select 1 from desk.time_map')).rowCount).toBe(1);
    });
  });

  test('a dossier that began before deciding offices were known is decided where it was received', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl);
      await client.query(`drop policy seen on desk.dossier;
        alter table desk.dossier drop column deciding_office_id;
        delete from motcua_migration where name = 'DecidingOffice1764300000006';
        insert into desk.dossier (dossier_id, version, status, procedure_code, office_id, holder_official_id, holder_office_id,
          earliest_due_at, last_recorded_at, last_sequence, last_hash, state)
        values ('01932c8e-7c00-7000-8000-0000000000aa', 1, 'received', '1.1', 'bac-son', 'lan', 'land', now(), now(), 1, '',
          '{"officeId": "bac-son"}')`);

      const { desk } = await migrate(ownerUrl);

      await withDataSource(desk, async (dataSource) => {
        await expect(requireSchema(dataSource)).resolves.toBeUndefined();
      });
      const { rows } = await client.query('select deciding_office_id as deciding from desk.dossier');
      expect(rows).toEqual([{ deciding: 'bac-son' }]);
    });
  });

  test('a user name is folded by the letters of every language, and names that become one are told', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl);
      const account = (officialId: string, username: string) =>
        client.query(
          `insert into gateway.account (account_id, official_id, username) values (gen_random_uuid(), $1, $2)`,
          [officialId, username],
        );
      // As a build before left them.
      await client.query(`alter table gateway.account drop constraint account_username_folded;
        delete from motcua_migration where name = 'FoldedUserNames1764300000030'`);
      await account('duc', 'Đức');
      await account('anh', ' Ánh.Lê');
      await account('other', 'đỨc');

      await expect(migrate(ownerUrl)).rejects.toThrow('"Đức" of official duc, "đỨc" of official other');
      await client.query(`update gateway.account set username = 'đức2' where official_id = 'other'`);
      await migrate(ownerUrl);

      const { rows } = await client.query<{ username: string }>(
        'select username from gateway.account order by official_id',
      );
      expect(rows.map(({ username }) => username)).toEqual(['ánh.lê', 'đức', 'đức2']);
      await expect(account('third', 'Đạt')).rejects.toThrow('account_username_folded');
    });
  });

  test.each(services)('%s works on the schema its build was made for', async (service) => {
    await withDataSource(urls[service], async (dataSource) => {
      await expect(requireSchema(dataSource)).resolves.toBeUndefined();
    });
  });

  test.each<[string, string, (names: readonly string[]) => string | undefined]>([
    [
      'newer',
      `insert into motcua_migration (timestamp, name) values (1, 'OfTomorrow1863900000006')`,
      () => 'OfTomorrow1863900000006',
    ],
    [
      'older',
      'delete from motcua_migration where id = (select max(id) from motcua_migration)',
      (names) => names.at(-2),
    ],
    [
      'without one that came before its last',
      `delete from motcua_migration where name = 'DecidingOffice1764300000006'`,
      (names) => names.at(-1),
    ],
    ['empty', 'delete from motcua_migration', () => 'none'],
  ])('a service refuses a schema that is %s, and says which it found', async (_what, change, foundIn) => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      const { desk } = await migrate(ownerUrl);
      const { rows } = await client.query<{ name: string }>('select name from motcua_migration order by id');
      const found = foundIn(rows.map(({ name }) => name)) ?? '';
      await client.query(change);

      await withDataSource(desk, async (dataSource) => {
        const refusal: unknown = await requireSchema(dataSource).catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(SchemaUnknown);
        expect(String(refusal)).toContain(`"${found}"`);
        expect(String(refusal)).toContain('start it with "npm start"');
      });
    });
  });
});

describe('the role of a service', () => {
  const pairs = services.flatMap((one) => services.filter((other) => other !== one).map((other) => [one, other]));

  test.each(pairs)('%s reads and writes no table of %s', async (one, other) => {
    const tables = await tablesOf(other);
    expect(tables).not.toHaveLength(0);

    for (const table of tables) {
      expect(await refusalOf(one, `select 1 from ${table}`)).toBe('42501');
      expect(await refusalOf(one, `delete from ${table}`)).toBe('42501');
    }
  });

  test.each(services)('%s reads its own tables and changes none of their definitions', async (service) => {
    for (const table of await tablesOf(service)) {
      expect(await refusalOf(service, `select 1 from ${table} limit 1`)).toBeNull();
      expect(await refusalOf(service, `alter table ${table} add column more text`)).toBe('42501');
      expect(await refusalOf(service, `drop table ${table}`)).toBe('42501');
    }
    expect(await refusalOf(service, `create table ${service}.more (n integer)`)).toBe('42501');
  });

  test.each(['journal', 'feed', 'responsibility_record', 'answer', 'applicant', 'remark', 'access_log'])(
    'desk adds to %s and can neither change, delete nor empty it',
    async (table) => {
      const [column] = (
        await owner.query<{ name: string }>(
          `select column_name as name from information_schema.columns
           where table_schema = 'desk' and table_name = $1 and not is_identity::boolean order by ordinal_position limit 1`,
          [table],
        )
      ).rows;

      expect(await refusalOf('desk', `update desk.${table} set ${column?.name} = ${column?.name}`)).toBe('42501');
      expect(await refusalOf('desk', `delete from desk.${table}`)).toBe('42501');
      expect(await refusalOf('desk', `truncate desk.${table}`)).toBe('42501');
      const { rows } = await owner.query<{ may: boolean }>(
        `select has_table_privilege(rolname, $1, 'insert') as may from pg_roles where rolname like current_database() || '\\_desk'`,
        [`desk.${table}`],
      );
      expect(rows).toEqual([{ may: true }]);
    },
  );

  test('desk notes which entry withdrew an escalation, and can change nothing else of it', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'desk' and table_name = 'escalation'`,
    );
    const written: string[] = [];
    for (const { name } of rows) {
      const refusal = await refusalOf('desk', `update desk.escalation set ${name} = ${name}`);
      if (refusal === null) written.push(name);
      else expect(refusal).toBe('42501');
    }

    expect(written).toEqual(['withdrawn_sequence']);
    expect(await refusalOf('desk', 'delete from desk.escalation')).toBe('42501');
    expect(await refusalOf('desk', 'truncate desk.escalation')).toBe('42501');
  });

  test('the right to change whole escalations, as an earlier build gave it, is taken back', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      const { desk } = await migrate(ownerUrl);
      const role = client.escapeIdentifier(decodeURIComponent(new URL(desk).username));
      await client.query(`grant update on desk.escalation to ${role}`);
      const renewed = await migrate(ownerUrl);

      expect(await codeOf(() => ask(renewed.desk, `update desk.escalation set rung = 'never'`))).toBe('42501');
      expect(await codeOf(() => ask(renewed.desk, 'update desk.escalation set withdrawn_sequence = 1'))).toBeNull();
    });
  });

  test('the trigger of the journal cannot be switched off by desk', async () => {
    expect(await refusalOf('desk', 'alter table desk.journal disable trigger all')).toBe('42501');
    expect(await refusalOf('desk', `set session_replication_role = 'replica'`)).toBe('42501');
  });

  test('every run draws new passwords, and PostgreSQL keeps none in clear', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      const earlier = passwordsIn(await migrate(ownerUrl));
      const keptEarlier = await keptPasswords(client);
      const later = passwordsIn(await migrate(ownerUrl));
      const keptLater = await keptPasswords(client);

      expect(new Set([...earlier, ...later]).size).toBe(2 * services.length);
      expect(new Set([...keptEarlier, ...keptLater]).size).toBe(2 * services.length);
      for (const kept of keptLater) expect(kept).toMatch(/^SCRAM-SHA-256\$/);
    });
  });
});

describe('simulated time', () => {
  test('a second map changes neither the first instant nor the speed', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl, { timeMap: firstMap });
      await migrate(ownerUrl, { timeMap: { mapped: '2027-01-01T00:00:00.000Z', speed: 2 } });

      expect(await mapOf(client)).toMatchObject({ mappedOrigin: firstMap.mapped, speed: firstMap.speed });
    });
  });

  test('a stack without a map lives in real time, also after it was migrated again', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl);
      await migrate(ownerUrl);

      expect(await mapOf(client)).toBeNull();
    });
  });

  test('a new stack begins at the first instant of its map', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      const before = Date.now();
      await migrate(ownerUrl, { timeMap: firstMap });
      const map = await requiredMapOf(client);

      expect(mapped(map, Date.parse(map.realOrigin))).toBe(firstMap.mapped);
      expect(Date.parse(map.realOrigin)).toBeGreaterThanOrEqual(before - 1);
      expect(Date.parse(map.realOrigin)).toBeLessThanOrEqual(Date.now());
    });
  });

  test('after a stop of an hour the office goes on at the instant where it stopped', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl, { timeMap: firstMap });
      // The stack ran for a minute and has stood still for an hour.
      await client.query(
        `update desk.time_map set real_origin = real_origin - interval '61 minutes', last_seen_at = clock_timestamp() - interval '60 minutes'`,
      );
      const stoppedAt = await requiredMapOf(client);
      const lastSeen = await lastSeenOf(client);
      const officeTimeAtStop = mapped(stoppedAt, lastSeen);

      await migrate(ownerUrl);
      const map = await requiredMapOf(client);
      const resumedAt = await lastSeenOf(client);
      expect(Math.abs(Date.parse(mapped(map, resumedAt)) - Date.parse(officeTimeAtStop))).toBeLessThanOrEqual(
        2 * firstMap.speed,
      );
      expect(map).toMatchObject({ mappedOrigin: firstMap.mapped, speed: firstMap.speed });
      // Without the correction the office would find itself 60 * 30 days later.
      expect(Date.parse(clockFrom(stoppedAt).now()) - Date.parse(clockFrom(map).now())).toBeGreaterThan(
        0.99 * HOUR_MS * firstMap.speed,
      );
    });
  });

  test('a stack that runs keeps its time while it is migrated again', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl, { timeMap: firstMap });
      await client.query(`update desk.time_map set real_origin = real_origin - interval '1 hour'`);
      const running = await requiredMapOf(client);

      await whileSeen(client, () => migrate(ownerUrl));
      expect(await requiredMapOf(client)).toEqual(running);
    });
  });

  test('what was promised for an instant comes later by the length of the stop, never earlier', async () => {
    await onDatabaseOfItsOwn(async ({ ownerUrl }, client) => {
      await migrate(ownerUrl, { timeMap: firstMap });
      const promised = '2026-03-02T03:00:00.000Z';
      const wakeBefore = clockFrom(await requiredMapOf(client)).wakeAt(promised);
      await client.query(`update desk.time_map set last_seen_at = clock_timestamp() - interval '10 seconds'`);
      await migrate(ownerUrl);
      await migrate(ownerUrl);

      const laterMs = Date.parse(clockFrom(await requiredMapOf(client)).wakeAt(promised)) - Date.parse(wakeBefore);
      expect(laterMs).toBeGreaterThanOrEqual(9_999);
    });
  });
});

/** Tables, columns, indexes, triggers and applied migrations: everything a second run could double or change. */
async function shapeOf(client: Client) {
  const read = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  const ours = `in ('desk', 'clock', 'oversight', 'gateway')`;
  return {
    migrations: await read('select id, timestamp, name from motcua_migration order by id'),
    columns: await read(
      `select table_schema, table_name, column_name, data_type, is_nullable, column_default
       from information_schema.columns where table_schema ${ours} order by 1, 2, ordinal_position`,
    ),
    indexes: await read(`select indexdef from pg_indexes where schemaname ${ours} order by 1`),
    triggers: await read(
      `select trigger_schema, trigger_name, event_manipulation, action_statement
       from information_schema.triggers where trigger_schema ${ours} order by 1, 2, 3`,
    ),
    rights: await read(
      `select table_schema, table_name, privilege_type, split_part(grantee, current_database() || '_', 2) as service
       from information_schema.role_table_grants
       where table_schema ${ours} and grantee like current_database() || '\\_%' order by 1, 2, 3, 4`,
    ),
  };
}

async function tablesOf(service: ServiceName): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables where schemaname = $1 order by 1`,
    [service],
  );
  return rows.map(({ name }) => name);
}

async function mapOf(client: Client): Promise<TimeMap | null> {
  const { rows } = await client.query<{ mapped_origin: Date; real_origin: Date; speed: number }>(
    'select mapped_origin, real_origin, speed from desk.time_map',
  );
  const [row] = rows;
  if (!row) return null;
  return {
    mappedOrigin: row.mapped_origin.toISOString(),
    realOrigin: row.real_origin.toISOString(),
    speed: row.speed,
  };
}

async function requiredMapOf(client: Client): Promise<TimeMap> {
  const map = await mapOf(client);
  if (map === null) throw new Error('This stack has no time map.');
  return map;
}

/** Does the work while somebody says again and again, as `desk` does, that the stack runs. */
async function whileSeen(client: Client, work: () => Promise<unknown>): Promise<void> {
  const seen = () => client.query('update desk.time_map set last_seen_at = clock_timestamp()');
  await seen();
  const beat = setInterval(() => void seen(), 250);
  try {
    await work();
  } finally {
    clearInterval(beat);
  }
}

async function lastSeenOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ last_seen_at: Date }>('select last_seen_at from desk.time_map');
  return rows[0]?.last_seen_at.getTime() ?? Number.NaN;
}

function passwordsIn(serviceUrls: Readonly<Record<ServiceName, string>>): readonly string[] {
  return Object.values(serviceUrls).map((url) => new URL(url).password);
}

async function keptPasswords(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ kept: string }>(
    `select rolpassword as kept from pg_authid where rolname like current_database() || '\\_%' order by rolname`,
  );
  return rows.map(({ kept }) => kept);
}

/** The SQLSTATE with which PostgreSQL refuses a statement of a service; null when it does not. Changes nothing. */
async function refusalOf(service: ServiceName, statement: string): Promise<string | null> {
  return codeOf(() => ask(urls[service], statement));
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.query('begin');
    await client.query(statement);
    await client.query('rollback');
  } finally {
    await client.end();
  }
}

async function codeOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

async function onDatabaseOfItsOwn(work: (database: FreshDatabase, client: Client) => Promise<void>): Promise<void> {
  const own = await freshDatabase();
  const client = new Client({ connectionString: own.ownerUrl });
  try {
    await client.connect();
    await work(own, client);
  } finally {
    await client.end();
    await own.drop();
  }
}

async function withDataSource(
  url: string,
  work: (dataSource: ReturnType<typeof serviceDataSource>) => Promise<void>,
): Promise<void> {
  const dataSource = await serviceDataSource({ url, applicationName: 'migrate-spec', poolSize: 1 }).initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
