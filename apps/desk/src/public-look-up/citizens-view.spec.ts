import { publicClock } from './citizens-view';

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
  expect(publicClock(dossier, '2026-03-10T10:00:00.000Z')).toEqual({
    state: 'running',
    since: '2026-03-02T02:00:00.000Z',
    reason: null,
    promisedAt: '2026-03-10T10:00:00.000Z',
    firstPromisedAt: '2026-03-06T10:00:00.000Z',
  });
});

test('past it the office is late, since then', () => {
  const late = { state: 'late', since: '2026-03-10T10:00:00.000Z' };

  expect(publicClock(dossier, '2026-03-10T10:00:00.001Z')).toMatchObject(late);
});

test('while it waits for somebody it says since when and for what, and is never called late', () => {
  const suspensions = [{ reason: 'supplement' as const, from: '2026-03-04T02:00:00.000Z', until: null }];
  const paused = { state: 'paused', since: '2026-03-04T02:00:00.000Z', reason: 'supplement' };

  expect(publicClock({ ...dossier, suspensions }, '2026-04-01T00:00:00.000Z')).toMatchObject(paused);
});

test('after a pause it runs since the pause ended', () => {
  const suspensions = [
    { reason: 'supplement' as const, from: '2026-03-04T02:00:00.000Z', until: '2026-03-05T02:00:00.000Z' },
  ];

  expect(publicClock({ ...dossier, suspensions }, '2026-03-06T00:00:00.000Z')).toMatchObject({
    state: 'running',
    since: '2026-03-05T02:00:00.000Z',
  });
});

test('with a result it is over, however long it waits to be collected', () => {
  const processedAt = '2026-03-09T02:00:00.000Z';

  expect(publicClock({ ...dossier, processedAt }, '2026-04-01T00:00:00.000Z')).toMatchObject({
    state: 'ended',
    since: processedAt,
  });
});

test('what nothing limits is never late', () => {
  expect(publicClock({ ...dossier, due: due(null) }, '2099-01-01T00:00:00.000Z')).toMatchObject({
    state: 'running',
    promisedAt: null,
  });
});
