import { decodeJwt } from 'jose';
import type { Organisation } from '#domain';
import { eventually } from '#testing';
import type { Browser } from '../test/browser';
import { demoOrganisation } from '../test/desk-process';
import { GatewayAtWork } from '../test/gateway-at-work';
import { StreamStandIn } from '../test/stream-stand-in';

jest.setTimeout(60_000);

const began = '2025-06-30T17:00:00.000Z';
/** Lan is director too; Xuan is known and holds no post. */
const organisation: Organisation = {
  ...demoOrganisation,
  officials: [...demoOrganisation.officials, { id: 'xuan', name: 'Lê Thị Xuân', email: null }],
  tenures: [
    ...demoOrganisation.tenures,
    { officialId: 'lan', postId: 'do-luong-centre-director', from: began, until: null },
  ],
};
const clerk = 'do-luong-centre-clerk';
const director = 'do-luong-centre-director';

let oversight: StreamStandIn;
let gateway: GatewayAtWork;
beforeAll(async () => {
  oversight = await StreamStandIn.start();
  gateway = await GatewayAtWork.start({ organisation, settings: { OVERSIGHT_URL: oversight.url } });
});
afterAll(async () => {
  await gateway.stop();
  await oversight.stop();
});

/** A live stream as a browser has it: what it said so far, and how long it was open. */
async function streamOf(browser: Browser) {
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
  const response = await fetch(`${gateway.origin}/api/oversight/alerts/stream`, {
    headers: { cookie, accept: 'text/event-stream' },
  });
  if (response.status !== 200) throw new Error(await response.text());
  const stream = { text: '', headers: response.headers, ended: Promise.resolve() };
  const read = async () => {
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) stream.text += chunk;
  };
  stream.ended = read().catch(() => undefined); // Cut off, as a stream is that ends with its session.
  await eventually(() => {
    expect(stream.text).toContain('caught-up');
  });
  return stream;
}

async function secondsUntil(end: Promise<void>): Promise<number> {
  const from = performance.now();
  await end;
  return (performance.now() - from) / 1_000;
}

test('a live stream is carried as it is said, in the name of whoever opened it', async () => {
  const lan = await gateway.signedIn('lan');
  const stream = await streamOf(lan);
  oversight.say('event: alert\nid: 2\ndata: {"code":"H41.85"}\n\n');

  await eventually(() => {
    expect(stream.text).toContain('H41.85');
  });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  expect(stream.headers.get('set-cookie')).toBeNull();
  expect(decodeJwt(oversight.tokens.at(-1)!)).toMatchObject({ sub: 'lan', aud: ['desk', 'oversight', 'clock'] });
  await lan.post('/sign-out');
  await stream.ended;
});

test.each<[string, (browser: Browser) => Promise<unknown>]>([
  ['the browser signs out in another window', (browser) => browser.post('/sign-out')],
  [
    'another process ends it',
    () => gateway.rows(`update gateway.session set ended_at = clock_timestamp() where official_id = 'minh'`),
  ],
  [
    'nobody has asked for anything for half an hour',
    () =>
      gateway.rows(
        `update gateway.session set last_seen_at = clock_timestamp() - interval '31 minutes' where official_id = 'minh'`,
      ),
  ],
])('a session is over everywhere within five seconds when %s', async (_how, end) => {
  const minh = await gateway.signedIn('minh');
  const stream = await streamOf(minh);
  await end(minh);

  expect(await secondsUntil(stream.ended)).toBeLessThan(5);
  expect((await minh.once('/api/session')).status).toBe(401);
  await eventually(() => {
    expect(oversight.open.size).toBe(0);
  });
});

test('a live stream keeps no session alive: whoever has gone home is signed out', async () => {
  const hoa = await gateway.signedIn('hoa');
  await gateway.rows(
    `update gateway.session set last_seen_at = clock_timestamp() - interval '20 minutes' where official_id = 'hoa'`,
  );
  const stream = await streamOf(hoa);
  const [{ minutes }] = await gateway.rows(
    `select extract(minute from clock_timestamp() - last_seen_at)::integer as minutes from gateway.session where official_id = 'hoa'`,
  );

  expect(minutes).toBe(20);
  await hoa.post('/sign-out');
  await stream.ended;
});

test('who holds two posts acts in one, and chooses the other; the next sign-in begins with the one chosen last', async () => {
  const lan = await gateway.signedIn('lan');
  const { body: before } = await lan.once('/api/session');
  expect(before.posts.map(({ id }: { id: string }) => id)).toEqual([director, clerk]);

  expect(await lan.post('/api/post', { postId: clerk })).toMatchObject({ status: 200, body: { post: { id: clerk } } });
  expect((await lan.once('/api/session')).body.rights).not.toHaveProperty('reassign');
  expect((await lan.once('/api/desk/statistics')).status).toBe(403);
  expect(await lan.post('/api/post', { postId: director })).toMatchObject({ status: 200 });
  expect((await lan.once('/api/session')).body.rights).toHaveProperty('reassign');
  expect(await lan.post('/api/post', { postId: 'do-luong-chair' })).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID', errors: [{ field: 'postId', rule: 'is not a post you hold now' }] },
  });

  await lan.post('/api/post', { postId: clerk });
  const again = await gateway.signedIn('lan');
  expect((await again.once('/api/session')).body.post.id).toBe(clerk);
});

test('a post that is taken away gives nothing any more, from the next request on', async () => {
  const son = await gateway.signedIn('son');
  expect((await son.once('/api/desk/dossiers')).status).toBe(200);

  const withoutSon = {
    ...organisation,
    tenures: organisation.tenures.filter(({ officialId }) => officialId !== 'son'),
  };
  await gateway.desk.replace(withoutSon);
  expect((await son.once('/api/desk/dossiers')).status).toBe(403);
  expect(await son.once('/api/desk/dossiers')).toMatchObject({ status: 403, body: { code: 'NO_POST' } });
  expect((await son.once('/api/session')).body).toMatchObject({ post: null, posts: [], rights: {} });
  await gateway.desk.replace(organisation);
});

test('who holds no post is signed in, and is told that there is nothing they may do', async () => {
  const xuan = await gateway.signedIn('xuan');

  expect(await xuan.once('/api/session')).toMatchObject({
    status: 200,
    body: { official: { name: 'Lê Thị Xuân' }, post: null, posts: [] },
  });
  expect(await xuan.once('/api/desk/dossiers')).toMatchObject({ status: 403, body: { code: 'NO_POST' } });
});

test('a language that was chosen stays for the next sign-in', async () => {
  const thu = await gateway.signedIn('thu');
  expect(await thu.post('/api/language', { language: 'de' })).toMatchObject({ status: 200, body: { language: 'de' } });
  expect((await thu.post('/api/language', { language: 'fr' })).status).toBe(400);

  const again = await gateway.signedIn('thu');
  expect((await again.once('/api/session')).body.language).toBe('de');
});
