import { documentedMetrics, eventually, namesIn, scraped, type Sample } from '#testing';
import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(120_000);
const patience = { timeoutMs: 90_000 };

let desk: DeskAtWork;
beforeAll(async () => {
  // Kafka is away, and some days of the office are a second here.
  const timeMap = { mapped: '2026-03-02T01:00:00.000Z', speed: 400_000 };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap });
});
afterAll(() => desk.stop());

/** The one value of a figure whose labels hold all of these. */
async function figure(name: string, labels: Record<string, string> = {}): Promise<number> {
  const found = (await scraped(desk.url)).filter((sample) => sample.name === name && holds(sample, labels));
  expect(found).toHaveLength(1);
  return found[0]!.value;
}

function holds(sample: Sample, labels: Record<string, string>): boolean {
  return Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
}

test('while Kafka is away the relay lags, in entries and in seconds, and more with each dossier', async () => {
  const entries = await figure('motcua_relay_lag_entries');
  const seconds = await figure('motcua_relay_lag_seconds');
  await desk.receive();
  await desk.receive();

  await eventually(async () => {
    expect(await figure('motcua_relay_lag_entries')).toBeGreaterThanOrEqual(entries + 2);
    expect(await figure('motcua_relay_lag_seconds')).toBeGreaterThan(seconds);
  }, patience);
});

test('a rung that is recorded late is measured from its wake time, by who recorded it', async () => {
  const { dossierId, etag, body } = await desk.receive();
  await eventually(async () => {
    const { body: time } = await desk.as('quang', 'GET', '/time');
    expect(time.now > body.due.appointmentAt).toBe(true);
    expect(await figure('motcua_escalation_lag_seconds')).toBeGreaterThan(1);
  }, patience);

  const to = { officialId: 'minh', postId: 'do-luong-land-officer' };
  const handed = await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, { to }, { ifMatch: etag });

  expect(handed.status).toBe(200);
  await eventually(async () => {
    expect(await figure('motcua_escalation_delay_seconds_count', { recorded_by: 'command' })).toBeGreaterThan(0);
  }, patience);
  expect(await figure('motcua_escalation_delay_seconds_sum', { recorded_by: 'command' })).toBeGreaterThan(0);
});

test('requests are measured by the route as it is declared: no figure names a dossier', async () => {
  const { dossierId } = await desk.receive();
  await desk.as('thu', 'GET', `/dossiers/${dossierId}`);
  await desk.as('thu', 'GET', `/nowhere/${dossierId}`);

  const samples = await scraped(desk.url);
  const counted = samples.filter(({ name }) => name === 'motcua_http_request_duration_seconds_count');
  expect(counted.map(({ labels: { method, route, status } }) => [method, route, status])).toEqual(
    expect.arrayContaining([
      ['GET', '/dossiers/:dossierId', '200'],
      ['POST', '/dossiers', '201'],
      ['GET', 'none', '404'],
    ]),
  );
  expect(JSON.stringify(samples)).not.toContain(dossierId);
});

test('what is served is what the document names', async () => {
  expect(namesIn(await scraped(desk.url))).toEqual(documentedMetrics('desk'));
});
