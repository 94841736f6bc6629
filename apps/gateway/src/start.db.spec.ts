import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '#persistence';
import { createLogger, newSigningKey } from '#platform';
import { freshDatabase, type FreshDatabase } from '#testing';
import { Browser } from '../test/browser';
import { freePort } from '../test/desk-process';
import { settingsIn } from '../test/gateway-at-work';
import { createGateway } from './gateway';
import type { GatewaySettings } from './gateway.settings';

jest.setTimeout(60_000);

const silent = createLogger({ name: 'gateway', level: 'silent' });
let folder: string;
let database: FreshDatabase;
let settings: GatewaySettings;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-gateway-start-'));
  database = await freshDatabase();
  const roles = await migrate(database.ownerUrl);
  const [issuer, gateway] = await Promise.all([newSigningKey('issuer'), newSigningKey('gateway')]);
  settings = settingsIn(folder, { issuer, gateway }, await freePort());
  Object.assign(settings, { DATABASE_URL: roles.gateway, DESK_URL: 'http://127.0.0.1:1' });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts one with other settings, and ends it after some work. */
async function started(other: Partial<GatewaySettings>, work: () => Promise<void> = async () => {}): Promise<void> {
  const app = await createGateway(
    Object.assign(Object.create(Object.getPrototypeOf(settings) as object), settings, other),
    silent,
  );
  try {
    await app.listen(settings.PORT, settings.HOST);
    await work();
  } finally {
    await app.close();
  }
}

async function withAccount(isDemo: boolean, work: () => Promise<void>): Promise<void> {
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `insert into gateway.account (account_id, official_id, username, password_hash, state, is_demo)
       values (gen_random_uuid(), 'lan', 'lan', 'x', 'active', $1)`,
      [isDemo],
    );
    await work();
  } finally {
    await owner.query('delete from gateway.account');
    await owner.end();
  }
}

test.each(['http://motcua.example', 'http://192.168.1.20:7400', 'http://localhost.example'])(
  'a gateway does not start where sessions would go over the network in the clear: %s',
  async (PUBLIC_URL) => {
    await expect(started({ PUBLIC_URL })).rejects.toMatchObject({ code: 'PUBLIC_URL_UNSAFE' });
  },
);

test.each(['https://motcua.example', 'http://localhost:7400', 'http://[::1]:7400'])(
  'it starts where they do not: %s',
  async (PUBLIC_URL) => {
    await expect(started({ PUBLIC_URL, TRUST_PROXY: 'none' })).resolves.toBeUndefined();
  },
);

test('with https it does not start before it is said which proxies are believed', async () => {
  const PUBLIC_URL = 'https://motcua.example';
  await expect(started({ PUBLIC_URL })).rejects.toMatchObject({ code: 'TRUST_PROXY_UNCLEAR' });
  await expect(started({ PUBLIC_URL, TRUST_PROXY: 'everybody' })).rejects.toMatchObject({
    code: 'TRUST_PROXY_UNCLEAR',
  });
  await expect(started({ PUBLIC_URL, TRUST_PROXY: '1' })).resolves.toBeUndefined();
});

test('it does not start without its console', async () => {
  await expect(started({ CONSOLE_FOLDER: join(folder, 'nothing') })).rejects.toMatchObject({
    code: 'CONSOLE_NOT_BUILT',
  });
});

test('it does not start with a provider that is half said, or that speaks in the clear', async () => {
  await expect(started({ OIDC_ISSUER: 'https://id.example' })).rejects.toMatchObject({ code: 'PROVIDER_NOT_SET' });
  const outside = { OIDC_CLIENT_ID: 'motcua', OIDC_CLIENT_SECRET_FILE: settings.SECRET_FILE };
  await expect(started({ ...outside, OIDC_ISSUER: 'http://id.example' })).rejects.toMatchObject({
    code: 'PROVIDER_NOT_SET',
  });
});

test('a password that everybody knows and real accounts never live together', async () => {
  await withAccount(true, async () => {
    await expect(started({ DEMO: false })).rejects.toMatchObject({ code: 'DEMO_MIXED' });
    await expect(started({ DEMO: true })).resolves.toBeUndefined();
  });
  await withAccount(false, async () => {
    await expect(started({ DEMO: true })).rejects.toMatchObject({ code: 'DEMO_MIXED' });
    await expect(started({ DEMO: false })).resolves.toBeUndefined();
  });
});

test('a demo does not start with a provider whose people are real, which nothing else is wrong with', async () => {
  const outside = {
    OIDC_ISSUER: 'https://id.example',
    OIDC_CLIENT_ID: 'motcua',
    OIDC_CLIENT_SECRET_FILE: settings.SECRET_FILE,
  };

  await expect(started({ DEMO: true, ...outside })).rejects.toMatchObject({ code: 'DEMO_MIXED' });
  await expect(started({ DEMO: false, ...outside })).resolves.toBeUndefined();
});

test('every page that a demo shows to whoever is not signed in says so in their language; nobody else’s does', async () => {
  const said = { vi: 'Bản dùng thử: mọi người', en: 'Demo: people, dossiers', de: 'Vorführung: Personen' };
  const shown: object[] = [];
  const expected: object[] = [];
  for (const DEMO of [true, false]) {
    await started({ DEMO }, async () => {
      for (const [language, words] of Object.entries(said)) {
        const browser = new Browser(settings.PUBLIC_URL);
        const { pathname: signIn } = new URL((await browser.open('/sign-in')).url);
        const pages = {
          '/track': 200,
          '/track/usual-times': 503, // No desk stands behind this gateway.
          [signIn]: 200,
          '/sign-in/callback': 400,
          '/oidc/auth': 400,
          '/sign-in/invitation?secret=none': 410,
        };
        for (const [path, status] of Object.entries(pages)) {
          const page = await browser.once(path, { headers: { 'accept-language': language, accept: 'text/html' } });
          const strips = page.text.match(/class="demo"/g)?.length ?? 0;
          shown.push({ DEMO, path, language, status: page.status, strips, says: page.text.includes(words) });
          expected.push({ DEMO, path, language, status, strips: DEMO ? 1 : 0, says: DEMO });
        }
      }
    });
  }
  expect(shown).toEqual(expected);

  await started({ DEMO: true }, async () => {
    const browser = new Browser(settings.PUBLIC_URL);
    const looks = Array.from({ length: 6 }, (_, look) => browser.once(`/track?c=H41.85-990102-000${look}&s=x`));
    const tooMany = (await Promise.all(looks)).filter(({ status }) => status === 429);
    expect(tooMany.map(({ text }) => text.includes(said.vi))).toEqual([true]);
  });
});
