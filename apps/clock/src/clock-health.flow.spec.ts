import type { NestExpressApplication } from '@nestjs/platform-express';
import { documentedMetrics, eventually, namesIn, scraped, servers } from '#testing';
import { ClockAtWork } from '../test/clock-at-work';
import { TemporalDoor } from '../test/temporal-door';
import { Watching } from './escalating/watching';

jest.setTimeout(120_000);

let work: ClockAtWork;

beforeEach(async () => {
  work = await ClockAtWork.prepare();
});
afterEach(async () => {
  await work.stop();
});

async function healthOf(clock: NestExpressApplication, question: 'ready' | 'caught-up') {
  const answer = await fetch(`${await clock.getUrl()}/health/${question}`);
  return { status: answer.status, body: await answer.json() };
}

test('a clock that starts while nothing answers for Temporal is ready, but has not caught up', async () => {
  const clock = await work.startClockAlone('127.0.0.1:1');

  expect(await healthOf(clock, 'ready')).toMatchObject({ status: 200, body: { checks: { database: 'ok' } } });
  expect(await healthOf(clock, 'caught-up')).toMatchObject({
    status: 503,
    body: { status: 'behind', checks: { temporalWorker: { ok: false, lag: 1, detail: 'waiting for Temporal' } } },
  });
});

test('a clock whose Temporal goes away says so until Temporal is back, and is ready all the while', async () => {
  const door = await TemporalDoor.openedTo(servers().temporal.address);
  try {
    const clock = await work.startClock('clock', door.address);
    const says = async (worker: object) =>
      expect(await healthOf(clock, 'caught-up')).toMatchObject({ body: { checks: { temporalWorker: worker } } });
    await eventually(() => says({ ok: true, lag: 0 }));

    await door.shut();

    const detail = expect.stringMatching(/^Temporal does not answer: ./) as string;
    await eventually(() => says({ ok: false, lag: 1, detail }));
    expect(await healthOf(clock, 'ready')).toMatchObject({ status: 200 });
    await door.open();
    await eventually(() => says({ ok: true, lag: 0 }));
    await work.stopClock(clock);
  } finally {
    await door.shut();
  }
});

test('what is served to Prometheus is what the document names', async () => {
  const clock = await work.startClock();
  await work.everythingHeard();
  await healthOf(clock, 'ready'); // Some request has to have been measured.

  expect(namesIn(await scraped(await clock.getUrl()))).toEqual(documentedMetrics('clock'));
});

test('a clock whose Kafka is away is ready and says that nobody knows how far it is behind', async () => {
  const clock = await work.startClockAlone(servers().temporal.address, 'clock', '127.0.0.1:1');
  await eventually(() => expect(clock.get(Watching).trouble).toBeNull());

  await eventually(async () =>
    expect(await healthOf(clock, 'caught-up')).toMatchObject({
      status: 503,
      body: { checks: { consumerMessages: { ok: false, lag: null, detail: expect.stringMatching(/./) as string } } },
    }),
  );
  expect(await healthOf(clock, 'ready')).toMatchObject({ status: 200 });
  const samples = await scraped(await clock.getUrl());
  expect(samples.map(({ name }) => name)).not.toContain('motcua_consumer_lag_messages');
  expect(samples).toContainEqual({
    name: 'motcua_check_ok',
    labels: { check: 'consumerMessages', service: 'clock' },
    value: 0,
  });
});
