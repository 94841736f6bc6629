import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '#testing';
import { serviceDataSource } from './data-source';
import { migrate, requireWalls, WallsPassedBy } from './migrate';
import { beginRequest, seeFromNowOn, seeingEverything, type Sight } from './sight';

jest.setTimeout(60_000);

/** Tables of desk without a wall, and why each needs none. */
const withoutWall: Readonly<Record<string, string>> = {
  answer: 'found by its key alone, before the rights of now are asked; it answers whoever gave the command',
  attachment_upload: 'ids of files that belong to no dossier yet',
  code_counter: 'how many codes were drawn',
  complaint_subject: 'the walls themselves ask it; it says nothing of a dossier but whom it is about',
  document_proposal: 'an organisation or a catalogue that waits for a second person, nothing of a dossier',
  feed: 'the order of entries, nothing of what is in them',
  feed_progress: 'a position',
  organisation: 'offices and who holds which post, which everybody may read',
  procedure_version: 'the catalogue, which everybody may read',
  time_map: 'how the stack counts time',
  unfed: 'an index of entries, nothing of what is in them',
  work_calendar: 'the catalogue, which everybody may read',
};

/** A row of each walled table, of the dossier $1; `{n}` is a number that no other row has. */
const samples: Readonly<Record<string, string>> = {
  access_log: `(official_id, post_id, office_id, action, dossier_id) values ('x', 'x', 'x', 'x', $1)`,
  applicant: `(dossier_id, sequence, sealed) values ($1, 1, '')`,
  applicant_index: `(mark, dossier_id, why) values ('m', $1, 'phone')`,
  approval: `(approval_id, dossier_id, command, said, version, sequence, proposed_by, authors, proposed_at)
    values (gen_random_uuid(), $1, 'stop', '{}', 1, 1, '{}', '{}', now())`,
  attachment: `(attachment_id, dossier_id, sealed_name, media_type, bytes, sha256, state, added_at, official_id, post_id, office_id)
    values ($1, $1, '', 'image/png', 1, repeat('a', 64), 'clean', now(), 'x', 'x', 'x')`,
  attachment_withdrawal: `(attachment_id, reason_code, withdrawn_at, official_id) values ($1, 'x', now(), 'x')`,
  dossier_key: `(dossier_id, wrapped) values ($1, '')`,
  dossier_link: `(dossier_id, sequence, kind, other_dossier_id) values ($1, 1, 'same-matter', $1)`,
  e_form: `(dossier_id, sequence, sealed) values ($1, 1, '')`,
  escalation: `(dossier_id, sequence, generation, rung, due_at, responsible_id, recorded_by)
    values ($1, 1, 1, 'x', now(), 'x', 'clock')`,
  external_number: `(system, number, dossier_id) values ('x', $1::uuid::text, $1)`,
  feedback: `(dossier_id, at, rating) values ($1, now(), 5)`,
  journal: `(stream, sequence, type, occurred_at, recorded_at, body, hash)
    values ($1::uuid::text, 1, 'dossier-received', now(), now(), '{}', repeat('a', 64))`,
  note: `(note_id, dossier_id, at, visibility, official_id, post_id, office_id, sealed)
    values (gen_random_uuid(), $1, now(), 'office', 'x', 'x', 'x', '')`,
  notice: `(dossier_id, cause_sequence, kind) values ($1, 1, 'received')`,
  opinion: `(opinion_id, dossier_id, asked_official_id, asked_office_id, due_at)
    values (gen_random_uuid(), $1, 'x', 'elsewhere', now())`,
  remark: `(dossier_id, sequence, sealed) values ($1, 1, '')`,
  responsibility_record: `(dossier_id, sequence, official_id, post_id, office_id, from_at, until_at, working_ms)
    values ($1, 1, 'x', 'x', 'x', now(), now(), 0)`,
};

/** Where the dossier of a row is named. */
const dossierOf: Readonly<Record<string, string>> = {
  attachment_withdrawal: 'attachment_id',
  journal: `case when stream ~ '^[0-9a-f]{8}-' then stream end`,
};

/** Dossiers by what makes them those of somebody in office `here`. */
const received = randomUUID();
const held = randomUUID();
const decided = randomUUID();
const asked = randomUUID();
const elsewhere = randomUUID();
const aboutThem = randomUUID();
const aboutTheirOffice = randomUUID();
const theirs = [received, held, decided, asked];
const ofOthers = [elsewhere, aboutThem, aboutTheirOffice];

const here: Sight = { of: 'offices', offices: ['here', 'below'], officialId: 'lan', actingIn: ['here'] };
const there: Sight = { of: 'offices', offices: ['there'], officialId: 'minh', actingIn: ['there'] };
const auditor: Sight = { of: 'every-office', offices: [], officialId: 'lan', actingIn: ['here'] };

let database: FreshDatabase;
let owner: Client;
let desk: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  const urls = await migrate(database.ownerUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  // One connection: whoever asks has had it after somebody else.
  desk = await serviceDataSource({
    url: urls.desk,
    applicationName: 'walls',
    poolSize: 1,
    isWalled: true,
  }).initialize();
  await begin(received, { office: 'here', holder: 'there' });
  await begin(held, { office: 'there', holder: 'below' });
  await begin(decided, { office: 'there', holder: 'there', deciding: 'here' });
  await begin(asked, { office: 'there', holder: 'there' });
  await begin(elsewhere, { office: 'there', holder: 'there' });
  await begin(aboutThem, { office: 'here', holder: 'here' });
  await begin(aboutTheirOffice, { office: 'here', holder: 'here' });
  await owner.query(
    `insert into desk.opinion (opinion_id, dossier_id, asked_official_id, asked_office_id, due_at)
     values (gen_random_uuid(), $1, 'x', 'below', now())`,
    [asked],
  );
  await owner.query(
    `insert into desk.complaint_subject (dossier_id, official_id, office_id) values ($1, 'lan', null), ($2, null, 'here')`,
    [aboutThem, aboutTheirOffice],
  );
  for (const [table, row] of Object.entries(samples)) {
    for (const id of [...theirs, ...ofOthers]) await owner.query(`insert into desk.${table} ${row}`, [id]);
  }
});

afterAll(async () => {
  await desk.destroy();
  await owner.end();
  await database.drop();
});

async function begin(id: string, at: { office: string; holder: string; deciding?: string }): Promise<void> {
  await owner.query(
    `insert into desk.dossier (dossier_id, version, status, procedure_code, office_id, holder_official_id, holder_office_id,
       earliest_due_at, last_recorded_at, last_sequence, last_hash, state)
     values ($1, 1, 'in-progress', 'x', $2, 'x', $3, now(), now(), 1, repeat('a', 64), $4)`,
    [id, at.office, at.holder, JSON.stringify(at.deciding ? { decidingOfficeId: at.deciding } : {})],
  );
}

/** As whoever sees so much, from the beginning of a request. */
function seeing<Result>(sight: Sight, work: () => Promise<Result>): Promise<Result> {
  return beginRequest(() => {
    seeFromNowOn(sight);
    return work();
  });
}

async function dossiersIn(table: string): Promise<readonly string[]> {
  const rows = await desk.query<{ id: string | null }[]>(
    `select distinct ${dossierOf[table] ?? 'dossier_id'} as id from desk.${table}`,
  );
  return rows.flatMap(({ id }) => id ?? []).sort();
}

async function walled(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ table: string }>(
    `select relname as table from pg_class
     where relnamespace = 'desk'::regnamespace and relkind in ('r', 'p') and relrowsecurity order by relname`,
  );
  return rows.map(({ table }) => table);
}

test('each table of desk is walled, or said to need no wall', async () => {
  const { rows } = await owner.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'desk'::regnamespace and relkind in ('r', 'p', 'v', 'm')`,
  );

  expect(rows.map(({ relname }) => relname).sort()).toEqual([...(await walled()), ...Object.keys(withoutWall)].sort());
  expect(await walled()).toEqual(['dossier', ...Object.keys(samples)].sort());
});

test('it is a wall: the role of desk can neither pass by it nor take it down', async () => {
  const [role] = await desk.query<{ bypasses: boolean; owns: number }[]>(
    `select rolbypassrls or rolsuper as bypasses,
       (select count(*)::integer from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = current_user`,
  );

  expect(role).toEqual({ bypasses: false, owns: 0 });
  for (const table of await walled()) {
    await expect(desk.query(`alter table desk.${table} disable row level security`)).rejects.toThrow('must be owner');
    await expect(desk.query(`create policy more on desk.${table} using (true)`)).rejects.toThrow('must be owner');
  }
});

test('desk does not work as somebody whom the walls do not hold', async () => {
  await expect(requireWalls(desk)).resolves.toBeUndefined();

  const url = database.ownerUrl;
  const asOwner = await serviceDataSource({ url, applicationName: 'walls', isWalled: true }).initialize();
  await expect(requireWalls(asOwner)).rejects.toThrow(WallsPassedBy);
  await asOwner.destroy();
});

test.each(['dossier', ...Object.keys(samples)])(
  '%s: each sees what is in their sight, and nobody unnamed sees a row',
  async (table) => {
    const all = [...theirs, ...ofOthers].sort();
    const inSight = { access_log: [], opinion: [asked] }[table] ?? [...theirs].sort();

    expect(await dossiersIn(table)).toEqual([]);
    expect(await beginRequest(() => dossiersIn(table))).toEqual([]);
    expect(await seeing(here, () => dossiersIn(table))).toEqual(inSight);
    expect(await seeing({ ...here, offices: [] }, () => dossiersIn(table))).toEqual([]);
    expect(await seeing(auditor, () => dossiersIn(table))).toEqual(
      table === 'access_log' ? all : [...theirs, elsewhere].sort(),
    );
    expect(await seeingEverything(() => dossiersIn(table))).toEqual(all);
    expect(await dossiersIn(table)).toEqual([]);
  },
);

test('entries of no dossier are there for everybody who is named', async () => {
  await owner.query(
    `insert into desk.journal (stream, sequence, type, occurred_at, recorded_at, body, hash)
     values ('catalogue', 1, 'catalogue-loaded', now(), now(), '{}', repeat('a', 64))`,
  );
  const entries = () => desk.query(`select sequence from desk.journal where stream = 'catalogue'`);

  expect(await entries()).toEqual([]);
  expect(await seeing({ ...here, offices: [] }, entries)).toEqual([{ sequence: 1 }]);
});

test('what was found to be allowed is written, also where it leaves the sight of whoever writes it', async () => {
  const give = (office: string) =>
    desk.query<[unknown, number]>(
      'update desk.dossier set office_id = $2, holder_office_id = $2 where dossier_id = $1',
      [held, office],
    );

  await expect(seeing(here, () => give('there'))).rejects.toThrow('row-level security');
  expect((await seeing(there, () => seeingEverything(() => give('there'))))[1]).toBe(1);
  expect(await seeing(here, () => give('here'))).toEqual([[], 0]);
  await seeingEverything(() => give('below'));
});

test('whoever asks at the same time on the same connections sees what is theirs alone', async () => {
  const pool = await serviceDataSource({
    url: String(desk.options.type === 'postgres' && desk.options.url),
    applicationName: 'walls',
    poolSize: 2,
    isWalled: true,
  }).initialize();
  const seen = (sight: Sight) =>
    seeing(sight, () =>
      pool.transaction(async (manager) => {
        const ids = async () => {
          const rows = await manager.query<{ id: string }[]>('select dossier_id as id from desk.dossier order by 1');
          return rows.map(({ id }) => id);
        };
        const [one, other] = await Promise.all([ids(), ids()]);
        const inside = await seeingEverything(ids);
        return { one, other, inside, then: await ids() };
      }),
    );
  try {
    const sights = Array.from({ length: 60 }, (_, index) => [here, there, auditor][index % 3] ?? here);
    const answers = await Promise.all(sights.map(seen));

    const expected = await Promise.all(sights.map((sight) => seeing(sight, () => dossiersIn('dossier'))));
    const all = [...theirs, ...ofOthers].sort();
    expect(answers).toEqual(expected.map((ids) => ({ one: ids, other: ids, inside: all, then: ids })));
    expect(new Set(expected.map(String)).size).toBe(3);
  } finally {
    await pool.destroy();
  }
});

test.each<[string, string | null]>([
  ['rolled back', null],
  ['broken by an error', 'select 1 / 0'],
])('a transaction that is %s leaves behind nothing of what it was told', async (_how, broken) => {
  const stopped = new Error('stopped');
  const work = seeingEverything(() =>
    desk.transaction(async (manager) => {
      await seeing(here, () => manager.query('select from desk.dossier'));
      if (broken) await seeing(here, () => manager.query(broken));
      throw stopped;
    }),
  );

  await expect(work).rejects.toThrow(broken ? 'division by zero' : stopped);
  expect(await seeing(here, () => dossiersIn('dossier'))).toEqual([...theirs].sort());
  expect(await dossiersIn('dossier')).toEqual([]);
});

test('back at a savepoint it is told anew', async () => {
  const ids = seeing(here, () =>
    desk.transaction(async (manager) => {
      await manager.query('savepoint before');
      await seeingEverything(() => manager.query('select from desk.dossier'));
      await manager.query('rollback to savepoint before');
      const told = await manager.query<{ sight: string }[]>(`select current_setting('motcua.sight') as sight`);
      return told[0]?.sight;
    }),
  );

  expect(await ids).toBe('offices');
});
