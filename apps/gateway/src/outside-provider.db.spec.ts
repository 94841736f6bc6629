import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../test/desk-process';
import { GatewayAtWork } from '../test/gateway-at-work';
import { OutsideProvider } from '../test/outside-provider';
import type { GatewaySettings } from './gateway.settings';

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

test('a claim names nobody unless the office has said that it does', async () => {
  outside.subject = 'another-subject';
  outside.claims = { official_id: 'quang' };
  const browser = gateway.browser();

  expect((await browser.open('/sign-in')).status).toBe(403);
  Object.assign(gateway.settings, { OIDC_OFFICIAL_CLAIM: 'official_id' });
  expect((await browser.open('/sign-in')).status).toBe(200);
  expect((await browser.once('/api/session')).body.official.id).toBe('quang');
});

test('the embedded provider and its pages are not there', async () => {
  const browser = gateway.browser();

  expect((await browser.once('/oidc/.well-known/openid-configuration')).status).toBe(404);
  expect((await browser.once('/sign-in/account/some-uid')).headers.get('location')).toBe('/sign-in');
});
