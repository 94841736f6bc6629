import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Browser, Reply } from '../test/browser';
import { demoOrganisation } from '../test/desk-process';
import { GatewayAtWork, passwordOf } from '../test/gateway-at-work';
import { Budgets } from './limits/budgets';
import { Sessions } from './sessions/sessions';

jest.setTimeout(60_000);

const credentialsOf = (username: string) => ({
  method: 'POST',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    origin: 'null',
  },
  body: new URLSearchParams({ username, password: passwordOf(username) }).toString(),
});

let gateway: GatewayAtWork;
beforeAll(async () => (gateway = await GatewayAtWork.start()));
afterAll(() => gateway.stop());

test('a clerk signs in with name and password, and the console knows who she is, in which post, with which rights', async () => {
  await gateway.addAccount('lan');
  const browser = gateway.browser();
  const page = await browser.open('/sign-in?to=/queue');
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('Đăng nhập') });

  const arrived = await browser.send(page.url, { username: 'LAN', password: passwordOf('lan') });

  expect(arrived).toMatchObject({ status: 200, url: `${gateway.origin}/queue` });
  const { status, body } = await browser.once('/api/session');
  expect(status).toBe(200);
  const post = {
    id: 'do-luong-centre-clerk',
    name: 'Cán bộ tiếp nhận',
    officeId: 'do-luong-centre',
    officeName: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
  };
  expect(body).toMatchObject({ official: { id: 'lan', name: 'Nguyễn Thị Lan' }, post, posts: [post], language: 'vi' });
  expect(body.rights).toMatchObject({ receive: 'own-office', 'read-directory': 'everywhere' });
  expect(body.rights).not.toHaveProperty('manage-accounts');
  expect(body.demo).toBe(false);
  const minutesUntil = (instant: string) => Math.round((Date.parse(instant) - Date.now()) / 60_000);
  expect(body.idleEndsAt).toMatch(/^[\d-]{10}T[\d:]{8}\.\d{3}Z$/);
  expect([minutesUntil(body.idleEndsAt), minutesUntil(body.endsAt)]).toEqual([30, 720]);
});

test('the session’s cookie is opaque, kept for this host alone, and new at each sign-in', async () => {
  const one = await gateway.signedIn('lan');
  const other = await gateway.signedIn('lan');

  const line = one.cookieLines.find((cookie) => cookie.startsWith('__Host-motcua='))!;
  expect(line).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  expect(line).not.toMatch(/Domain/i);
  const value = one.cookies.get('__Host-motcua')!;
  expect(Buffer.from(value, 'base64url')).toHaveLength(32);
  expect(other.cookies.get('__Host-motcua')).not.toBe(value);
  const everything = JSON.stringify(await gateway.rows('select * from gateway.session'));
  expect(everything).not.toContain(value);
});

test('what she asks of desk is carried there in her name, and the token never reaches the browser', async () => {
  const lan = await gateway.signedIn('lan');
  const { csrf } = (await lan.once('/api/session')).body;
  const received = await lan.once('/api/desk/dossiers', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ procedureCode: '1.012786', channel: 'desk' }),
  });

  expect(received).toMatchObject({ status: 201, body: { status: 'received', holder: { officialId: 'lan' } } });
  expect(received.headers.get('etag')).toBe('"1"');
  const seen = await lan.once(`/api/desk/dossiers/${received.body.dossierId}`);
  expect(seen).toMatchObject({ status: 200, body: { code: received.body.code } });
  expect([...seen.headers.keys()]).not.toContain('authorization');
  expect(seen.headers.get('content-security-policy')).toContain("object-src 'none'");
});

test('a refusal of desk comes back as it was', async () => {
  const lan = await gateway.signedIn('lan');

  expect(await lan.once('/api/desk/statistics')).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
  expect(await lan.once('/api/desk/dossiers/01932c8e-7c00-7000-8000-0000000000aa')).toMatchObject({
    status: 404,
    body: { code: 'DOSSIER_NOT_FOUND' },
  });
});

test.each([
  '/api/desk/feed?after=0&limit=1',
  '/api/desk/officials/lan/posts',
  '/api/desk/health/ready',
  '/api/desk/metrics',
  '/api/desk/dossiers/../feed',
  '/api/desk/dossiers/%2e%2e/feed',
  '/api/desk/dossiers%2f..%2ffeed',
  '/api/desk//feed',
  '/api/oversight/metrics',
])('what services say among themselves is not reached through the gateway: %s', async (path) => {
  const lan = await gateway.signedIn('lan');

  expect((await lan.once(path)).status).toBe(404);
});

test('where oversight does not answer, that is what the browser hears', async () => {
  const binh = await gateway.signedIn('binh');

  expect(await binh.once('/api/oversight/alerts')).toMatchObject({ status: 503, body: { code: 'REMOTE_UNAVAILABLE' } });
});

test('nobody gets anywhere without a session', async () => {
  const stranger = gateway.browser();
  stranger.cookies.set('__Host-motcua', 'A'.repeat(43));

  for (const path of ['/api/session', '/api/desk/dossiers', '/api/oversight/alerts', '/api/accounts']) {
    expect(await stranger.once(path)).toMatchObject({ status: 401, body: { code: 'SIGNED_OUT' } });
  }
});

test('a sign-in whose password was checked before the sessions were ended is not finished after', async () => {
  await gateway.addAccount('son');
  const [browser, quang] = [gateway.browser(), await gateway.signedIn('quang')];
  const page = await browser.open('/sign-in');
  const parked = await browser.once(page.url, credentialsOf('son'));
  expect(parked.status).toBe(303);

  expect((await quang.post('/api/accounts/son/sessions/end')).status).toBe(200);

  const later = await browser.open(new URL(parked.headers.get('location') ?? '', page.url).href);
  expect(later.status).toBeGreaterThanOrEqual(200);
  expect((await browser.once('/api/session')).status).toBe(401);
});

test('who signs in again in a browser leaves no session behind there', async () => {
  const lan = await gateway.signedIn('lan');
  const before = lan.cookies.get('__Host-motcua') ?? '';
  await lan.signIn('lan', passwordOf('lan'));
  expect((await lan.once('/api/session')).status).toBe(200);

  const kept = gateway.browser();
  kept.cookies.set('__Host-motcua', before);
  expect((await kept.once('/api/session')).status).toBe(401);
});

describe('what needs a sign-in of the last five minutes', () => {
  const aged = 'update gateway.session set authenticated_at = clock_timestamp() - $2::interval where official_id = $1';

  async function signedInAgo(interval: string): Promise<Browser> {
    const browser = await gateway.signedIn('quang');
    await gateway.rows(aged, 'quang', interval);
    return browser;
  }

  async function shows(browser: Browser, officialId: string): Promise<Reply> {
    await gateway.addAccount(officialId);
    const page = await browser.open('/sign-in?to=/queue&again=true');
    return browser.send(page.url, { username: officialId, password: passwordOf(officialId) });
  }

  const again = { status: 403, body: { code: 'SIGN_IN_AGAIN', maxAgeS: 300 } };

  test('is refused after that at desk and here; to read the same is not', async () => {
    const quang = await signedInAgo('301 seconds');

    expect(await quang.post('/api/desk/organisation', demoOrganisation)).toMatchObject(again);
    expect(await quang.post('/api/accounts/lan/sessions/end')).toMatchObject(again);
    expect((await quang.once('/api/desk/organisation')).status).toBe(200);
    expect((await quang.once('/api/accounts')).status).toBe(200);
    const [refusal] = await gateway.rows(
      `select outcome from desk.access_log where official_id = 'quang' and action = 'load-organisation'`,
    );
    expect(refusal).toEqual({ outcome: 'forbidden' });
  });

  test('is done within them', async () => {
    const quang = await signedInAgo('270 seconds');

    expect((await quang.post('/api/desk/organisation', demoOrganisation)).status).toBe(201);
    expect((await quang.post('/api/accounts/lan/sessions/end')).status).toBe(200);
  });

  test('is done by who shows anew who they are; the session goes on, also in other windows, by another cookie', async () => {
    const quang = await signedInAgo('1 hour');
    const before = quang.cookies.get('__Host-motcua') ?? '';
    const { csrf, authenticatedAt } = (await quang.once('/api/session')).body;

    expect((await shows(quang, 'quang')).url).toBe(`${gateway.origin}/queue`);

    const session = (await quang.once('/api/session')).body;
    expect(session).toMatchObject({ csrf, official: { id: 'quang' } });
    expect(Date.parse(session.authenticatedAt)).toBeGreaterThan(Date.parse(authenticatedAt));
    expect((await quang.post('/api/desk/organisation', demoOrganisation, csrf)).status).toBe(201);
    quang.cookies.set('__Host-motcua', before);
    expect((await quang.once('/api/session')).status).toBe(401);
  });

  test('is not done for another who comes back, and whose session it is stays so', async () => {
    const quang = await signedInAgo('1 hour');

    const came = await shows(quang, 'lan');

    expect(came.status).toBe(403);
    expect(came.text).toContain('Đây là một người khác');
    expect((await quang.once('/api/session')).body.official.id).toBe('quang');
    expect(await quang.post('/api/desk/organisation', demoOrganisation)).toMatchObject(again);
    const [line] = await gateway.rows('select official_id, outcome from gateway.sign_in_log order by id desc limit 1');
    expect(line).toEqual({ official_id: 'lan', outcome: 'another-person' });
  });

  test('is done by who comes back when the session has ended meanwhile, in a new one', async () => {
    const quang = await signedInAgo('1 hour');
    await gateway.rows(`update gateway.session set ended_at = clock_timestamp() where official_id = 'quang'`);

    await shows(quang, 'quang');

    expect((await quang.post('/api/desk/organisation', demoOrganisation)).status).toBe(201);
  });
});

describe('what is carried is one request', () => {
  const sent = async (method: string, headers: OutgoingHttpHeaders, body: string) => {
    const lan = await gateway.signedIn('lan');
    const cookie = [...lan.cookies].map((pair) => pair.join('=')).join('; ');
    const asked = request(`${gateway.origin}/api/desk/me`, { method, headers: { ...headers, cookie } });
    asked.end(body);
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    expect((await lan.once('/api/desk/me')).body).toMatchObject({ official: { id: 'lan' } });
    return answer.statusCode;
  };
  const hidden = 'GET /me HTTP/1.1\r\nx: ';

  test.each([
    ['GET', { 'content-type': 'text/plain', 'content-length': hidden.length }, 400],
    ['GET', { 'transfer-encoding': 'chunked' }, 400],
    ['OPTIONS', { 'transfer-encoding': 'chunked' }, 405],
    ['DELETE', { 'transfer-encoding': 'chunked' }, 405],
  ])('a %s with a body of its own (%j) is refused', async (method, headers, status) => {
    expect(await sent(method, headers, hidden)).toBe(status);
  });
});

describe('another site', () => {
  const said = { method: 'POST', body: '{}' };
  const json = { 'content-type': 'application/json' };

  test.each<[string, (csrf: string) => Record<string, string>]>([
    ['without the token', () => json],
    ['with a wrong token', () => ({ ...json, 'x-csrf-token': 'A'.repeat(43) })],
    ['from another origin', (csrf) => ({ ...json, 'x-csrf-token': csrf, origin: 'https://evil.example' })],
    [
      'from a site that the browser says is another',
      (csrf) => ({ ...json, 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'from a neighbour below the same domain',
      (csrf) => ({ ...json, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-site' }),
    ],
    ['as a form', (csrf) => ({ 'content-type': 'text/plain', 'x-csrf-token': csrf })],
  ])('changes nothing %s', async (_how, headersFor) => {
    const lan = await gateway.signedIn('lan');
    const { csrf } = (await lan.once('/api/session')).body;

    for (const path of ['/sign-out', '/api/post', '/api/desk/dossiers', '/api/oversight/alerts']) {
      const reply = await lan.once(path, { ...said, headers: headersFor(csrf) });
      expect([path, reply.status, reply.body?.code]).toEqual([path, 403, 'CROSS_SITE_REQUEST']);
    }
    expect((await lan.once('/api/session')).status).toBe(200);
  });

  test('gets nobody signed in by a form of its own', async () => {
    const browser = gateway.browser();
    const page = await browser.open('/sign-in');
    const reply = await browser.once(page.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
      body: new URLSearchParams({ username: 'lan', password: passwordOf('lan') }).toString(),
    });

    expect(reply).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'is not where signing in leads to: %s',
    async (to) => {
      await gateway.addAccount('lan');
      const arrived = await gateway.browser().signIn('lan', passwordOf('lan'), to);
      expect(arrived.url).toBe(`${gateway.origin}/`);
    },
  );
});

test('a code counts once, for the browser that asked for it', async () => {
  await gateway.addAccount('minh');
  const browser = gateway.browser();
  const page = await browser.open('/sign-in');
  let reply = await browser.once(page.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username: 'minh', password: passwordOf('minh') }).toString(),
  });
  while (!reply.headers.get('location')?.includes('/sign-in/callback')) {
    reply = await browser.once(new URL(reply.headers.get('location')!, reply.url).href);
  }
  const callback = reply.headers.get('location')!;
  const thief = gateway.browser();
  const ofThief = await thief.open('/sign-in');
  expect(ofThief.status).toBe(200);

  expect((await thief.once(callback)).status).toBe(400);
  expect(thief.cookies.has('__Host-motcua')).toBe(false);
  const state = browser.cookies.get('__Host-motcua-sign-in')!;
  expect((await browser.once(callback)).status).toBe(303);
  browser.cookies.set('__Host-motcua-sign-in', state);
  expect((await browser.once(callback)).status).toBe(400);
});

test('after signing out the session is over, also for who kept its cookie, and the provider asks for the password again', async () => {
  const lan = await gateway.signedIn('lan');
  const kept = lan.cookies.get('__Host-motcua')!;

  expect(await lan.post('/sign-out')).toMatchObject({ status: 200, body: { location: '/' } });

  expect(lan.cookies.has('__Host-motcua')).toBe(false);
  lan.cookies.set('__Host-motcua', kept);
  expect((await lan.once('/api/session')).status).toBe(401);
  expect(await lan.open('/sign-in')).toMatchObject({ text: expect.stringContaining('name="password"') });
});

test('a session ends half an hour after the last request, and twelve hours after the first', async () => {
  const lan = await gateway.signedIn('lan');
  const [{ hash }] = await gateway.rows(
    `select id_hash as hash from gateway.session where official_id = 'lan' order by created_at desc limit 1`,
  );
  const shift = (sql: string) => gateway.rows(`update gateway.session set ${sql} where id_hash = $1`, hash);

  await shift(`last_seen_at = clock_timestamp() - interval '29 minutes'`);
  expect((await lan.once('/api/session')).status).toBe(200);
  const [{ awake }] = await gateway.rows(
    `select last_seen_at > clock_timestamp() - interval '1 minute' as awake from gateway.session where id_hash = $1`,
    hash,
  );
  expect(awake).toBe(true);
  await shift(`last_seen_at = clock_timestamp() - interval '31 minutes'`);
  expect((await lan.once('/api/session')).status).toBe(401);
  await shift(`last_seen_at = clock_timestamp(), expires_at = clock_timestamp() - interval '1 second'`);
  expect((await lan.once('/api/session')).status).toBe(401);
});

test('every address of the console is its page, which names the nonce of its answer and may run no script but ours', async () => {
  const browser = gateway.browser();
  for (const path of ['/', '/queue?q=mine', '/dossiers/H41.85-261123-0001']) {
    const { status, headers, text } = await browser.once(path);
    expect(status).toBe(200);
    const nonce = /content="([\w-]+)"/.exec(text)?.[1];
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  const asset = await browser.once('/assets/index-abc.js');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await browser.once('/assets/nothing.js')).status).toBe(404);
  expect((await browser.once('/api/nothing')).status).toBe(404);
});

test('every kind of answer carries the whole set of headers that keep browsers safe', async () => {
  const lan = await gateway.signedIn('lan');
  const common = {
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': expect.stringMatching(/camera=\(\), microphone=\(\), geolocation=\(\)/),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-powered-by': null,
    'access-control-allow-origin': null,
    server: null,
  };
  const policy = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "frame-src 'none'",
    "img-src 'self' data: blob:",
    "manifest-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'nonce-'",
    "style-src-attr 'none'",
    "worker-src 'none'",
  ];
  const ofTrack = [
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    'img-src data:',
    "style-src 'self'",
  ];
  for (const [path, status, says = policy, kept = 'no-store'] of [
    ['/queue', 200],
    ['/sign-in/account/none', 303],
    ['/sign-in/callback', 400],
    ['/sign-in/invitation?secret=x', 410],
    ['/oidc/auth', 400],
    ['/api/session', 200],
    ['/api/nothing', 404],
    ['/api/desk/dossiers', 200],
    ['/api/desk/statistics', 403],
    ['/health/live', 200],
    ['/track', 200, ofTrack],
    ['/track/style.css', 200, policy, 'public, max-age=3600'],
    ['/assets/index-abc.js', 200, policy, 'public, max-age=31536000, immutable'],
  ] as const) {
    const answer = await lan.once(path);
    const said = (answer.headers.get('content-security-policy') ?? '').replace(/nonce-[\w-]+/, 'nonce-').split(';');
    const headers = Object.fromEntries(Object.keys(common).map((name) => [name, answer.headers.get(name)]));
    expect([path, answer.status, headers]).toEqual([path, status, common]);
    expect([path, said.map((directive) => directive.trim()).sort()]).toEqual([path, says]);
    expect([path, answer.headers.get('cache-control')]).toEqual([path, kept]);
  }
});

test('the page for name and password speaks three languages, and no answer repeats what was typed as HTML', async () => {
  const browser = gateway.browser();
  const page = await browser.open('/sign-in', { headers: { 'accept-language': 'de-AT, en;q=0.5' } });
  expect(page.text).toContain('lang="vi"');
  for (const [language, words] of [
    ['de', 'Anmelden'],
    ['en', 'Sign in'],
    ['vi', 'Đăng nhập'],
  ] as const) {
    const shown = await browser.once(`${new URL(page.url).pathname}?language=${language}`);
    expect(shown.text).toContain(`<html lang="${language}">`);
    expect(shown.text).toContain(`<h1>${words}</h1>`);
  }
  const wrong = await browser.send(page.url, { username: '"><script>alert(1)</script>', password: 'x' });
  expect(wrong.status).toBe(401);
  expect(wrong.text).not.toContain('<script>');
  expect(wrong.text).toContain('role="alert"');
});

test('the log knows the requests and no password, no secret, no cookie', async () => {
  await gateway.signedIn('hoa');
  const lines = gateway.log.join('');

  expect(lines).toContain('/sign-in/callback');
  expect(lines).not.toContain(passwordOf('hoa'));
  const [{ csrf }] = await gateway.rows(`select csrf from gateway.session where official_id = 'hoa'`);
  expect(lines).not.toContain(csrf);
  expect(lines).not.toMatch(/code=|state=/);
});

test('what a stranger says of where they come from, and of where this is, is not believed', async () => {
  const browser = gateway.browser();
  const look = async (n: number) => {
    const headers = { 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}` };
    return (await browser.once('/track?c=H41.85-990101-0001&s=x', { headers })).status;
  };
  expect([await look(1), await look(2), await look(3), await look(4), await look(5), await look(6)].at(-1)).toBe(429);

  const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
  const { body } = await browser.once('/oidc/.well-known/openid-configuration', { headers });
  expect(JSON.stringify(body)).not.toContain('evil.example');
  expect(body.issuer).toBe(`${gateway.origin}/oidc`);
});

test('whoever opens streams without end, or asks without a session, is told when to come again', async () => {
  const lan = await gateway.signedIn('lan');
  const budgets = gateway.app.get(Budgets);
  const { hash } = (
    await gateway.rows(
      `select encode(id_hash, 'hex') as hash from gateway.session where official_id = 'lan' order by created_at desc limit 1`,
    )
  )[0];
  const drain = (budget: Parameters<Budgets['waitS']>[0], key: string) => {
    for (let count = 0; budgets.waitS(budget, key) === null && count < 1_000; count += 1);
  };
  const refused = { status: 429, body: { code: 'TOO_MANY_REQUESTS' } };
  const isToldWhen = ({ headers }: Reply) => expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);

  drain('stream', hash);
  const live = await lan.once('/api/live');
  expect(live).toMatchObject(refused);
  isToldWhen(live);
  const { csrf } = (await lan.once('/api/session')).body;
  drain('presence', hash);
  expect(await lan.post('/api/presence', { dossierId: randomUUID(), open: true }, csrf)).toMatchObject(refused);
  const sessions = gateway.app.get(Sessions);
  const find = sessions.of.bind(sessions);
  const found = jest.spyOn(sessions, 'of').mockImplementation(async (request) => {
    const session = await find(request);
    drain('session', session.hash); // Here, because fifty a second come back.
    return session;
  });
  for (const path of ['/api/session', '/api/desk/dossiers', '/api/accounts']) {
    const answer = await lan.once(path);
    expect([path, answer.status]).toEqual([path, 429]);
    isToldWhen(answer);
  }
  found.mockRestore();
  drain('stranger', '127.0.0.1');
  expect(await gateway.browser().once('/api/session')).toMatchObject(refused);
  drain('provider', '127.0.0.1');
  const page = await gateway.browser().once('/oidc/auth');
  expect(page).toMatchObject({ status: 429, text: expect.stringContaining('Quá nhiều lượt') });
  isToldWhen(page);
});

test('more requests from one address than an office makes get a page that asks to wait', async () => {
  const browser = gateway.browser();
  const replies = [];
  for (let count = 0; count < 125; count += 1) replies.push(await browser.once('/sign-in/account/none?language=en'));
  const last = replies.at(-1)!;

  expect(replies[0]!.status).toBe(303);
  expect(last).toMatchObject({ status: 429, text: expect.stringContaining('Too many requests') });
  expect(last.headers.get('retry-after')).toMatch(/^\d+$/);
});
