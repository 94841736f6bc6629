import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { dataSchemaOf } from '#contracts';
import { begun, decide, decideReceive, dossierFrom, parseProcedureVersion, type Act, type Fact } from '#domain';
import { migrate } from '#persistence';
import { freshDatabase, type FreshDatabase } from '#testing';
import { countingOf, nowOf } from './find-dossier';
import { lifeStoryOf } from './history';

jest.setTimeout(60_000);

const hash = '0'.repeat(64);
const code = 'H41.85-261116-0001';
const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';
const calendar = { ...parseWorkCalendar(kept('calendars/vn-office.json')), version: '2027' };
const procedure = parseProcedureVersion(kept('procedures/land-use-change-registration.json'));
const dossier = { procedureCode: '1.012786', procedureVersion: 1, calendar: 'vn-office/2027' };

let database: FreshDatabase;
let owner: Client;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.ownerUrl, { timeMap: { mapped: '2026-11-23T01:00:00.000Z', speed: 36_000 } });
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('working time is counted by the newest version of the calendar that the dossier began with', async () => {
  await owner.query(`insert into desk.procedure_version values ('1.012786', 1, $1, $2)`, [hash, procedure]);
  for (const [id, version] of [
    ['vn-office', '2027'],
    ['vn-office', '2026-corrected'],
    ['other', '9'],
  ]) {
    const body = { ...calendar, id, version };
    await owner.query('insert into desk.work_calendar (id, version, sha256, body) values ($1, $2, $3, $4)', [
      id,
      version,
      hash,
      body,
    ]);
  }

  expect(await countingOf(owner, dossier)).toMatchObject({
    procedure: { code: '1.012786', version: 1 },
    presentCalendar: { id: 'vn-office', version: '2026-corrected' },
  });
});

test('the story of a late dossier ends with what the applicant was told, how late it was, and whose that is', async () => {
  for (const fact of lateFacts()) await journal(fact);
  await owner.query(
    `insert into desk.dossier (dossier_id, code, version, status, procedure_code, office_id, holder_official_id,
       holder_office_id, earliest_due_at, last_recorded_at, last_sequence, last_hash, state)
     values ($1, $2, 2, 'processed', '1.012786', 'centre', 'lan', 'centre', 'infinity', now(), 2, $3, '{}')`,
    [dossierId, code, hash],
  );

  await owner.query(`insert into desk.notice (dossier_id, cause_sequence, kind) values ($1, 2, 'ready')`, [dossierId]);

  expect((await lifeStoryOf(database, code)).slice(-3)).toEqual([
    'APPLICANT: of entry 2 (ready) pending',
    'LATE: 3 h 0 min after the appointment of 2026-11-27 17:30; held by lan when it was missed, 2026-11-27 17:30',
    '  lan (clerk): held 3 h 0 min of it; share by working-time-used 3 h 0 min',
  ]);
});

test('a linked dossier is called by its code, and by its id while it has none', async () => {
  const other = '01932c8e-7c00-7000-8000-0000000000bb';
  await owner.query(
    `insert into desk.dossier (dossier_id, code, version, status, procedure_code, office_id, holder_official_id,
       holder_office_id, earliest_due_at, last_recorded_at, last_sequence, last_hash, state)
     select $2, null, 1, 'submitted', procedure_code, office_id, holder_official_id, holder_office_id, 'infinity', now(),
       1, last_hash, state from desk.dossier where dossier_id = $1`,
    [dossierId, other],
  );
  const lines = async () => (await lifeStoryOf(database, code)).filter((line) => line.includes('of dossier'));
  const link = { name: 'link', kind: 'group', otherDossierId: other } as const;
  for (const fact of decide(dossierFrom(lateFacts()), link, actAt('2026-11-30 10:30'))) await journal(fact);
  expect(await lines()).toEqual([`2026-11-30 10:30  noted by lan as group of dossier ${other}`]);

  await owner.query(`update desk.dossier set code = 'H41.85-261117-0002' where dossier_id = $1`, [other]);
  expect(await lines()).toEqual(['2026-11-30 10:30  noted by lan as group of dossier H41.85-261117-0002']);
});

test('a catalogue without the dossier’s own calendar is told, not guessed around', async () => {
  await expect(countingOf(owner, { ...dossier, calendar: 'vn-office/gone' })).rejects.toThrow('lacks');
});

test('now runs with the stack, and stands still with it', async () => {
  expect(await nowOf(owner)).toMatch(/^2026-11-2/);

  await owner.query(
    `update desk.time_map set real_origin = '2026-01-01T00:00:00Z', last_seen_at = '2026-01-01T00:00:09Z'`,
  );
  expect(await nowOf(owner)).toBe('2026-11-27T05:00:00.000Z');
});

const lan = { officialId: 'lan', postId: 'clerk', officeId: 'centre' };

function actAt(wall: string): Act {
  return {
    actor: lan,
    procedure,
    calendar,
    presentCalendar: calendar,
    wakeAt: (instant: string) => instant,
    occurredAt: instantOnWall(calendar, wall),
  };
}

/** Received on a Monday, promised for the Friday of the next week, processed on the Monday after that. */
function lateFacts(): readonly Fact[] {
  const intake = { dossierId, code, officeId: 'centre', channel: 'desk', holder: lan, given: null } as const;
  const received = decideReceive({ ...intake, predecessor: null }, actAt('2026-11-16 08:00'));
  const processed = { name: 'mark-processed', result: 'granted' } as const;
  return [received, ...decide(begun(received), processed, actAt('2026-11-30 10:30'))];
}

async function journal(fact: Fact): Promise<void> {
  const event = {
    specversion: '1.0',
    id: `01932c8e-7c00-7000-8000-00000000000${fact.sequence}`,
    source: '/motcua/desk',
    ...fact,
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(fact.type),
    recordedat: fact.time,
  };
  await owner.query(
    `insert into desk.journal (stream, sequence, type, occurred_at, recorded_at, body, hash, previous_hash)
     values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [dossierId, fact.sequence, fact.type, fact.time, JSON.stringify(event), hash, fact.sequence === 1 ? null : hash],
  );
}

function kept(file: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '../../../../catalogue', file), 'utf8'));
}
