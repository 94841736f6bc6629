import { randomUUID } from 'node:crypto';
import { eventually } from '#testing';
import type { Browser } from '../test/browser';
import { GatewayAtWork } from '../test/gateway-at-work';
import { LiveStream } from '../test/live-stream';
import { StreamStandIn } from '../test/stream-stand-in';

jest.setTimeout(60_000);

let oversight: StreamStandIn;
let gateway: GatewayAtWork;
const open: LiveStream[] = [];
beforeAll(async () => {
  oversight = await StreamStandIn.start();
  gateway = await GatewayAtWork.start({ settings: { OVERSIGHT_URL: oversight.url } });
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.breakOff();
});
afterAll(async () => {
  await gateway.stop();
  await oversight.stop();
});

async function live(browser: Browser, lastEventId?: string): Promise<LiveStream> {
  const stream = await LiveStream.open(browser, '/api/live', lastEventId);
  open.push(stream);
  await eventually(() => {
    expect(stream.events).toContainEqual(expect.objectContaining({ event: 'caught-up' }));
  });
  return stream;
}

async function received(browser: Browser): Promise<string> {
  const { csrf } = (await browser.once('/api/session')).body;
  const { body } = await browser.once('/api/desk/dossiers', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ procedureCode: '1.012786', channel: 'desk' }),
  });
  return (body as { dossierId: string }).dossierId;
}

test('a browser is told of alerts, and goes on behind the last one also when the stream of oversight ends', async () => {
  const hoa = await gateway.signedIn('hoa');
  const stream = await live(hoa, '7');
  expect(oversight.lastEventIds.at(-1)).toBe('7');
  oversight.say('event: alert\nid: 8\ndata: {"code":"H41.85-1"}\n\n: still here\n\n');
  await eventually(() => {
    expect(stream.events).toContainEqual({ event: 'alert', id: '8', data: { code: 'H41.85-1' } });
  });

  oversight.endAll();
  await eventually(() => {
    expect(oversight.lastEventIds.at(-1)).toBe('8');
  });
  oversight.say('event: alert\nid: 9\ndata: {"code":"H41.85-2"}\n\n');
  await eventually(() => {
    expect(stream.events).toContainEqual({ event: 'alert', id: '9', data: { code: 'H41.85-2' } });
  });
});

test('a new connection of a browser goes on behind the last alert too, and behind nothing that is no place in the order', async () => {
  const hoa = await gateway.signedIn('hoa');
  open.push(await LiveStream.open(hoa, '/api/live?after=8'));
  await eventually(() => {
    expect(oversight.lastEventIds.at(-1)).toBe('8');
  });

  expect(await hoa.once('/api/live?after=8%0a')).toMatchObject({ status: 400, body: { errors: [{ field: 'after' }] } });
});

test('a browser is told that something changed, whoever changed it, and not what', async () => {
  const lan = await gateway.signedIn('lan');
  const tuan = await gateway.signedIn('tuan');
  await received(lan);
  const stream = await live(tuan);
  await eventually(async () => {
    await received(lan);
    expect(stream.events.some(({ event }) => event === 'changed')).toBe(true);
  });

  for (const { event, data } of stream.events) {
    if (event === 'changed') expect(data).toEqual({ position: expect.any(Number) });
  }
});

test('who else has a dossier open is told to those who have read it, and to nobody else', async () => {
  const lan = await gateway.signedIn('lan');
  const binh = await gateway.signedIn('binh');
  const tuan = await gateway.signedIn('tuan');
  const dossierId = await received(lan);
  expect((await binh.once(`/api/desk/dossiers/${dossierId}`)).status).toBe(200);
  expect((await lan.once(`/api/desk/dossiers/${dossierId}`)).status).toBe(200);
  const stream = await live(lan);

  expect((await lan.post('/api/presence', { dossierId, open: true })).body).toEqual({ people: [] });
  expect((await binh.post('/api/presence', { dossierId, open: true })).body).toEqual({
    people: [{ id: 'lan', name: 'Nguyễn Thị Lan' }],
  });
  await eventually(() => {
    const people = [{ id: 'binh', name: 'Phan Thanh Bình' }];
    expect(stream.events).toContainEqual({ event: 'presence', id: '', data: { dossierId, people } });
  });
  expect((await binh.post('/api/presence', { dossierId, open: false })).body).toEqual({ people: [] });
  await eventually(() => {
    expect(stream.events.at(-1)).toMatchObject({ event: 'presence', data: { dossierId, people: [] } });
  });
  expect((await tuan.once(`/api/desk/dossiers/${dossierId}`)).status).toBe(404);
  expect((await tuan.post('/api/presence', { dossierId, open: true })).status).toBe(404);
  expect((await tuan.post('/api/presence', { dossierId: 'x', open: true })).status).toBe(400);
});

test('who signs out in one window is told so in the others, and a stream that cannot begin says why', async () => {
  const lan = await gateway.signedIn('lan');
  const stream = await live(lan);
  await lan.post('/sign-out');

  await stream.ended;
  expect(stream.events.at(-1)).toMatchObject({ event: 'signed-out' });
  expect((await lan.once('/api/live')).status).toBe(401);
});
