import { randomUUID } from 'node:crypto';
import type { DossierEvent } from '#contracts';
import { eventually } from '#testing';
import { entryOf, history, hoa, lan, minh } from '../../test/events';
import { oversightDatabase, type OversightDatabase } from '../../test/oversight-database';
import { applyChanges } from '../alerts/apply-changes';
import { changesBy } from '../alerts/changes';
import { AlertInbox } from './alert-inbox';

jest.setTimeout(60_000);

let database: OversightDatabase;
let inbox: AlertInbox;

beforeAll(async () => {
  database = await oversightDatabase();
  inbox = new AlertInbox(database.dataSource);
});
afterAll(() => database.drop());

async function hear(dossierId: string, ...events: DossierEvent[]): Promise<void> {
  await inbox.apply(dossierId, events.map(entryOf));
}

async function alertsOf(dossierId: string) {
  return database.rows(
    `select rung, generation, message_id, state, planned_at, acknowledged_by, responsible_official_id, of_due_at
     from oversight.alert where dossier_id = $1 order by seq`,
    dossierId,
  );
}

test('an escalation is an open alert with a mail to be sent, and the entry is remembered', async () => {
  const id = randomUUID();
  const events = history(id);
  const received = events.received();
  const escalated = events.escalated();

  await hear(id, received, escalated);

  expect(await alertsOf(id)).toEqual([
    {
      rung: 'overdue',
      generation: 1,
      message_id: `${id}.1.overdue@motcua`,
      state: 'open',
      planned_at: null,
      acknowledged_by: null,
      responsible_official_id: 'lan',
      of_due_at: new Date('2026-11-25T10:00:00.000Z'),
    },
  ]);
  const deliveries = await database.rows(
    'select state, attempts, addressee_official_id from oversight.delivery where message_id = $1',
    `${id}.1.overdue@motcua`,
  );
  expect(deliveries).toEqual([{ state: 'pending', attempts: 0, addressee_official_id: 'hoa' }]);
  expect(await inbox.last(id)).toEqual({ sequence: 2, hash: entryOf(escalated).hash });
});

test('the same entries again, one by one or by several processes at once, change nothing', async () => {
  const id = randomUUID();
  const events = history(id);
  const entries = [events.received(), events.escalated(), events.acknowledged()].map(entryOf);
  await inbox.apply(id, entries);
  const before = await database.rows('select * from oversight.alert where dossier_id = $1', id);

  await Promise.all([entries, entries.slice(1), entries.slice(0, 2), entries].map((some) => inbox.apply(id, some)));

  expect(await database.rows('select * from oversight.alert where dossier_id = $1', id)).toEqual(before);
});

test('several processes that hear of a new dossier at once record one alert', async () => {
  const id = randomUUID();
  const events = history(id);
  const entries = [events.received(), events.escalated()].map(entryOf);

  await Promise.all(Array.from({ length: 8 }, () => inbox.apply(id, entries)));

  expect(await alertsOf(id)).toHaveLength(1);
});

test('entries that do not follow on the last applied are refused for now', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received());
  events.processed();

  await expect(hear(id, events.escalated())).rejects.toMatchObject({ code: 'ENTRIES_MISSING', kind: 'unavailable' });
});

test('an entry that cannot be read leaves nothing behind of those applied with it', async () => {
  const id = randomUUID();
  const events = history(id);
  const received = entryOf(events.received());
  const broken = { ...entryOf(events.escalated()), body: '{"type":"dossier-escalated"}' };

  await expect(inbox.apply(id, [received, broken])).rejects.toMatchObject({ kind: 'invalid' });

  expect(await inbox.last(id)).toBeNull();
  expect(await database.rows('select 1 from oversight.dossier where dossier_id = $1', id)).toEqual([]);
});

test('an acknowledgement takes up every alert of its generation, with the planned date, and none of another', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received(), events.escalated(), events.extended(2));
  await hear(id, events.escalated({ generation: 2 }), events.escalated({ generation: 2, rung: 'head-of-authority' }));

  await hear(id, events.acknowledged({ generation: 2 }));

  const taken = { state: 'acknowledged', planned_at: new Date('2026-11-27T10:00:00.000Z'), acknowledged_by: 'hoa' };
  expect(await alertsOf(id)).toMatchObject([
    { generation: 1, state: 'open', acknowledged_by: null },
    { generation: 2, rung: 'overdue', ...taken },
    { generation: 2, rung: 'head-of-authority', ...taken },
  ]);
});

test('a new schedule leaves a recorded alert as it is', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received(), events.escalated());
  const before = await alertsOf(id);

  await hear(id, events.extended(2));

  expect(await alertsOf(id)).toEqual(before);
});

test('a rung recorded again after the holder changed names the right official, in an alert and a mail of its own', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received(), events.escalated({ responsible: lan }));

  await hear(
    id,
    events.withdrawn({ reason: 'holder-changed' }),
    events.escalated({ responsible: minh, addressee: hoa }),
  );

  expect(await alertsOf(id)).toMatchObject([
    { state: 'withdrawn', responsible_official_id: 'lan', message_id: `${id}.1.overdue@motcua` },
    { state: 'open', responsible_official_id: 'minh', message_id: `${id}.1.overdue.2@motcua` },
  ]);
});

test('an acknowledged alert can still be withdrawn', async () => {
  const id = randomUUID();
  const events = history(id);

  await hear(id, events.received(), events.escalated(), events.acknowledged(), events.withdrawn());

  expect(await alertsOf(id)).toMatchObject([{ state: 'withdrawn' }]);
});

test('the end of a dossier ends its alerts, but what was withdrawn stays withdrawn', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received(), events.escalated({ rung: 'warning' }), events.withdrawn({ rung: 'warning' }));
  await hear(id, events.escalated({ rung: 'due' }), events.acknowledged({ rung: 'due' }), events.escalated());

  await hear(id, events.returned());

  expect(await alertsOf(id)).toMatchObject([
    { rung: 'warning', state: 'withdrawn' },
    { rung: 'due', state: 'ended', acknowledged_by: 'hoa' },
    { rung: 'overdue', state: 'ended' },
  ]);
});

test('an escalation before acceptance names an online submission, whose code comes later', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.submitted(), events.escalated({ of: 'acceptanceDueAt' }));

  await hear(id, events.received('H41.16-261123-0002', 2));

  const dossiers = await database.rows('select code, generation from oversight.dossier where dossier_id = $1', id);
  expect(dossiers).toEqual([{ code: 'H41.16-261123-0002', generation: 2 }]);
  expect(await alertsOf(id)).toMatchObject([{ state: 'open', generation: 1, of_due_at: null }]);
});

test('emptied and heard again, the alerts are the same, and a mail that is out stays out', async () => {
  const own = await oversightDatabase();
  try {
    const again = new AlertInbox(own.dataSource);
    const id = randomUUID();
    const events = history(id);
    const entries = [events.received(), events.escalated(), events.acknowledged()].map(entryOf);
    const alert = `select dossier_id, generation, rung, message_id, state, due_at from oversight.alert`;
    await again.apply(id, entries);
    const before = await own.rows(alert);
    await own.rows(`update oversight.delivery set state = 'sent'`);

    await own.rows('truncate oversight.alert, oversight.dossier, oversight.inbox');
    await again.apply(id, entries);

    expect(await own.rows(alert)).toEqual(before);
    expect(await own.rows('select state from oversight.delivery')).toEqual([{ state: 'sent' }]);
  } finally {
    await own.drop();
  }
});

test('changes become visible in the order of their numbers, so that whoever reads behind the last misses none', async () => {
  const [early, late] = [randomUUID(), randomUUID()];
  const [ofEarly, ofLate] = [history(early), history(late)];
  await hear(early, ofEarly.received());
  await hear(late, ofLate.received());
  let applied: Promise<void> | undefined;

  await database.dataSource.transaction(async (manager) => {
    await applyChanges(manager, early, changesBy(ofEarly.escalated()));
    applied = hear(late, ofLate.escalated());
    await eventually(async () => {
      const waiting = await database.rows(`select 1 from pg_locks where locktype = 'advisory' and not granted`);
      expect(waiting).toHaveLength(1);
    });
    // The later one may not be seen before the earlier one is.
    expect(await database.rows('select 1 from oversight.alert where dossier_id = $1', late)).toEqual([]);
  });
  await applied;

  const order = await database.rows(
    'select dossier_id from oversight.alert where dossier_id in ($1, $2) order by updated_seq',
    early,
    late,
  );
  expect(order).toEqual([{ dossier_id: early }, { dossier_id: late }]);
});

test('a message put aside is kept once, and blocks its dossier even before the first entry', async () => {
  const id = randomUUID();
  const letter = { topic: 'motcua.dossier', partition: 3, offset: '17', key: id, value: '{' };

  await inbox.deadLetter(letter, id, 'not JSON');
  await inbox.deadLetter(letter, id, 'not JSON');

  expect(await inbox.isBlocked(id)).toBe(true);
  expect(await inbox.last(id)).toBeNull();
  expect(await database.rows('select kafka_offset, reason from oversight.dead_letter where stream = $1', id)).toEqual([
    { kafka_offset: '17', reason: 'not JSON' },
  ]);
  expect(await inbox.isBlocked(randomUUID())).toBe(false);
});

test('where Kafka counts anew, the message of another dossier at the same offset is a letter of its own', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const at = { topic: 'motcua.dossier', partition: 3, offset: '18', value: '{' };

  await inbox.deadLetter({ ...at, key: one }, one, 'not JSON');
  await inbox.deadLetter({ ...at, key: other }, other, 'not JSON');

  const letters = await database.rows('select stream from oversight.dead_letter where kafka_offset = $1', '18');
  expect(letters).toHaveLength(2);
});

test('a connection that is lost half-way is a server that is down, not a fault of the entry', async () => {
  const id = randomUUID();
  const events = history(id);
  await hear(id, events.received());
  const other = new AlertInbox(await database.connect('lost-process'));
  let applied: Promise<void> | undefined;

  await database.dataSource.transaction(async (manager) => {
    await manager.query('select 1 from oversight.inbox where stream = $1 for update', [id]);
    applied = other.apply(id, [entryOf(events.escalated())]);
    applied.catch(() => undefined); // Looked at below.
    await eventually(async () => {
      const ended = await database.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'lost-process' and wait_event_type = 'Lock'`,
      );
      expect(ended).toHaveLength(1);
    });
  });

  await expect(applied).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', kind: 'unavailable' });
  expect(await inbox.last(id)).toMatchObject({ sequence: 1 });
});
