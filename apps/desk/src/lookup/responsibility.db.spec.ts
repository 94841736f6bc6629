import { civilCode, instantOnWall } from '#calendar';
import type { LatenessShare, ProcedureVersion } from '#domain';
import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* The week of Monday 16 November 2026, which has no holiday; now is its Friday, a quarter past four. */
const HOUR_MS = 3_600_000;
const november = (day: number, time: string) =>
  instantOnWall({ timeZone: 'Asia/Ho_Chi_Minh' }, `2026-11-${day} ${time}`);
const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk', officeId: 'do-luong-centre' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer', officeId: 'do-luong-land' };
const toMinh = { to: { officialId: minh.officialId, postId: minh.postId }, step: 'examine' };

/** Promised in eight working hours, four of them for the examination. */
const procedure: ProcedureVersion = {
  code: 'in-a-day',
  version: 1,
  state: 'published',
  validFrom: null,
  name: 'In a day',
  calendarId: 'vn-office',
  serviceLevel: {
    kind: 'computed',
    legalLimit: { amount: 24, unit: 'WORKING_HOUR' },
    appointmentLimit: { amount: 8, unit: 'WORKING_HOUR' },
    acceptanceLimit: null,
    onlineLimit: null,
    counting: civilCode,
    supplementMode: 'pause',
    paymentPauses: true,
    refundOnWithdrawal: 'none',
    refundLegalBasis: null,
    maxSupplements: 1,
    maxExtensions: 1,
    steps: [
      {
        code: 'examine',
        limit: { amount: 4, unit: 'WORKING_HOUR' },
        role: null,
        officeRole: null,
        body: null,
        level: null,
      },
    ],
    waits: { supplement: null, payment: null, 'other-body': null },
    officeLadders: [],
    ladder: [],
  },
  description: null,
};

let desk: DeskAtWork;

beforeAll(async () => {
  const timeMap = { mapped: november(20, '16:15'), speed: 1 };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap, organisation: withMigrator });
  const loaded = await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [procedure] });
  expect(loaded).toMatchObject({ status: 201 });
});
afterAll(() => desk.stop());

const responsibility = (who: string, dossierId: string): Promise<Reply> =>
  desk.as(who, 'GET', `/dossiers/${dossierId}/responsibility`);

/** Received for Lan on Monday at eight, then what is said, each act at its time. */
async function lived(...acts: readonly (readonly [time: string, command: string, body?: object])[]): Promise<string> {
  const responsible = { officialId: lan.officialId, postId: lan.postId };
  const intake = { procedureCode: procedure.code, channel: 'desk', responsible, occurredAt: november(16, '08:00') };
  let reply = await desk.as('kien', 'POST', '/dossiers', intake);
  const { dossierId } = reply.body as { dossierId: string };
  for (const [occurredAt, command, body] of acts) {
    const path = `/dossiers/${dossierId}/${command}`;
    reply = await desk.as('kien', 'POST', path, { ...body, occurredAt }, { ifMatch: reply.etag });
    expect(reply).toMatchObject({ status: 200 });
  }
  return dossierId;
}

test('a late dossier tells who held it, whose clock ran, and whose lateness it is', async () => {
  const dossierId = await lived(
    [november(16, '10:00'), 'suspend', { reasonCode: 'opinion' }],
    [november(17, '10:00'), 'resume'],
    [november(17, '16:00'), 'hand-over', toMinh],
    [november(18, '16:00'), 'mark-processed', { result: 'granted' }],
    [november(19, '08:00'), 'return', { to: 'applicant', proof: 'signature' }],
  );

  const { status, body } = await responsibility('thu', dossierId);
  expect(status).toBe(200);
  expect(body).toMatchObject({ dossierId, until: november(19, '08:00') });
  expect(
    body.intervals.map(({ from, holder, step, clock, workingMs }: any) => [
      from,
      holder.officialId,
      step,
      clock,
      workingMs / HOUR_MS,
    ]),
  ).toEqual([
    [november(16, '08:00'), 'lan', null, 'office', 2],
    [november(16, '10:00'), 'lan', null, 'other-body', 8],
    [november(17, '10:00'), 'lan', null, 'office', 4],
    [november(17, '16:00'), 'minh', 'examine', 'office', 8],
    [november(18, '16:00'), 'minh', 'examine', 'ready', 2],
  ]);
  // 14 hours of the office against 8: Lan used 2 more than the 4 beside the examination, Minh 4 more than its 4.
  expect(body.lateness.appointment).toEqual({
    of: 'appointmentAt',
    promisedAt: november(17, '08:00'),
    breach: { at: november(18, '08:00'), holder: minh },
    lateMs: 6 * HOUR_MS,
    takenOverMs: 0,
    formula: 'overrun-of-steps',
    shares: [
      { holder: lan, usedMs: 6 * HOUR_MS, heldLateMs: 0, shareMs: 2 * HOUR_MS },
      { holder: minh, usedMs: 8 * HOUR_MS, heldLateMs: 6 * HOUR_MS, shareMs: 4 * HOUR_MS },
    ],
  });
  expect(body.lateness.legal).toMatchObject({ lateMs: 0, shares: [] });
  expect(body.lateness.acceptance).toBeNull(); // Received at the counter: nobody waited for an answer.
});

test('an open dossier is told until now by the time of the desk, late hour by hour', async () => {
  const dossierId = await lived([november(20, '14:15'), 'hand-over', toMinh]);

  const { body } = await responsibility('minh', dossierId);
  const { until, intervals, lateness } = body;
  expect(until >= november(20, '16:15') && until < november(20, '17:15')).toBe(true);
  expect(intervals.at(-1)).toMatchObject({ until, holder: minh, clock: 'office' });
  const shares: readonly LatenessShare[] = lateness.legal.shares;
  const sumOf = (figure: 'shareMs' | 'heldLateMs') => shares.reduce((sum, share) => sum + share[figure], 0);
  expect(lateness.legal).toMatchObject({ breach: { at: november(19, '08:00'), holder: lan } });
  expect(lateness.legal.lateMs).toBeGreaterThanOrEqual(14.25 * HOUR_MS);
  expect([sumOf('shareMs'), sumOf('heldLateMs')]).toEqual([lateness.legal.lateMs, lateness.legal.lateMs]);
});

test('handed on, the intervals before stay what they were', async () => {
  const { dossierId, etag } = await desk.receive();
  const before = await responsibility('lan', dossierId);
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, toMinh, { ifMatch: etag });
  const then = await responsibility('minh', dossierId);

  expect(before.body.intervals).toHaveLength(1);
  expect(then.body.intervals).toMatchObject([
    { from: before.body.intervals[0].from, holder: lan },
    { from: then.body.intervals[0].until, holder: minh, step: 'examine' },
  ]);
});

test('officials are judged by it: only who holds it, the heads above and auditors are told, and each look is logged', async () => {
  const { dossierId, etag } = await desk.receive();
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, toMinh, { ifMatch: etag });

  expect(await responsibility('lan', dossierId)).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
  expect((await responsibility('hoa', dossierId)).status).toBe(200);

  const looks = await desk.rows(
    `select official_id, action from desk.access_log where dossier_id = $1 and outcome = 'allowed'`,
    dossierId,
  );
  expect(looks).toEqual([{ official_id: 'hoa', action: 'read-responsibility' }]);
});

test('whoever may not see the dossier is not told who held it', async () => {
  const dossierId = await lived([november(16, '10:00'), 'hand-over', toMinh]);

  expect(await responsibility('tuan', dossierId)).toMatchObject({
    status: 404,
    body: { code: 'DOSSIER_NOT_FOUND' },
  });
});
