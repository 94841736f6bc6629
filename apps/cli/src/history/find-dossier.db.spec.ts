import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '#persistence';
import { freshDatabase, type FreshDatabase } from '#testing';
import { countingOf, nowOf } from './find-dossier';

const hash = '0'.repeat(64);
const calendar = kept('calendars/vn-office.json');
const procedure = kept('procedures/land-use-change-registration.json');
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

function kept(file: string): object {
  return JSON.parse(readFileSync(join(__dirname, '../../../../catalogue', file), 'utf8')) as object;
}
