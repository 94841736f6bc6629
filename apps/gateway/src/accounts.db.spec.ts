import type { Request, Response } from 'express';
import type { Browser } from '../test/browser';
import { GatewayAtWork, passwordOf } from '../test/gateway-at-work';
import { Sweep } from './administration/sweep';
import { KnownBrowsers } from './provider/known-browsers';
import { LockOut } from './provider/lock-out';
import { Passwords } from './provider/passwords';

jest.setTimeout(60_000);

let gateway: GatewayAtWork;
let quang: Browser;
beforeAll(async () => {
  gateway = await GatewayAtWork.start();
  quang = await gateway.signedIn('quang');
});
beforeEach(() => gateway.rows('delete from gateway.attempt'));
afterAll(() => gateway.stop());

const newPassword = 'một câu dễ nhớ';

test('an administrator makes an account; by its link the official sets a password, once, and signs in', async () => {
  const made = await quang.post('/api/accounts', { officialId: 'tuan', username: 'tuan.bui' });
  expect(made).toMatchObject({ status: 201, body: { link: expect.stringContaining('/sign-in/invitation?secret=') } });
  const { link } = made.body as { link: string };
  const secret = new URL(link).searchParams.get('secret')!;
  const tuan = gateway.browser();

  expect(await tuan.open(link)).toMatchObject({ status: 200, text: expect.stringContaining('tuan.bui') });
  const tries = [
    ['too short', 'too short'],
    [newPassword, 'not the same at all'],
    ['my name is tuan.bui', 'my name is tuan.bui'],
  ] as const;
  for (const [password, again] of tries) {
    const refused = await tuan.send('/sign-in/invitation', { secret, password, again });
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('role="alert"') });
  }
  const set = await tuan.send('/sign-in/invitation', { secret, password: newPassword, again: newPassword });
  expect(set.text).toContain('name="password"');
  expect((await tuan.signIn('tuan.bui', newPassword)).status).toBe(200);
  expect((await tuan.once('/api/session')).body.official.id).toBe('tuan');

  const late = await gateway.browser().open(link);
  expect(late.status).toBe(410);
  expect((await tuan.send('/sign-in/invitation', { secret, password: newPassword, again: newPassword })).status).toBe(
    410,
  );
  expect(gateway.log.join('')).not.toContain(secret);
});

test('a new link ends the one before, and a new password ends the sessions there are', async () => {
  const huong = await gateway.signedIn('huong');
  const { body: first } = await quang.post('/api/accounts/huong/invitation');
  const { body: second } = await quang.post('/api/accounts/huong/invitation');

  expect((await gateway.browser().open(first.link)).status).toBe(410);
  const secret = new URL(second.link as string).searchParams.get('secret')!;
  await gateway.browser().send('/sign-in/invitation', { secret, password: newPassword, again: newPassword });
  expect((await huong.once('/api/session')).status).toBe(401);
  expect((await huong.signIn('huong', passwordOf('huong'))).status).toBe(401);
  expect((await huong.signIn('huong', newPassword)).status).toBe(200);
});

test('a link is over after a day', async () => {
  await gateway.addAccount('hoa');
  const { body } = await quang.post('/api/accounts/hoa/invitation');
  await gateway.rows(
    `update gateway.invitation set expires_at = clock_timestamp() - interval '1 second' where official_id = 'hoa'`,
  );

  expect((await gateway.browser().open(body.link)).status).toBe(410);
});

test('what is wrong with a new account is said by its field', async () => {
  await gateway.addAccount('minh');
  const refused = async (account: object) => (await quang.post('/api/accounts', account)).body;

  expect(await refused({ officialId: 'nobody', username: 'nobody' })).toMatchObject({
    code: 'FIELD_INVALID',
    errors: [{ field: 'officialId', rule: 'is not an official of this organisation' }],
  });
  expect(await refused({ officialId: 'binh', username: '<b>' })).toMatchObject({ errors: [{ field: 'username' }] });
  expect(await refused({ officialId: 'minh', username: 'another' })).toMatchObject({ code: 'ACCOUNT_EXISTS' });
  expect(await refused({ officialId: 'binh', username: 'MINH' })).toMatchObject({ code: 'ACCOUNT_EXISTS' });
  expect(await refused({ officialId: 'binh', username: 'binh', isDemo: true })).toMatchObject({
    code: 'FIELD_INVALID',
  });
  expect((await quang.post('/api/accounts/nobody/invitation')).body).toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
});

test('a disabled account is signed out everywhere, cannot sign in, and can when it is enabled again', async () => {
  const son = await gateway.signedIn('son');
  expect(await quang.post('/api/accounts/son/disabling')).toMatchObject({ status: 200, body: { ended: 1 } });

  expect((await son.once('/api/session')).status).toBe(401);
  expect((await son.signIn('son', passwordOf('son'))).status).toBe(401);
  const { body } = await quang.once('/api/accounts');
  expect(body.accounts).toContainEqual(expect.objectContaining({ officialId: 'son', state: 'disabled', sessions: 0 }));
  await quang.post('/api/accounts/son/enabling');
  expect((await son.signIn('son', passwordOf('son'))).status).toBe(200);
});

test('who may not manage accounts does not, by no way', async () => {
  for (const who of ['lan', 'thu', 'an']) {
    const browser = await gateway.signedIn(who);
    expect(await browser.once('/api/accounts')).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
    expect(await browser.post('/api/accounts/quang/disabling')).toMatchObject({ status: 403 });
    expect(await browser.post('/api/accounts/quang/sessions/end')).toMatchObject({ status: 403 });
  }
  expect((await quang.once('/api/session')).status).toBe(200);
});

test('whoever has the issuer’s key manages accounts from a command line; any other token gets nowhere', async () => {
  const ask = async (token: string) => {
    const { status } = await fetch(`${gateway.origin}/api/accounts`, { headers: { authorization: `Bearer ${token}` } });
    return status;
  };

  expect(await ask(await gateway.token('quang', 'do-luong-administrator', 'do-luong'))).toBe(200);
  expect(await ask(await gateway.token('lan', 'do-luong-centre-clerk', 'do-luong-centre'))).toBe(403);
  expect(await ask('not.a.token')).toBe(401);
  const session = await fetch(`${gateway.origin}/api/session`, {
    headers: { authorization: `Bearer ${await gateway.token('quang', 'do-luong-administrator', 'do-luong')}` },
  });
  expect(session.status).toBe(401);
});

describe('who guesses', () => {
  const outcomes = async (officialId: string | null) => {
    const rows = await gateway.rows(
      `select outcome, count(*)::integer as count from gateway.sign_in_log
       where official_id is not distinct from $1 and outcome in ('wrong-password', 'locked-out') group by 1`,
      officialId,
    );
    return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
  };
  const guess = (username: string, password = 'wrong') => gateway.browser().signIn(username, password);

  test('has ten tries for an account, however many at once; then the right password gets the same answer', async () => {
    await gateway.addAccount('dung');
    const replies = await Promise.all(Array.from({ length: 30 }, () => guess('dung')));
    const right = await guess('Dung', passwordOf('dung'));

    expect(await outcomes('dung')).toEqual({ 'wrong-password': 10, 'locked-out': 21 });
    expect(new Set([...replies, right].map(({ status }) => status))).toEqual(new Set([401]));
    expect(pageOf(right.text)).toBe(pageOf(replies[0]!.text).replace('value="dung"', 'value="Dung"'));
  });

  test('is told nothing of which accounts there are: same page, same work', async () => {
    await gateway.addAccount('an');
    const work = jest.spyOn(gateway.app.get(Passwords), 'matches');
    const [known, unknown] = [await guess('an'), await guess('ab')];

    expect(pageOf(unknown.text).replace('value="ab"', 'value="an"')).toBe(pageOf(known.text));
    expect(work).toHaveBeenCalledTimes(2);
    work.mockRestore();
    const [line] = await gateway.rows(
      `select * from gateway.sign_in_log where outcome = 'wrong-password' order by id desc limit 1`,
    );
    expect(line.official_id).toBeNull();
    expect(JSON.stringify(line)).not.toContain('"ab"'); // It may have been a password, typed in the wrong field.
  });

  test('has fifty tries from one address, over all accounts', async () => {
    const lockOut = gateway.app.get(LockOut);
    const tries = Array.from({ length: 60 }, (_, index) =>
      lockOut.take({ username: `guess-${index}`, address: '10.0.0.9', knownBrowser: null }),
    );
    const taken = await Promise.all(tries);

    expect(taken.filter((one) => one !== null)).toHaveLength(50);
    expect(await lockOut.take({ username: 'lan', address: '10.0.0.10', knownBrowser: null })).not.toBeNull();
  });

  test('right passwords use nothing up: a whole office signs in from behind one address', async () => {
    const lockOut = gateway.app.get(LockOut);
    for (let count = 0; count < 60; count += 1) {
      const attempt = { username: `official-${count}`, address: '10.0.0.11', knownBrowser: null };
      await lockOut.forget(attempt, (await lockOut.take(attempt))!);
    }
    expect(await lockOut.take({ username: 'one-more', address: '10.0.0.11', knownBrowser: null })).not.toBeNull();
  });

  test('does not lock out whose account it is, in a browser where they signed in before; that has its own ten tries', async () => {
    const own = await gateway.signedIn('hoa');
    await own.post('/sign-out');
    for (let count = 0; count < 10; count += 1) await guess('hoa');
    expect((await guess('hoa', passwordOf('hoa'))).status).toBe(401);

    expect((await own.signIn('hoa', passwordOf('hoa'))).status).toBe(200);
    expect((await guess('hoa', passwordOf('hoa'))).status).toBe(401); // Her sign-in forgave the strangers nothing.
    await own.post('/sign-out');
    for (let count = 0; count < 10; count += 1) await own.signIn('hoa', 'wrong');
    expect((await own.signIn('hoa', passwordOf('hoa'))).status).toBe(401);
  });

  test('gains nothing by a cookie of another account, one made up, or one from before the password was changed', async () => {
    const stranger = await gateway.signedIn('lan');
    await stranger.post('/sign-out');
    await gateway.addAccount('khanh');
    const isKnown = (cookie: string, username: string, passwordHash = 'a hash') => {
      const request = { headers: { cookie: `__Host-motcua-known=${cookie}` } } as unknown as Request;
      return gateway.app.get(KnownBrowsers).of(request, { username, passwordHash }) !== null;
    };
    const given = (request: Request, username: string) => {
      let value = '';
      const response = { cookie: (_name: string, said: string) => void (value = said) } as unknown as Response;
      gateway.app.get(KnownBrowsers).remember(request, response, { username, passwordHash: 'a hash' });
      return value;
    };
    const one = given({ headers: {} } as unknown as Request, 'lan');
    const both = given({ headers: { cookie: `__Host-motcua-known=${one}` } } as unknown as Request, 'khanh');

    expect([isKnown(one, 'lan'), isKnown(both, 'lan'), isKnown(both, 'khanh')]).toEqual([true, true, true]);
    expect(isKnown(one, 'khanh')).toBe(false);
    expect(isKnown(one, 'lan', 'another hash')).toBe(false);
    expect(isKnown(one.replace(/^[^.]+/, 'another'), 'lan')).toBe(false);
    expect(isKnown(one.replace(/\.\d+\./, '.9999999999999.'), 'lan')).toBe(false);
    for (let count = 0; count < 10; count += 1) await guess('khanh');
    expect((await stranger.signIn('khanh', passwordOf('khanh'))).status).toBe(401);
  });

  test('is forgiven after a quarter of an hour', async () => {
    await gateway.addAccount('binh');
    for (let count = 0; count < 10; count += 1) await guess('binh');
    expect((await guess('binh', passwordOf('binh'))).status).toBe(401);

    await gateway.rows(`update gateway.attempt set at = at - interval '16 minutes'`);
    expect((await guess('binh', passwordOf('binh'))).status).toBe(200);
  });

  function pageOf(text: string): string {
    return text.replace(/nonce="[\w-]+"/g, '');
  }
});

test('every sign-in and every change of an account is in the log, which nobody can change', async () => {
  const { body } = await quang.once('/api/accounts/sign-ins?limit=200');

  const lines = body.signIns.map(({ officialId, outcome, by }: Record<string, string | null>) =>
    [officialId, outcome, ...(by === null ? [] : ['by', by])].join(' '),
  );
  for (const line of [
    'quang signed-in',
    'tuan invited by quang',
    'tuan password-set',
    'son disabled by quang',
    'son enabled by quang',
  ]) {
    expect(lines).toContain(line);
  }
  const [first] = (await quang.once('/api/accounts/sign-ins?limit=1')).body.signIns;
  expect(first.id).toBe(body.signIns[0].id);
  await expect(gateway.asGateway(`update gateway.sign_in_log set outcome = 'signed-in'`)).rejects.toThrow(
    'permission denied',
  );
  await expect(gateway.asGateway('delete from gateway.sign_in_log')).rejects.toThrow('permission denied');
});

test('the log says from which network and in which browser, page by page, to administrators and auditors, whose look is logged', async () => {
  const browser = await gateway.signedIn('khanh');
  await browser.post('/sign-out');
  await browser.signIn('khanh', 'wrong');
  await browser.signIn('khanh', passwordOf('khanh'));
  await browser.open('/sign-in?again=true');
  await browser.signIn('khanh', passwordOf('khanh'), '/');
  const thu = await gateway.signedIn('thu');
  const ask = async (query: string) => (await thu.once(`/api/accounts/sign-ins?official=khanh&${query}`)).body;

  const sessions = (await ask('kind=sessions&limit=3')).signIns;
  expect(sessions).toMatchObject([
    { outcome: 'signed-in', knownBrowser: true, network: '127.0.0.0/24', by: null },
    { outcome: 'signed-in', knownBrowser: true, network: '127.0.0.0/24', addressMark: sessions[0].addressMark },
    { outcome: 'signed-out', knownBrowser: null },
  ]);
  expect((await ask('kind=refusals&limit=1')).signIns).toMatchObject([
    { outcome: 'wrong-password', knownBrowser: true },
  ]);
  expect((await ask(`kind=sessions&until=${sessions[2].at}`)).signIns).toMatchObject([
    { outcome: 'signed-in', knownBrowser: false },
  ]);
  const [first, second] = [await ask('limit=2'), await ask('limit=200')];
  const rest = await ask(`limit=200&cursor=${first.next}`);
  expect([...first.signIns, ...rest.signIns]).toEqual(second.signIns);
  expect(second.next).toBeNull();
  const looks = await gateway.rows(
    `select count(*)::integer as looks from desk.access_log where official_id = 'thu' and action = 'read-sign-ins'`,
  );
  expect(looks).toEqual([{ looks: 6 }]);
  expect((await browser.once('/api/accounts/sign-ins')).status).toBe(403);
  expect((await ask('kind=nonsense')).code).toBe('FIELD_INVALID');
});

test('a name is one name, however it is typed, and the database takes no second form of it', async () => {
  await gateway.rows(`delete from gateway.account where official_id in ('an', 'binh')`);
  const decomposed = ' D\u01b0o\u031bng.Le ';
  expect((await quang.post('/api/accounts', { officialId: 'an', username: decomposed })).status).toBe(201);
  const { body } = await quang.once('/api/accounts');
  expect(body.accounts).toContainEqual(expect.objectContaining({ officialId: 'an', username: 'dương.le' }));

  const again = await quang.post('/api/accounts', { officialId: 'binh', username: 'DƯƠNG.LE' });
  expect(again.body).toMatchObject({ code: 'ACCOUNT_EXISTS' });
  const hash = (await gateway.rows(`select password_hash from gateway.account where official_id = 'quang'`))[0]
    .password_hash;
  await gateway.rows(`update gateway.account set password_hash = $1, state = 'active' where official_id = 'an'`, hash);
  expect((await gateway.browser().signIn('DƯƠNG.Le', passwordOf('quang'))).status).toBe(200);
  await expect(
    gateway.rows(`update gateway.account set username = 'đƯơng.le' where official_id = 'an'`),
  ).rejects.toThrow('account_username_folded');
});

test('where people sign in by accounts an identity is not barred in vain: the account is to be disabled', async () => {
  const identity = { issuer: `${gateway.origin}/oidc`, subject: 'quang' };
  const barred = await quang.post('/api/accounts/identities/bar', identity);

  expect(barred).toMatchObject({ status: 409, body: { code: 'IDENTITY_IS_ACCOUNT' } });
  expect(await gateway.rows('select 1 from gateway.identity')).toEqual([]);
});

test('an administrator sees and changes no account of a demo, and nobody signs in to one', async () => {
  await gateway.addAccount('demo-only');
  await gateway.rows(`update gateway.account set is_demo = true where official_id = 'demo-only'`);
  const { body } = await quang.once('/api/accounts');

  expect(body.accounts.map(({ officialId }: { officialId: string }) => officialId)).not.toContain('demo-only');
  for (const act of ['disabling', 'enabling', 'invitation']) {
    expect((await quang.post(`/api/accounts/demo-only/${act}`)).status).toBe(404);
  }
  expect((await gateway.browser().signIn('demo-only', passwordOf('demo-only'))).status).toBe(401);
  await gateway.rows(`delete from gateway.account where official_id = 'demo-only'`);
});

test('the log of sign-ins is kept for two years, and the service can delete nothing younger', async () => {
  await gateway.rows(
    `insert into gateway.sign_in_log (outcome, at) values ('signed-in', clock_timestamp() - interval '25 months'),
       ('signed-in', clock_timestamp() - interval '23 months')`,
  );
  const older = (months: number) =>
    gateway.rows(
      `select 1 from gateway.sign_in_log where at < clock_timestamp() - make_interval(months => $1)`,
      months,
    );
  expect(await older(24)).toHaveLength(1);
  await gateway.app.get(Sweep).sweep();

  expect(await older(24)).toEqual([]);
  expect(await older(22)).toHaveLength(1);
});

test('what is over is swept away, what holds stays', async () => {
  await gateway.rows(
    `insert into gateway.sign_in values ('\\x01', 'n', 'v', '/', clock_timestamp() - interval '1 second')`,
  );
  await gateway.rows(
    `insert into gateway.oidc (model, id, payload, expires_at) values ('Session', 'old', '{}', clock_timestamp() - interval '1 second')`,
  );
  await gateway.app.get(Sweep).sweep();

  expect(await gateway.rows('select 1 from gateway.sign_in where expires_at < clock_timestamp()')).toEqual([]);
  expect(await gateway.rows('select 1 from gateway.oidc where expires_at < clock_timestamp()')).toEqual([]);
  expect((await quang.once('/api/session')).status).toBe(200);
});

test('accounts whose password everybody knows are not made where it is no demo', async () => {
  expect(await quang.post('/api/accounts/demo', { officialIds: ['lan'] })).toMatchObject({
    status: 403,
    body: { code: 'NO_DEMO' },
  });
});

test('an administrator sees how each service is and since when, nobody else; of what is wrong no log is told', async () => {
  const first = await quang.open('/api/health');
  const later = await quang.open('/api/health');

  expect(first.body.services).toMatchObject([
    { service: 'desk', state: expect.stringMatching(/^(ok|behind)$/), since: expect.stringMatching(/Z$/) },
    { service: 'clock', state: 'silent', checks: [] },
    { service: 'oversight', state: 'silent', checks: [] },
  ]);
  const [desk] = first.body.services;
  expect(desk.checks).toContainEqual({ name: 'escalationSeconds', ok: true, lag: 0, since: expect.any(String) });
  expect(later.body.services[1]).toEqual(first.body.services[1]);
  expect(first.text).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
  expect((await (await gateway.signedIn('lan')).open('/api/health')).status).toBe(403);
});
