import type { WorkCalendar } from '#calendar';
import { publicClock } from './citizens-view';

const HOUR_MS = 3_600_000;
const day = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
] as const;
const calendar: WorkCalendar = {
  id: 'vinh',
  version: '1',
  timeZone: 'Asia/Ho_Chi_Minh',
  workingHoursPerDay: 8,
  weekly: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] },
  seasons: [],
  days: [],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  announcedUntil: '2026-12-31',
};
const due = (appointmentAt: string | null) => {
  return { acceptanceDueAt: null, stepDueAt: null, appointmentAt, legalDueAt: null };
};
const dossier = {
  due: due('2026-03-10T10:00:00.000Z'),
  firstDue: due('2026-03-06T10:00:00.000Z'),
  clockStartedAt: '2026-03-02T02:00:00.000Z',
  lastActAt: '2026-03-03T02:00:00.000Z',
  suspensions: [],
  processedAt: null,
  endedAt: null,
};

test('until the promised instant the office’s time runs, since it began', () => {
  expect(publicClock(dossier, calendar, '2026-03-10T10:00:00.000Z')).toEqual({
    state: 'running',
    since: '2026-03-02T02:00:00.000Z',
    reason: null,
    promisedAt: '2026-03-10T10:00:00.000Z',
    firstPromisedAt: '2026-03-06T10:00:00.000Z',
    workingMsLeft: 0,
    pauses: [],
  });
  expect(publicClock(dossier, calendar, '2026-03-09T03:30:00.000Z').workingMsLeft).toBe(12.5 * HOUR_MS);
});

test('past it the office is late, since then', () => {
  const late = { state: 'late', since: '2026-03-10T10:00:00.000Z' };

  expect(publicClock(dossier, calendar, '2026-03-10T10:00:00.001Z')).toMatchObject(late);
  expect(publicClock(dossier, calendar, '2026-03-10T13:00:00.000Z').workingMsLeft).toBeLessThan(0); // At night, too.
  expect(publicClock(dossier, calendar, '2026-03-11T01:30:00.000Z').workingMsLeft).toBe(-1.5 * HOUR_MS);
});

test('while it waits for somebody it says since when and for what, and is never called late', () => {
  const suspensions = [{ reason: 'supplement' as const, from: '2026-03-04T02:00:00.000Z', until: null }];
  const paused = { state: 'paused', since: '2026-03-04T02:00:00.000Z', reason: 'supplement', pauses: suspensions };

  expect(publicClock({ ...dossier, suspensions }, calendar, '2026-04-01T00:00:00.000Z')).toMatchObject({
    ...paused,
    workingMsLeft: 38 * HOUR_MS,
  });
  const wasLate = [{ reason: 'supplement' as const, from: '2026-03-11T02:00:00.000Z', until: null }];
  expect(publicClock({ ...dossier, suspensions: wasLate }, calendar, '2026-04-01T00:00:00.000Z')).toMatchObject({
    state: 'paused',
    workingMsLeft: null,
  });
});

test('after a pause it runs since the pause ended', () => {
  const suspensions = [
    { reason: 'supplement' as const, from: '2026-03-04T02:00:00.000Z', until: '2026-03-05T02:00:00.000Z' },
  ];

  expect(publicClock({ ...dossier, suspensions }, calendar, '2026-03-06T00:00:00.000Z')).toMatchObject({
    state: 'running',
    since: '2026-03-05T02:00:00.000Z',
    pauses: suspensions,
  });
});

test('with a result it is over, however long it waits to be collected', () => {
  const processedAt = '2026-03-09T02:00:00.000Z';

  expect(publicClock({ ...dossier, processedAt }, calendar, '2026-04-01T00:00:00.000Z')).toMatchObject({
    state: 'ended',
    since: processedAt,
    workingMsLeft: null,
  });
});

test('what nothing limits is never late', () => {
  expect(publicClock({ ...dossier, due: due(null) }, calendar, '2099-01-01T00:00:00.000Z')).toMatchObject({
    state: 'running',
    promisedAt: null,
    workingMsLeft: null,
  });
});

test('where the calendar ends, what is left is not known, and the rest is', () => {
  expect(
    publicClock({ ...dossier, due: due('2027-03-10T10:00:00.000Z') }, calendar, '2026-03-10T10:00:00.000Z'),
  ).toMatchObject({ state: 'running', promisedAt: '2027-03-10T10:00:00.000Z', workingMsLeft: null });
});
