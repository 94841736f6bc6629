import { Metrics } from './metrics';

test('checks are served as figures, and one that nobody can tell is not', async () => {
  const metrics = new Metrics('clock');
  metrics.showHealth(true, { consumerMessages: { ok: true, lag: 7 }, temporalWorker: { ok: false, lag: 1 } });
  const text = await metrics.text();

  expect(text).toContain('motcua_ready{service="clock"} 1');
  expect(text).toContain('motcua_consumer_lag_messages{service="clock"} 7');
  expect(text).toContain('motcua_check_ok{check="temporalWorker",service="clock"} 0');
  metrics.showHealth(true, { consumerMessages: { ok: false, lag: null } });
  const later = await metrics.text();
  expect(later).not.toMatch(/^motcua_consumer_lag_messages/m);
  expect(later).not.toContain('temporalWorker');
  expect(later).toContain('motcua_check_ok{check="consumerMessages",service="clock"} 0');
});

test('what happened between two looks is counted once', async () => {
  const metrics = new Metrics('desk');
  let waiting = [0.2, 3];
  metrics.addHistogram({
    name: 'motcua_test_seconds',
    help: 'A test.',
    label: 'by',
    buckets: [1, 5],
    sinceLastLook: () => {
      const found = waiting;
      waiting = [];
      return Promise.resolve(found.map((seconds) => ({ label: 'clock', seconds })));
    },
  });
  await metrics.lookAgain();
  await metrics.lookAgain();

  expect(await metrics.text()).toContain('motcua_test_seconds_count{service="desk",by="clock"} 2');
});

test('a look that fails is told, and the next one looks again', async () => {
  const metrics = new Metrics('desk');
  const answers = [() => Promise.reject(new Error('no database')), () => Promise.resolve([])];
  metrics.addHistogram({
    name: 'motcua_test_seconds',
    help: 'A test.',
    label: 'by',
    buckets: [1],
    sinceLastLook: () => answers.shift()!(),
  });

  await expect(metrics.lookAgain()).rejects.toThrow('no database');
  await expect(metrics.lookAgain()).resolves.toBeUndefined();
});

test('a count that the service keeps is what it is, however often it is asked', async () => {
  const metrics = new Metrics('clock');
  let count = 2;
  metrics.addCounter('motcua_test_total', 'A test.', () => count);
  await metrics.lookAgain();
  count = 5;
  await metrics.lookAgain();

  expect(await metrics.text()).toContain('motcua_test_total{service="clock"} 5');
});
