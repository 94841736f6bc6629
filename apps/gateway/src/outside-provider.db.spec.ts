import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/desk-process';
import { GatewayAtWork } from '../test/gateway-at-work';
import { OutsideProvider } from '../test/outside-provider';
import type { GatewaySettings } from './gateway.settings';
import { Sessions } from './sessions/sessions';

jest.setTimeout(60_000);

let outside: OutsideProvider;
let gateway: GatewayAtWork;
let settings: Partial<GatewaySettings>;

beforeAll(async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  outside = await OutsideProvider.start(publicUrl);
  const secretFile = join(mkdtempSync(join(tmpdir(), 'motcua-outside-')), 'client.secret');
  writeFileSync(secretFile, `${outside.clientSecret}\n`);
  // These three are all that an office with a provider of its own says.
  settings = { OIDC_ISSUER: outside.issuer, OIDC_CLIENT_ID: outside.clientId, OIDC_CLIENT_SECRET_FILE: secretFile };
  gateway = await GatewayAtWork.start({ settings: { ...settings, PORT: port, PUBLIC_URL: publicUrl } });
});
afterAll(async () => {
  await gateway.stop();
  await outside.stop();
});

test('whom the office’s provider signs in is nobody here until an administrator says who they are', async () => {
  const browser = gateway.browser();
  const page = await browser.open('/sign-in');
  expect(page.status).toBe(403);
  expect(page.text).toContain(`issuer: ${outside.issuer}`);
  expect(page.text).toContain(`subject: ${outside.subject}`);
  expect(browser.cookies.has('__Host-motcua')).toBe(false);

  const token = await gateway.token('quang', 'do-luong-administrator', 'do-luong');
  const bind = (officialId: string) =>
    fetch(`${gateway.origin}/api/accounts/identities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ issuer: outside.issuer, subject: outside.subject, officialId }),
    });
  expect((await bind('hoa')).status).toBe(200);
  expect((await bind('hoa')).status).toBe(200);
  expect((await bind('lan')).status).toBe(409);

  expect((await browser.open('/sign-in?to=/queue')).url).toBe(`${gateway.origin}/queue`);
  expect((await browser.once('/api/session')).body.official).toEqual({ id: 'hoa', name: 'Đặng Thị Hoa' });
  expect(await browser.post('/sign-out')).toMatchObject({
    body: { location: expect.stringMatching(new RegExp(`^${outside.issuer}/session/end\\?`)) },
  });
});

describe('an administrator', () => {
  const identity = () => ({ issuer: outside.issuer, subject: outside.subject });
  const ask = async (path: string, body?: object) => {
    const token = await gateway.token('quang', 'do-luong-administrator', 'do-luong');
    const response = await fetch(`${gateway.origin}/api/accounts/identities${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  const signedIn = async () => {
    const browser = gateway.browser();
    return { browser, status: (await browser.open('/sign-in')).status };
  };

  test('sees who is bound, and ends a binding with its sessions at once', async () => {
    const { browser, status } = await signedIn();
    expect(status).toBe(200);
    expect((await ask('')).body).toMatchObject({
      identities: [{ ...identity(), officialId: 'hoa', boundBy: 'quang', barredAt: null, sessions: 1 }],
      next: null,
    });

    expect(await ask('/end', identity())).toMatchObject({ status: 200, body: { ended: 1 } });

    expect((await browser.once('/api/session')).status).toBe(401);
    expect((await signedIn()).status).toBe(403);
    expect((await ask('/end', identity())).body).toMatchObject({ code: 'IDENTITY_NOT_FOUND' });
    expect((await ask('')).body.identities).toEqual([]);
  });

  test('bars somebody, whatever a claim says, until the bar is lifted', async () => {
    Object.assign(gateway.settings, { OIDC_OFFICIAL_CLAIM: 'official_id' });
    outside.claims = { official_id: 'lan' };
    const { browser, status } = await signedIn();
    expect(status).toBe(200);

    expect(await ask('/bar', identity())).toMatchObject({ status: 200, body: { ended: 1 } });

    expect((await browser.once('/api/session')).status).toBe(401);
    const refused = await browser.open('/sign-in');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain(outside.subject);
    expect((await ask('/bar', identity())).status).toBe(200);
    expect((await ask('', { ...identity(), officialId: 'hoa' })).body).toMatchObject({ code: 'IDENTITY_BARRED' });
    expect((await ask('')).body.identities).toMatchObject([{ ...identity(), officialId: null, barredBy: 'quang' }]);
    const outcomes = await gateway.rows('select outcome from gateway.sign_in_log order by id desc limit 3');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['barred by quang', 'barred', 'barred by quang']);

    expect((await ask('/unbar', identity())).status).toBe(200);
    expect((await signedIn()).status).toBe(200);
    Object.assign(gateway.settings, { OIDC_OFFICIAL_CLAIM: undefined });
  });

  test('who is barred while a sign-in is under way gets no session by it', async () => {
    await ask('', { ...identity(), officialId: 'hoa' });
    const sessions = gateway.app.get(Sessions);
    const begin = sessions.begin.bind(sessions);
    const late = jest.spyOn(sessions, 'begin').mockImplementationOnce(async (signedIn) => {
      await ask('/bar', identity());
      return begin(signedIn);
    });
    const { browser, status } = await signedIn();

    expect(late).toHaveBeenCalledTimes(1);
    expect(status).toBe(403);
    expect((await browser.once('/api/session')).status).toBe(401);
    expect(await gateway.rows('select 1 from gateway.session where ended_at is null')).toEqual([]);
    await ask('/unbar', identity());
  });

  test('turns pages of them', async () => {
    for (const subject of ['one', 'two', 'three']) await ask('', { ...identity(), subject, officialId: 'hoa' });
    const first = (await ask('?limit=2')).body;
    const second = (await ask(`?limit=2&cursor=${first.next}`)).body;

    const subjects = [...first.identities, ...second.identities].map(({ subject }: { subject: string }) => subject);
    expect([...subjects].sort()).toEqual(['one', 'three', 'two']);
    expect(second.next).toBeNull();
    const said = Buffer.from(first.next as string, 'base64url').toString('latin1');
    for (const told of [identity().issuer, first.identities.at(-1).subject]) expect(said).not.toContain(told);
    expect((await ask('?cursor=nonsense')).body).toMatchObject({ code: 'FIELD_INVALID' });
  });
});

test('a claim names nobody unless the office has said that it does', async () => {
  outside.subject = 'another-subject';
  outside.claims = { official_id: 'quang' };
  const browser = gateway.browser();

  expect((await browser.open('/sign-in')).status).toBe(403);
  Object.assign(gateway.settings, { OIDC_OFFICIAL_CLAIM: 'official_id' });
  expect((await browser.open('/sign-in')).status).toBe(200);
  expect((await browser.once('/api/session')).body.official.id).toBe('quang');
});

test('who is signed in there already is as old here as there, until the provider is asked to ask them again', async () => {
  outside.subject = 'one-more-subject';
  outside.claims = { official_id: 'quang' };
  Object.assign(gateway.settings, { OIDC_OFFICIAL_CLAIM: 'official_id' });
  const browser = gateway.browser();
  const authenticatedAt = async () => (await browser.once('/api/session')).body.authenticatedAt as string;
  await browser.open('/sign-in');
  const seen = await authenticatedAt();
  await browser.open('/sign-in');
  expect(await authenticatedAt()).toBe(seen);

  const asked = new URL((await browser.once('/sign-in?again=true')).headers.get('location') ?? '');
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
  await gateway.rows(`update gateway.session set authenticated_at = authenticated_at - interval '1 hour'`);
  expect(await browser.post('/api/accounts/lan/sessions/end')).toMatchObject({ body: { code: 'SIGN_IN_AGAIN' } });
  expect((await browser.open('/sign-in?to=/queue&again=true')).url).toBe(`${gateway.origin}/queue`);
  expect((await browser.post('/api/accounts/lan/sessions/end')).status).toBe(200);
});

test('a provider that does not say when it saw somebody proves nothing anew', async () => {
  const browser = gateway.browser();
  await browser.open('/sign-in');
  await gateway.rows(`update gateway.session set authenticated_at = null`);
  expect(await browser.post('/api/accounts/lan/sessions/end')).toMatchObject({ body: { code: 'SIGN_IN_AGAIN' } });

  const later = `update gateway.sign_in set began_at = clock_timestamp() + interval '5 minutes'`;
  const asked = await browser.once('/sign-in?again=true');
  await gateway.rows(later); // As if what it saw had been long before.
  expect((await browser.open(asked.headers.get('location') ?? '')).status).toBe(400);
});

test('the embedded provider and its pages are not there', async () => {
  const browser = gateway.browser();

  expect((await browser.once('/oidc/.well-known/openid-configuration')).status).toBe(404);
  expect((await browser.once('/sign-in/account/some-uid')).headers.get('location')).toBe('/sign-in');
});
