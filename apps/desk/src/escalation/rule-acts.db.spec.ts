import type { DossierEvent, Verdict } from '#contracts';
import { eventually } from '#testing';
import { DeskAtWork } from '../../test/desk-at-work';
import { hourlyProcedure, neverCloses } from '../../test/hour-office';
import { Watchdog } from './watchdog';

/* What a rule does of its own when nothing happens, recorded by each of its callers. An hour of the office is a second. */
jest.setTimeout(60_000);

const hours = (amount: number) => ({ amount, unit: 'WORKING_HOUR' }) as const;
const waits = {
  supplement: { limit: hours(2), remind: hours(1), onSilence: 'stop', legalBasis: 'Decree 118/2025' },
  payment: null,
  'other-body': { limit: hours(1), remind: null, onSilence: 'consent', legalBasis: 'Fire Safety Act' },
} as const;
/** Reminded after an hour, long before the end. */
const patience = { ...waits.supplement, limit: hours(100), remind: hours(99) };
const apology = {
  name: 'apology',
  of: 'appointmentAt',
  hours: 'office',
  offset: { percent: 50 },
  act: 'draft-apology',
} as const;
const due = {
  name: 'appointment-due',
  of: 'appointmentAt',
  hours: 'any',
  offset: null,
  tell: 'head-of-office',
} as const;

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({
    brokers: '127.0.0.1:1',
    timeMap: { mapped: '2026-03-02T01:00:00.000Z', speed: 3_600 },
  });
  const procedures = [
    hourlyProcedure('waiting', { appointmentHours: 100, legalHours: 200, waits }),
    hourlyProcedure('patient', { appointmentHours: 100, legalHours: 200, waits: { ...waits, supplement: patience } }),
    hourlyProcedure('apologetic', { appointmentHours: 2, legalHours: 200, ladder: [apology, due] }),
  ];
  expect(await desk.as('quang', 'POST', '/catalogue', { calendars: [neverCloses], procedures })).toMatchObject({
    status: 201,
  });
});
afterAll(() => desk.stop());

async function historyOf(dossierId: string): Promise<readonly DossierEvent[]> {
  const rows = await desk.rows('select body from desk.journal where stream = $1 order by sequence', dossierId);
  return rows.map(({ body }) => JSON.parse(body as string) as DossierEvent);
}

async function askedForMap(change: object = {}): Promise<string> {
  const { dossierId, etag } = await desk.receive({ procedureCode: 'waiting', ...change });
  const body = { reasonCode: 'document-missing', components: ['map'] };
  const asked = await desk.as('lan', 'POST', `/dossiers/${dossierId}/request-supplement`, body, { ifMatch: etag });
  expect(asked).toMatchObject({ status: 200, body: { status: 'awaiting-supplement' } });
  const { answerDueAt } = asked.body as { answerDueAt: string };
  expect(Date.parse(answerDueAt)).toBeGreaterThan(Date.parse('2026-03-02T03:00:00.000Z'));
  return dossierId;
}

async function verdictOn(dossierId: string, rung: string): Promise<Verdict> {
  const [last] = await desk.rows(
    'select sequence, hash from desk.journal where stream = $1 order by sequence desc limit 1',
    dossierId,
  );
  const { body } = await desk.asClock('POST', `/dossiers/${dossierId}/escalations`, {
    generation: 2,
    rung,
    lastSequence: last?.['sequence'],
    lastHash: last?.['hash'],
  });
  return body as Verdict;
}

test('asked by the clock, the rule reminds and then stops the dossier, and its workflow is given both entries', async () => {
  const dossierId = await askedForMap();
  await eventually(async () => {
    expect((await verdictOn(dossierId, 'supplement-silence')).outcome).toBe('answered');
  });

  const [, , reminded, stopped] = await historyOf(dossierId);
  expect(reminded).toMatchObject({
    type: 'applicant-reminded',
    data: { rung: 'supplement-reminder', recordedBy: 'clock' },
  });
  expect(stopped).toMatchObject({
    type: 'dossier-stopped',
    data: { reasonCode: 'applicant-silent', legalBasis: 'Decree 118/2025', released: { officialId: 'lan' } },
  });
  expect(
    await desk.rows('select official_id from desk.responsibility_record where dossier_id = $1', dossierId),
  ).toEqual([{ official_id: 'lan' }]);
});

test('of what a rule does the applicant is told as of what people do', async () => {
  const applicant = { name: 'Hồ Canary', phone: '0912345678' };
  const dossierId = await askedForMap({ procedureCode: 'patient', applicant });
  await eventually(async () => {
    expect((await verdictOn(dossierId, 'supplement-reminder')).outcome).toBe('answered');
  });

  const { body } = await desk.as('lan', 'GET', `/dossiers/${dossierId}/notices`);
  expect(body.notices).toMatchObject([
    { causeSequence: 1, kind: 'received' },
    { causeSequence: 2, kind: 'supplement' },
    { causeSequence: 3, kind: 'reminder' },
  ]);
});

test('a command that comes too late finds what the rule did before it', async () => {
  const dossierId = await askedForMap();
  await eventually(async () => {
    const { etag, body } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
    expect(Date.parse((body as { answerDueAt: string }).answerDueAt)).toBeLessThan(await nowMs());
    const late = await desk.as('lan', 'POST', `/dossiers/${dossierId}/receive-supplement`, {}, { ifMatch: etag });
    expect(late).toMatchObject({ status: 409, body: { code: 'COMMAND_NOT_ALLOWED' } });
  });
  // Refused, it changed nothing: the stop is recorded by whoever comes next and is allowed.
  expect((await historyOf(dossierId)).map(({ type }) => type)).toEqual([
    'dossier-received',
    'dossier-supplement-requested',
  ]);
});

test('where the clock is silent the watchdog records what the rule does', async () => {
  const { dossierId, etag } = await desk.receive({ procedureCode: 'waiting' });
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/suspend`, { reasonCode: 'opinion' }, { ifMatch: etag });
  await desk.rows(
    "update desk.dossier set next_wake_at = next_wake_at - interval '10 minutes' where dossier_id = $1",
    dossierId,
  );

  await eventually(async () => {
    await desk.app.get(Watchdog).sweep();
    expect((await historyOf(dossierId)).at(-1)).toMatchObject({
      type: 'consent-presumed',
      data: { recordedBy: 'watchdog', legalBasis: 'Fire Safety Act' },
    });
  });
  expect((await desk.as('lan', 'GET', `/dossiers/${dossierId}`)).body).toMatchObject({
    status: 'in-process',
    clockRuns: true,
    answerDueAt: null,
  });
});

test('the apology is drafted of itself before the appointment, for the head of whoever holds the dossier', async () => {
  const { dossierId, etag } = await desk.receive({ procedureCode: 'apologetic' });
  const to = { officialId: 'minh', postId: 'do-luong-land-officer' };
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, { to }, { ifMatch: etag });
  await eventually(async () => {
    await verdictOn(dossierId, 'appointment-due');
    expect((await historyOf(dossierId)).at(-1)).toMatchObject({ type: 'dossier-escalated' });
  });

  expect((await historyOf(dossierId))[2]).toMatchObject({
    type: 'apology-drafted',
    data: { responsible: { officialId: 'minh' }, addressee: { officialId: 'hoa' }, recordedBy: 'clock' },
  });
});

describe('the silence of a body that was asked', () => {
  const asked = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
  const question = { asked, limit: hours(1), questionCode: 'residence', legalBasis: 'Decree 1', onSilence: 'consent' };

  /** Asked within an hour of the office, while the dossier waits for a payment that nothing limits. */
  async function askedWhileStanding(): Promise<string> {
    const { dossierId, etag } = await desk.receive({ procedureCode: 'waiting' });
    const payment = { amountMinor: 1_000, currency: 'VND' };
    const waits = await desk.as('lan', 'POST', `/dossiers/${dossierId}/request-payment`, payment, { ifMatch: etag });
    const path = `/dossiers/${dossierId}/request-opinion`;
    const reply = await desk.as('lan', 'POST', path, question, { ifMatch: waits.etag });
    expect(reply).toMatchObject({ status: 200, body: { status: 'awaiting-payment', clockRuns: false } });
    return dossierId;
  }

  test('is a rung of its own: named by the entry that asks, and recorded for the clock that wakes for it', async () => {
    const dossierId = await askedWhileStanding();
    const requested = (await historyOf(dossierId)).at(-1) as Extract<DossierEvent, { type: 'opinion-requested' }>;
    const { dueAt, silence } = requested.data;
    expect(requested.nextrungat).toBe(dueAt);
    const [row] = await desk.rows('select next_wake_at from desk.dossier where dossier_id = $1', dossierId);
    expect((row?.['next_wake_at'] as Date).toISOString()).toBe(silence?.wakeAt);

    await eventually(async () => {
      const { entries } = await verdictOn(dossierId, 'opinion-1-silence');
      expect(entries.map(({ event }) => event.type)).toContain('opinion-presumed');
    });

    const presumed = (await historyOf(dossierId)).at(-1);
    expect(presumed).toMatchObject({ type: 'opinion-presumed', time: dueAt, data: { recordedBy: 'clock' } });
    expect(presumed).not.toHaveProperty('nextrungat');
  });

  test('is recorded by the watchdog where the clock is silent', async () => {
    const dossierId = await askedWhileStanding();
    await desk.rows(
      "update desk.dossier set next_wake_at = next_wake_at - interval '10 minutes' where dossier_id = $1",
      dossierId,
    );

    await eventually(async () => {
      await desk.app.get(Watchdog).sweep();
      expect((await historyOf(dossierId)).at(-1)).toMatchObject({
        type: 'opinion-presumed',
        data: { recordedBy: 'watchdog', legalBasis: 'Decree 1' },
      });
    });
  });
});

async function nowMs(): Promise<number> {
  const { body } = await desk.as('lan', 'GET', '/time');
  return Date.parse((body as { now: string }).now);
}
