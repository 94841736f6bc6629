import type { DossierEvent, Escalate, Verdict, WatchedDossier } from '#contracts';
import type { ProcedureVersion } from '#domain';
import { eventually } from '#testing';
import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';
import { hourlyProcedure, neverCloses } from '../../test/hour-office';
import { Watchdog } from './watchdog';

/*
 * An hour of the office is a second here, and its desk never closes: every limit below is so many seconds.
 */
jest.setTimeout(60_000);
const timeMap = { mapped: '2026-03-02T01:00:00.000Z', speed: 3_600 };

const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk', officeId: 'do-luong-centre' };
const binh = { officialId: 'binh', postId: 'do-luong-centre-director', officeId: 'do-luong-centre' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer', officeId: 'do-luong-land' };
const hoa = { officialId: 'hoa', postId: 'do-luong-land-head', officeId: 'do-luong-land' };
const an = { officialId: 'an', postId: 'do-luong-chair', officeId: 'do-luong' };
const clock = { officialId: 'service:clock', postId: 'service:clock', officeId: 'service:clock' };
const toMinh = { to: { officialId: minh.officialId, postId: minh.postId } };

let desk: DeskAtWork;

beforeAll(async () => {
  // Kafka is down: no rung waits for it.
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap, organisation: withMigrator });
  const loaded = await desk.as('quang', 'POST', '/catalogue', { calendars: [neverCloses], procedures });
  expect(loaded).toMatchObject({ status: 201 });
});
afterAll(() => desk.stop());

describe('before the instant', () => {
  test('the clock is told to ask again when the instant has come by the time of the desk', async () => {
    const dossier = await receive('in-two-days');
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict).toMatchObject({ outcome: 'not-yet', entries: [] });
    const wakeMs = Date.now() + (verdict as { waitMs: number }).waitMs;
    expect(Math.abs(wakeMs - Date.parse(dossier.wakeAt))).toBeLessThan(5_000);
    expect(await typesOf(dossier)).toEqual(['dossier-received']);
  });

  test('the clock is never told to wait less than a second, also when the instant is nearer', async () => {
    const dossier = await receive('in-an-hour');
    const waits: number[] = [];
    await eventually(async () => {
      const verdict = await verdictOn(dossier, 'appointment-due');
      if (verdict.outcome === 'not-yet') waits.push(verdict.waitMs);
      expect(verdict.outcome).toBe('recorded');
    });

    expect(waits).not.toHaveLength(0);
    expect(Math.min(...waits)).toBe(1_000);
  });
});

describe('at the instant', () => {
  test('the rung is recorded with its instant, who was responsible then, who is told, and that the clock found it', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict.outcome).toBe('recorded');
    const [, escalated] = await historyOf(dossier);
    expect(escalated).toMatchObject({
      type: 'dossier-escalated',
      sequence: 2,
      time: dossier.appointmentAt,
      data: {
        actor: clock,
        generation: 1,
        rung: 'appointment-due',
        of: 'appointmentAt',
        responsible: lan,
        addressee: binh,
        recordedBy: 'clock',
      },
    });
    expect(verdict.entries).toEqual([{ event: escalated, hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await ledgerOf(dossier)).toEqual([
      expect.objectContaining({ sequence: 2, responsible_id: 'lan', addressee_id: 'binh', withdrawn_sequence: null }),
    ]);
  });

  test('asked again, also by several at once, the verdict is the same fact and no second entry', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    const verdicts = await Promise.all([1, 2, 3, 4, 5].map(() => verdictOn(dossier, 'appointment-due')));

    for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0]);
    expect(await verdictOn(dossier, 'appointment-due')).toEqual(verdicts[0]);
    expect(await typesOf(dossier)).toEqual(['dossier-received', 'dossier-escalated']);
    expect(verdicts[0]?.outcome).toBe('recorded');
  });

  test('a workflow that has heard of the rung is given no entry twice', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    await verdictOn(dossier, 'appointment-due');

    const again = await verdictOn(dossier, 'appointment-due', await entryOf(dossier, 2));
    expect(again).toEqual({ outcome: 'recorded', entries: [] });
  });

  test('it needs neither ETag nor key and moves no ETag: what people decided upon still holds', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    await verdictOn(dossier, 'appointment-due');

    expect((await desk.as('lan', 'GET', `/dossiers/${dossier.dossierId}`)).etag).toBe(dossier.etag);
    expect(await command('lan', dossier, 'hand-over', toMinh)).toMatchObject({ status: 200, etag: '"2"' });
  });
});

describe('a command records first what fell due before it', () => {
  test('every rung of the ladder, in order, ahead of its own entry and in the name of who held the dossier then', async () => {
    const dossier = await receive('ladder');
    await untilPast(dossier.legalDueAt);
    await command('lan', dossier, 'hand-over', toMinh);

    const [, ...entries] = await historyOf(dossier);
    const rung = (name: string, time: string, addressee: object) => ({
      type: 'dossier-escalated',
      time,
      data: expect.objectContaining({ rung: name, responsible: lan, addressee, recordedBy: 'command' }),
    });
    expect(entries).toMatchObject([
      rung('appointment-due', dossier.appointmentAt, binh),
      rung('appointment-unanswered', hoursAfter(dossier.appointmentAt, 1), an),
      rung('legal-due', dossier.legalDueAt, an),
      { type: 'dossier-handed-over', sequence: 5, data: { to: minh } },
    ]);
  });

  test('the clock that asks afterwards hears that the rung is on record, with all it missed', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    await command('lan', dossier, 'hand-over', toMinh);
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict.outcome).toBe('recorded');
    expect(verdict.entries.map(({ event }) => event.type)).toEqual(['dossier-escalated', 'dossier-handed-over']);
  });

  test('a refused command records nothing, not even the rung', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);

    expect(await command('lan', dossier, 'resume', {})).toMatchObject({ status: 409 });
    expect(await typesOf(dossier)).toEqual(['dossier-received']);
  });
});

describe('what came first answers the rung', () => {
  test('a return, and the workflow hears every entry it lacks, in their exact order', async () => {
    const dossier = await receive('in-two-days');
    const handed = await command('lan', dossier, 'hand-over', toMinh);
    const processed = await command('minh', { ...dossier, etag: etagOf(handed) }, 'mark-processed', granted);
    await command('lan', { ...dossier, etag: etagOf(processed) }, 'return', { to: 'applicant', proof: 'signature' });
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict.outcome).toBe('answered');
    const kept = await desk.asClock('GET', `/journal/${dossier.dossierId}?after=1`);
    const lacking = (kept.body.entries as { body: string; hash: string }[]).map(({ body, hash }) => ({
      event: JSON.parse(body) as unknown,
      hash,
    }));
    expect(lacking).toHaveLength(3);
    expect(verdict.entries).toEqual(lacking);
    expect(verdict.entries.at(-1)?.event.type).toBe('dossier-returned');
  });

  test.each([
    ['a re-appointment', 'binh', 'extend', { reasonCode: 'survey', until: '2026-06-30' }, 'dossier-extended'],
    [
      'a request for a supplement',
      'lan',
      'request-supplement',
      { reasonCode: 'document-missing', components: ['map'] },
      'dossier-supplement-requested',
    ],
    ['a suspension', 'lan', 'suspend', { reasonCode: 'other-body' }, 'dossier-suspended'],
    ['a request to withdraw', 'lan', 'request-withdrawal', {}, 'dossier-withdrawal-requested'],
    ['a stop', 'binh', 'stop', { reasonCode: 'court-order' }, 'dossier-stopped'],
  ])('%s', async (_what, who, name, body, type) => {
    const dossier = await receive('in-two-days');
    expect(await command(who, dossier, name, body)).toMatchObject({ status: 200 });
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict.outcome).toBe('answered');
    expect(verdict.entries.map(({ event }) => event.type)).toEqual([type]);
  });

  test('an acknowledgement answers the rungs after the one it was given for', async () => {
    const dossier = await receive('ladder');
    await untilPast(dossier.appointmentAt);
    await verdictOn(dossier, 'appointment-due');
    const plannedAt = hoursAfter(dossier.legalDueAt, 1);
    const acknowledged = await command('binh', dossier, 'escalations/1/appointment-due/acknowledgement', {
      plannedAt,
      reasonCode: 'survey-delayed',
    });
    expect(acknowledged).toMatchObject({ status: 200, body: { acknowledged: true } });
    const rung = (await typesOf(dossier)).length;
    await untilPast(dossier.legalDueAt);

    expect((await verdictOn(dossier, 'legal-due')).outcome).toBe('answered');
    expect((await verdictOn(dossier, 'appointment-due')).outcome).toBe('recorded');
    expect(await typesOf(dossier)).toHaveLength(rung);
  });
});

describe('what happened in time and was recorded late', () => {
  test.each([
    ['at the very instant', 0],
    ['half an hour before', -30 * 60_000],
  ])('%s of the rung withdraws it, by a new entry before its own', async (_when, shiftMs) => {
    const dossier = await recordedRung();
    const occurredAt = msAfter(dossier.appointmentAt, shiftMs);
    expect(await command('kien', dossier, 'mark-processed', { ...granted, occurredAt })).toMatchObject({
      status: 200,
      body: { escalations: [], status: 'processed' },
    });

    expect(await historyOf(dossier)).toMatchObject([
      { sequence: 1, type: 'dossier-received' },
      { sequence: 2, type: 'dossier-escalated', time: dossier.appointmentAt },
      {
        sequence: 3,
        type: 'escalation-withdrawn',
        time: occurredAt,
        data: { generation: 1, rung: 'appointment-due', reason: 'answered', actor: { officialId: 'kien' } },
      },
      { sequence: 4, type: 'dossier-processed', time: occurredAt },
    ]);
    expect(await ledgerOf(dossier)).toEqual([expect.objectContaining({ sequence: 2, withdrawn_sequence: 3 })]);
    expect((await verdictOn(dossier, 'appointment-due')).outcome).toBe('answered');
  });

  test('a second after the instant is too late: the rung stands', async () => {
    const dossier = await recordedRung();
    const occurredAt = msAfter(dossier.appointmentAt, 1_000);
    await command('kien', dossier, 'mark-processed', { ...granted, occurredAt });

    expect(await typesOf(dossier)).toEqual(['dossier-received', 'dossier-escalated', 'dossier-processed']);
    expect((await verdictOn(dossier, 'appointment-due')).outcome).toBe('recorded');
  });

  test('an end recorded late is the last entry all the same', async () => {
    const dossier = await recordedRung();
    const occurredAt = dossier.appointmentAt;
    await command('kien', dossier, 'stop', { reasonCode: 'court-order', occurredAt });

    expect(await typesOf(dossier)).toEqual([
      'dossier-received',
      'dossier-escalated',
      'escalation-withdrawn',
      'dossier-stopped',
    ]);
  });

  test('nobody without the right to record the past withdraws a rung', async () => {
    const dossier = await recordedRung();
    const occurredAt = dossier.appointmentAt;

    expect(await command('lan', dossier, 'mark-processed', { ...granted, occurredAt })).toMatchObject({
      status: 403,
      body: { action: 'record-past' },
    });
    expect(await typesOf(dossier)).toEqual(['dossier-received', 'dossier-escalated']);
  });

  test('a hand-over: the rung that named the wrong official is withdrawn and rings again for the right one', async () => {
    const dossier = await recordedRung();
    const occurredAt = msAfter(dossier.appointmentAt, -60_000);
    expect(await command('kien', dossier, 'hand-over', { ...toMinh, occurredAt })).toMatchObject({ status: 200 });
    const verdict = await verdictOn(dossier, 'appointment-due');

    expect(verdict.outcome).toBe('recorded');
    expect(await historyOf(dossier)).toMatchObject([
      { type: 'dossier-received' },
      { type: 'dossier-escalated', data: { responsible: lan, addressee: binh } },
      { type: 'escalation-withdrawn', data: { rung: 'appointment-due', reason: 'holder-changed' } },
      { type: 'dossier-handed-over', time: occurredAt },
      {
        type: 'dossier-escalated',
        sequence: 5,
        time: dossier.appointmentAt,
        data: { generation: 1, rung: 'appointment-due', responsible: minh, addressee: hoa, recordedBy: 'clock' },
      },
    ]);
    expect(await ledgerOf(dossier)).toEqual([
      expect.objectContaining({ sequence: 2, responsible_id: 'lan', withdrawn_sequence: 3 }),
      expect.objectContaining({ sequence: 5, responsible_id: 'minh', withdrawn_sequence: null }),
    ]);
    expect(await verdictOn(dossier, 'appointment-due')).toEqual(verdict);
  });

  test('at the very instant, before anybody recorded the rung: it never falls due', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    const occurredAt = dossier.appointmentAt;
    await command('kien', dossier, 'mark-processed', { ...granted, occurredAt });

    expect(await typesOf(dossier)).toEqual(['dossier-received', 'dossier-processed']);
    expect((await verdictOn(dossier, 'appointment-due')).outcome).toBe('answered');
    expect(await ledgerOf(dossier)).toEqual([]);
  });

  test('a hand-over before the rung was recorded: it rings once, for the official who held the dossier then', async () => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    const occurredAt = msAfter(dossier.appointmentAt, -60_000);
    await command('kien', dossier, 'hand-over', { ...toMinh, occurredAt });
    await verdictOn(dossier, 'appointment-due');

    expect(await historyOf(dossier)).toMatchObject([
      { type: 'dossier-received' },
      { type: 'dossier-handed-over', time: occurredAt },
      { type: 'dossier-escalated', time: dossier.appointmentAt, data: { responsible: minh, addressee: hoa } },
    ]);
  });
});

describe('who may ask, and with which history', () => {
  test.each([
    ['another hash', (heard: Escalate) => ({ ...heard, lastHash: '0'.repeat(64) })],
    ['an entry that the journal does not hold', (heard: Escalate) => ({ ...heard, lastSequence: 7 })],
  ])('a workflow that has heard %s is refused, and nothing is recorded', async (_what, forked) => {
    const dossier = await receive('in-an-hour');
    await untilPast(dossier.appointmentAt);
    const body = forked({ generation: 1, rung: 'appointment-due', ...dossier.heard });

    expect(await desk.asClock('POST', `/dossiers/${dossier.dossierId}/escalations`, body)).toMatchObject({
      status: 409,
      body: { code: 'HISTORY_FORKED', dossierId: dossier.dossierId, sequence: body.lastSequence },
    });
    expect(await typesOf(dossier)).toEqual(['dossier-received']);
  });

  test.each(['lan', 'minh', 'binh', 'an', 'thu', 'quang', 'kien'])('%s may not escalate', async (who) => {
    const dossier = await receive('in-two-days');
    const body = { generation: 1, rung: 'appointment-due', ...dossier.heard };

    expect(await desk.as(who, 'POST', `/dossiers/${dossier.dossierId}/escalations`, body)).toMatchObject({
      status: 403,
      body: { code: 'ACTION_FORBIDDEN', action: 'escalate' },
    });
  });

  test('no other service may, and nobody who only claims to be the clock', async () => {
    const dossier = await receive('in-two-days');
    const path = `/dossiers/${dossier.dossierId}/escalations`;
    const body = { generation: 1, rung: 'appointment-due', ...dossier.heard };

    expect(await desk.asService('oversight', 'POST', path, body)).toMatchObject({ status: 403 });
    for (const signer of ['issuer', 'oversight'] as const) {
      const token = await desk.token(signer, { sub: 'service:clock', post: an.postId, office: an.officeId });
      expect(await desk.request(token, 'POST', path, body, {})).toMatchObject({ status: 401 });
    }
  });

  test('a dossier that does not exist has no rungs', async () => {
    const path = '/dossiers/019ac0de-0000-7000-8000-000000000000/escalations';
    const body = { generation: 1, rung: 'appointment-due', lastSequence: 1, lastHash: '0'.repeat(64) };

    expect(await desk.asClock('POST', path, body)).toMatchObject({ status: 404, body: { code: 'DOSSIER_NOT_FOUND' } });
  });
});

describe('the watchdog', () => {
  test('records a rung that waits for two minutes, once, and says so; whose it was is as if the clock had asked', async () => {
    const dossier = await overdueSince('3 minutes');

    await desk.app.get(Watchdog).sweep();
    await desk.app.get(Watchdog).sweep();

    const [, escalated, ...more] = await historyOf(dossier);
    expect(more).toEqual([]);
    expect(escalated).toMatchObject({
      type: 'dossier-escalated',
      time: dossier.appointmentAt,
      data: {
        actor: { officialId: 'service:desk' },
        rung: 'appointment-due',
        responsible: lan,
        addressee: binh,
        recordedBy: 'watchdog',
      },
    });
    expect(await verdictOn(dossier, 'appointment-due')).toMatchObject({ outcome: 'recorded', entries: [{}] });
  });

  test('leaves to the clock what waits for less', async () => {
    const dossier = await overdueSince('100 seconds');
    await desk.app.get(Watchdog).sweep();

    expect(await typesOf(dossier)).toEqual(['dossier-received']);
  });

  test('and the clock and the watchdog at once record a rung once', async () => {
    const dossiers = await Promise.all(Array.from({ length: 8 }, () => overdueSince('3 minutes')));
    await Promise.all([
      desk.app.get(Watchdog).sweep(),
      desk.app.get(Watchdog).sweep(),
      ...dossiers.map((dossier) => verdictOn(dossier, 'appointment-due')),
    ]);

    for (const dossier of dossiers) expect(await typesOf(dossier)).toEqual(['dossier-received', 'dossier-escalated']);
  });

  test('goes on with the others where one dossier cannot be worked', async () => {
    const broken = await overdueSince('5 minutes');
    const [row] = await desk.rows('select state from desk.dossier where dossier_id = $1', broken.dossierId);
    await desk.rows(`update desk.dossier set state = '{}' where dossier_id = $1`, broken.dossierId);
    const sound = await overdueSince('4 minutes');
    try {
      await desk.app.get(Watchdog).sweep();

      expect(await typesOf(sound)).toEqual(['dossier-received', 'dossier-escalated']);
    } finally {
      await desk.rows(
        'update desk.dossier set state = $2, next_wake_at = null where dossier_id = $1',
        broken.dossierId,
        row?.['state'],
      );
    }
  });
});

describe('what the clock must know of', () => {
  test('open dossiers and those that ended a moment ago, page by page in order of ids; not those that ended long ago', async () => {
    const open = await receive('in-two-days');
    const ended = await receive('in-two-days');
    await command('lan', ended, 'request-withdrawal', {});
    const { etag } = await desk.as('lan', 'GET', `/dossiers/${ended.dossierId}`);
    await command('lan', { ...ended, etag: etag ?? '' }, 'confirm-withdrawal', {});
    const longAgo = await receive('in-two-days');
    await desk.rows(
      `update desk.dossier set ended_at = now(), last_recorded_at = now() - interval '2 hours' where dossier_id = $1`,
      longAgo.dossierId,
    );

    const watched = await allWatched(3);

    expect(watched.map(({ dossierId }) => dossierId)).toEqual(watched.map(({ dossierId }) => dossierId).sort());
    const found = (id: string) => watched.find(({ dossierId }) => dossierId === id);
    expect(found(open.dossierId)).toMatchObject({ lastSequence: 1, ended: false });
    expect(found(ended.dossierId)).toMatchObject({ lastSequence: 3, ended: true });
    expect(found(longAgo.dossierId)).toBeUndefined();
  });

  test.each([
    ['the clock', () => desk.asClock('GET', '/watched-dossiers'), 200],
    ['an administrator', () => desk.as('quang', 'GET', '/watched-dossiers'), 403],
    ['a clerk', () => desk.as('lan', 'GET', '/watched-dossiers'), 403],
    ['a head', () => desk.as('an', 'GET', '/watched-dossiers'), 403],
  ])('%s is let in or not, by the right to see them', async (_, ask, status) => {
    expect(await ask()).toMatchObject({ status });
  });
});

/** A dossier whose one rung has come, and by the stored schedule has waited for so long. */
async function overdueSince(interval: string): Promise<ReceivedDossier> {
  const dossier = await receive('in-an-hour');
  await untilPast(dossier.appointmentAt);
  await desk.rows(
    `update desk.dossier set next_wake_at = now() - $2::interval where dossier_id = $1`,
    dossier.dossierId,
    interval,
  );
  return dossier;
}

async function allWatched(limit: number, after?: string): Promise<readonly WatchedDossier[]> {
  const path = `/watched-dossiers?limit=${limit}${after === undefined ? '' : `&after=${after}`}`;
  const { dossiers } = (await desk.asClock('GET', path)).body as { dossiers: readonly WatchedDossier[] };
  const last = dossiers.at(-1);
  return last ? [...dossiers, ...(await allWatched(limit, last.dossierId))] : dossiers;
}

const granted = { result: 'granted' };

/** What these tests need to know of a dossier at its receipt. */
interface ReceivedDossier {
  readonly dossierId: string;
  readonly etag: string;
  readonly appointmentAt: string;
  readonly legalDueAt: string;
  /** The server's time at which the appointment comes. */
  readonly wakeAt: string;
  /** What a workflow that knows of the receipt only has heard. */
  readonly heard: Heard;
}

type Heard = Pick<Escalate, 'lastSequence' | 'lastHash'>;

async function receive(procedureCode: 'in-an-hour' | 'ladder' | 'in-two-days'): Promise<ReceivedDossier> {
  const { dossierId, etag, body } = await desk.receive({ procedureCode });
  const [received] = await historyOf({ dossierId });
  if (received?.type !== 'dossier-received') throw new Error('A dossier begins with its receipt.');
  const wakeAt = received.data.deadlines.schedule.rungs[0]?.wakeAt ?? '';
  return { dossierId, etag, wakeAt, heard: await entryOf({ dossierId }, 1), ...body.due };
}

/** A dossier held by Lan whose one rung the clock has recorded; the ETag is still that of the receipt. */
async function recordedRung(): Promise<ReceivedDossier> {
  const dossier = await receive('in-an-hour');
  await untilPast(dossier.appointmentAt);
  expect((await verdictOn(dossier, 'appointment-due')).outcome).toBe('recorded');
  return dossier;
}

async function untilPast(instant: string): Promise<void> {
  await eventually(async () => {
    const { body } = await desk.as('lan', 'GET', '/time');
    expect(Date.parse(body.now)).toBeGreaterThan(Date.parse(instant));
  });
}

async function verdictOn({ dossierId, heard }: ReceivedDossier, rung: string, lately: Heard = heard): Promise<Verdict> {
  const body: Escalate = { generation: 1, rung, ...lately };
  const reply = await desk.asClock('POST', `/dossiers/${dossierId}/escalations`, body);
  expect(reply).toMatchObject({ status: 200 });
  return reply.body as Verdict;
}

async function entryOf({ dossierId }: { dossierId: string }, sequence: number): Promise<Heard> {
  const sql = 'select hash from desk.journal where stream = $1 and sequence = $2';
  const [row] = await desk.rows(sql, dossierId, sequence);
  return { lastSequence: sequence, lastHash: row?.['hash'] as string };
}

function command(who: string, { dossierId, etag }: ReceivedDossier, name: string, body: object): Promise<Reply> {
  return desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch: etag });
}

function etagOf({ status, etag }: Reply): string {
  expect(status).toBe(200);
  return etag ?? '';
}

async function historyOf({ dossierId }: { dossierId: string }): Promise<readonly DossierEvent[]> {
  const rows = await desk.rows('select body from desk.journal where stream = $1 order by sequence', dossierId);
  return rows.map(({ body }) => JSON.parse(body as string) as DossierEvent);
}

async function typesOf(dossier: ReceivedDossier): Promise<readonly string[]> {
  return (await historyOf(dossier)).map(({ type }) => type);
}

function ledgerOf({ dossierId }: ReceivedDossier) {
  return desk.rows('select * from desk.escalation where dossier_id = $1 order by sequence', dossierId);
}

function msAfter(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString();
}

function hoursAfter(instant: string, hours: number): string {
  return msAfter(instant, hours * 3_600_000);
}

const appointmentDue = {
  name: 'appointment-due',
  of: 'appointmentAt',
  hours: 'any',
  offset: null,
  tell: 'head-of-office',
} as const;
const wholeLadder: ProcedureVersion['serviceLevel']['ladder'] = [
  appointmentDue,
  {
    name: 'appointment-unanswered',
    of: 'appointmentAt',
    hours: 'any',
    offset: { side: 'after', amount: 1, unit: 'WORKING_HOUR' },
    tell: 'head-of-parent-office',
  },
  { name: 'legal-due', of: 'legalDueAt', hours: 'any', offset: null, tell: 'head-of-authority' },
];

const procedures: readonly ProcedureVersion[] = [
  hourlyProcedure('in-an-hour', { appointmentHours: 1, legalHours: 3, ladder: [appointmentDue] }),
  hourlyProcedure('ladder', { appointmentHours: 1, legalHours: 3, ladder: wholeLadder }),
  hourlyProcedure('in-two-days', { appointmentHours: 48, legalHours: 72, ladder: wholeLadder }),
];
