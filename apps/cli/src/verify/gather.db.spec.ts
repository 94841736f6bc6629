import { Client } from 'pg';
import { migrate } from '#persistence';
import { freshDatabase, type FreshDatabase } from '#testing';
import { fromDatabase } from './gather';

jest.setTimeout(60_000);

const open = '01932c8e-7c00-7000-8000-000000000001';
const ended = '01932c8e-7c00-7000-8000-000000000002';
const hash = '0'.repeat(64);

let database: FreshDatabase;
let owner: Client;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.ownerUrl);
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('of an empty office there is nothing to decide upon', async () => {
  expect(await fromDatabase(owner)).toMatchObject({
    journal: [],
    dossiers: [],
    escalations: [],
    answers: [],
    unfed: 0,
  });
});

test('dossiers, escalations, opinions and answers are read from their own columns, not from the state', async () => {
  await list(open, 'H41.16-261123-0001', null);
  await list(ended, null, '2026-11-24T01:00:00.000Z');
  await escalate(1, 'huong', null);
  await escalate(2, null, 3);
  await owner.query(
    `insert into desk.answer (key, request_hash, status, body) values (gen_random_uuid(), $1, 200, $2), (gen_random_uuid(), $1, 200, '{}')`,
    [hash, JSON.stringify({ dossierId: open, lastSequence: 1 })],
  );

  await owner.query(
    `insert into desk.opinion (opinion_id, dossier_id, asked_official_id, asked_office_id, due_at, answered_sequence)
     values ($1, $2, 'tam', 'tax', '2026-11-23T04:00:00.000Z', null)`,
    [ended, open],
  );

  const { dossiers, escalations, opinions, answers } = await fromDatabase(owner);
  expect(opinions).toEqual([
    { opinionId: ended, dossierId: open, officeId: 'tax', dueAt: '2026-11-23T04:00:00.000Z', answered: false },
  ]);
  const listed = { state: {}, status: 'received', lastSequence: 1, lastHash: hash };
  expect(new Set(dossiers)).toEqual(
    new Set([
      { ...listed, dossierId: open, code: 'H41.16-261123-0001', endedAt: null },
      { ...listed, dossierId: ended, code: null, endedAt: '2026-11-24T01:00:00.000Z' },
    ]),
  );
  const rang = {
    dossierId: open,
    rung: 'late',
    dueAt: '2026-11-23T04:00:00.000Z',
    responsibleId: 'minh',
    recordedBy: 'clock',
  };
  expect(new Set(escalations)).toEqual(
    new Set([
      { ...rang, generation: 1, addresseeId: 'huong', withdrawn: false },
      { ...rang, generation: 2, addresseeId: null, withdrawn: true },
    ]),
  );
  expect(answers).toEqual([{ dossierId: open, sequence: 1 }]);
});

async function list(dossierId: string, code: string | null, endedAt: string | null): Promise<void> {
  await owner.query(
    `insert into desk.dossier (dossier_id, code, version, status, procedure_code, office_id, holder_official_id,
       holder_office_id, earliest_due_at, last_recorded_at, ended_at, last_sequence, last_hash, state)
     values ($1, $2, 1, 'received', '1.004203', 'vinh-desk', 'lan', 'vinh-desk', 'infinity', now(), $3, 1, $4, '{}')`,
    [dossierId, code, endedAt, hash],
  );
}

async function escalate(generation: number, addresseeId: string | null, withdrawnBy: number | null): Promise<void> {
  await owner.query(
    `insert into desk.escalation (dossier_id, sequence, generation, rung, due_at, responsible_id, addressee_id,
       recorded_by, withdrawn_sequence)
     values ($1, $2, $2, 'late', '2026-11-23T04:00:00.000Z', 'minh', $3, 'clock', $4)`,
    [open, generation, addresseeId, withdrawnBy],
  );
}
