import { migrate } from '#persistence';
import { eventually } from '#testing';
import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
/** An hour of the office is a second of the server. */
const timeMap = { mapped: '2026-03-02T01:00:00.000Z', speed: 3_600 };

describe('a stack with simulated time', () => {
  let desk: DeskAtWork;
  beforeAll(async () => {
    desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap });
  });
  afterAll(() => desk.stop());

  test('says what time it is in the office and how fast it runs', async () => {
    const [first, realMs] = [await now(), Date.now()];
    await eventually(async () => expect((await now()) - first).toBeGreaterThan(2 * HOUR_MS));

    const passed = (await now()) - first;
    expect(first).toBeGreaterThanOrEqual(Date.parse(timeMap.mapped));
    // Whatever the two questions took, it was asked of a clock that runs so fast.
    expect(passed).toBeLessThanOrEqual((Date.now() - realMs) * timeMap.speed + HOUR_MS);
    expect((await desk.as('lan', 'GET', '/time')).body.speed).toBe(timeMap.speed);
  });

  test('what people do bears the time of the office, and the entry the time of the server too', async () => {
    const before = await now();
    const { dossierId } = await desk.receive();
    const [row] = await desk.rows('select occurred_at, recorded_at from desk.journal where stream = $1', dossierId);

    const [occurredMs, recordedMs] = [
      (row?.['occurred_at'] as Date).getTime(),
      (row?.['recorded_at'] as Date).getTime(),
    ];
    expect(occurredMs).toBeGreaterThanOrEqual(before);
    expect(occurredMs).toBeLessThanOrEqual(await now());
    expect(Math.abs(recordedMs - Date.now())).toBeLessThan(60_000);
  });

  test('remembers that it is alive, so that a stop can be told from working', async () => {
    const lastSeen = async () =>
      ((await desk.rows('select last_seen_at from desk.time_map'))[0]?.['last_seen_at'] as Date).getTime();
    const first = await lastSeen();
    await eventually(async () => expect(await lastSeen()).toBeGreaterThan(first));

    expect(Math.abs((await lastSeen()) - Date.now())).toBeLessThan(60_000);
  });

  test('after a stop, what is to be woken wakes as much later as the stop lasted', async () => {
    const { dossierId } = await desk.receive();
    const wakeAt = async () => {
      const [row] = await desk.rows('select next_wake_at from desk.dossier where dossier_id = $1', dossierId);
      return (row?.['next_wake_at'] as Date).getTime();
    };
    const before = await wakeAt();
    await desk.rows(`update desk.time_map set last_seen_at = clock_timestamp() - interval '1 day'`);

    await migrate(desk.database.ownerUrl);

    expect(await wakeAt()).toBeGreaterThanOrEqual(before + 24 * HOUR_MS);
    expect(await wakeAt()).toBeLessThan(before + 25 * HOUR_MS);
  });

  async function now(): Promise<number> {
    const { status, body } = await desk.as('lan', 'GET', '/time');
    expect(status).toBe(200);
    return Date.parse(body.now);
  }
});

test('an office in real time says so', async () => {
  const desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap: null });
  try {
    const { body } = await desk.as('lan', 'GET', '/time');

    expect(body.speed).toBe(1);
    expect(Math.abs(Date.parse(body.now) - Date.now())).toBeLessThan(60_000);
    expect(await desk.rows('select 1 from desk.time_map')).toEqual([]);
  } finally {
    await desk.stop();
  }
});
