import type { Organisation } from '#domain';
import type { Browser } from '../test/browser';
import { demoOrganisation } from '../test/desk-process';
import { GatewayAtWork, passwordOf } from '../test/gateway-at-work';

/*
 * Accounts that take two persons, over HTTP, with a real desk. Quang and Tra are administrators; Quang holds a second post as one, and
 * Yen stands in for him.
 */

jest.setTimeout(60_000);

const since = '2025-06-30T17:00:00.000Z';
const [model] = demoOrganisation.posts;
const adminPost = (id: string) => ({ ...model!, id, officeId: 'do-luong', roles: ['administrator' as const] });
const held = (officialId: string, postId: string) => ({ officialId, postId, from: since, until: null });
const organisation: Organisation = {
  ...demoOrganisation,
  posts: [
    ...demoOrganisation.posts,
    adminPost('second-administrator'),
    adminPost('third-administrator'),
    { ...model!, id: 'assistant', officeId: 'do-luong', roles: [] },
  ],
  officials: [...demoOrganisation.officials, ...['tra', 'yen'].map((id) => ({ id, name: id, email: null }))],
  tenures: [
    ...demoOrganisation.tenures,
    held('quang', 'third-administrator'),
    held('tra', 'second-administrator'),
    held('yen', 'assistant'),
  ],
  absences: [{ officialId: 'quang', from: since, until: null }],
  deputies: [{ postId: 'do-luong-administrator', deputyPostId: 'assistant', from: since, until: null }],
  fourEyes: ['manage-accounts', 'load-organisation'],
};

let gateway: GatewayAtWork;
let quang: Browser;
let tra: Browser;
beforeAll(async () => {
  gateway = await GatewayAtWork.start({ organisation });
  quang = await gateway.signedIn('quang');
});
afterAll(() => gateway.stop());

const issuer = 'https://id.example';
const proposals = '/api/accounts/proposals';
const propose = (who: Browser, act: object) => who.post(proposals, act);
const proposed = async (who: Browser, act: object): Promise<string> => {
  const reply = await propose(who, act);
  expect(reply).toMatchObject({ status: 201, body: { state: 'open', mayDecide: false } });
  return reply.body.proposalId as string;
};
const decide = (who: Browser, id: string, verb: string, body = {}) => who.post(`${proposals}/${id}/${verb}`, body);
const accountOf = async (officialId: string) => {
  const { accounts } = (await quang.once('/api/accounts')).body as { accounts: { officialId: string }[] };
  return accounts.find((one) => one.officialId === officialId);
};

test('until a second administrator has signed in the first one acts alone; from then on it takes two', async () => {
  expect(await propose(quang, { act: 'invitation', officialId: 'quang' })).toMatchObject({
    body: { code: 'ONE_IS_ENOUGH' },
  });
  expect((await quang.post('/api/accounts', { officialId: 'tuan', username: 'tuan' })).status).toBe(201);
  tra = await gateway.signedIn('tra');

  const alone = await quang.post('/api/accounts', { officialId: 'son', username: 'son' });
  expect(alone).toMatchObject({ status: 409, body: { code: 'FOUR_EYES', command: 'manage-accounts' } });
  expect(alone.body.detail).toContain(`POST ${proposals}`);
  expect(await accountOf('son')).toBeUndefined();
});

test('every way to let somebody in takes two; to shut somebody out is one person’s, at once', async () => {
  await gateway.signedIn('lan');
  const giving: readonly (readonly [string, object])[] = [
    ['', { officialId: 'son', username: 'son' }],
    ['/lan/invitation', {}],
    ['/lan/enabling', {}],
    ['/identities', { issuer, subject: 'one', officialId: 'lan' }],
    ['/identities/end', { issuer, subject: 'one' }],
    ['/identities/unbar', { issuer, subject: 'one' }],
  ];
  for (const [path, body] of giving) {
    expect(await quang.post(`/api/accounts${path}`, body)).toMatchObject({ status: 409, body: { code: 'FOUR_EYES' } });
  }
  expect(await quang.post('/api/accounts/demo', { officialIds: ['son'] })).toMatchObject({ body: { code: 'NO_DEMO' } });
  const asCommandLine = await fetch(`${gateway.origin}/api/accounts/lan/invitation`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await gateway.token('quang', 'do-luong-administrator', 'do-luong')}` },
  });
  expect(asCommandLine.status).toBe(409);

  expect(await quang.post('/api/accounts/lan/sessions/end')).toMatchObject({ status: 200, body: { ended: 1 } });
  expect(await quang.post('/api/accounts/lan/disabling')).toMatchObject({ status: 200 });
  expect(await quang.post('/api/accounts/identities/bar', { issuer, subject: 'one' })).toMatchObject({ status: 200 });
  const { signIns } = (await tra.once('/api/accounts/sign-ins?limit=3')).body;
  expect(signIns.map(({ outcome, by }: Record<string, string>) => `${outcome} by ${by}`)).toEqual([
    'barred by quang',
    'disabled by quang',
    'sessions-ended by quang',
  ]);
});

test('what one proposes another does; both stand in the log, and the link is told to who approves', async () => {
  const id = await proposed(quang, { act: 'opening', officialId: 'son', username: ' Son.Ho ' });
  expect(await accountOf('son')).toBeUndefined();
  expect(await propose(tra, { act: 'opening', officialId: 'son', username: 'son.ho' })).toMatchObject({
    status: 409,
    body: { code: 'ALREADY_PROPOSED', approvalId: id },
  });
  const page = (await tra.once(proposals)).body.proposals;
  expect(page[0]).toMatchObject({
    proposalId: id,
    act: 'opening',
    username: 'son.ho',
    proposedBy: 'quang',
    mayDecide: true,
  });

  const approved = await decide(tra, id, 'approve');

  expect(approved).toMatchObject({ status: 200, body: { officialId: 'son' } });
  const secret = new URL(approved.body.link as string).searchParams.get('secret')!;
  const password = 'một câu dễ nhớ';
  await gateway.browser().send('/sign-in/invitation', { secret, password, again: password });
  expect((await gateway.browser().signIn('son.ho', password)).status).toBe(200);
  const { signIns } = (await quang.once('/api/accounts/sign-ins?official=son&kind=changes')).body;
  expect(signIns).toMatchObject([
    { outcome: 'password-set', by: null },
    { outcome: 'invited', by: 'tra', proposedBy: 'quang' },
  ]);
  expect(await decide(tra, id, 'approve')).toMatchObject({ status: 409, body: { code: 'APPROVAL_CLOSED' } });
});

test('nobody approves their own: not in another post, not in another browser, not by a deputy', async () => {
  const id = await proposed(quang, { act: 'enabling', officialId: 'lan' });
  expect(await decide(quang, id, 'approve')).toMatchObject({ status: 409, body: { code: 'OWN_PROPOSAL' } });
  const again = await gateway.signedIn('quang');
  await again.post('/api/post', { postId: 'third-administrator' });
  expect((await again.once('/api/session')).body.post.id).toBe('third-administrator');
  expect(await decide(again, id, 'approve')).toMatchObject({ body: { code: 'OWN_PROPOSAL' } });
  expect(await decide(again, id, 'decline', { reasonCode: 'survey' })).toMatchObject({
    body: { code: 'OWN_PROPOSAL' },
  });
  const yen = await gateway.signedIn('yen');
  expect((await yen.once(proposals)).body.proposals[0]).toMatchObject({ proposalId: id, mayDecide: false });
  expect(await decide(yen, id, 'approve')).toMatchObject({ body: { code: 'OWN_PROPOSAL' } });
  expect(await accountOf('lan')).toMatchObject({ state: 'disabled' });

  const byDeputy = await proposed(yen, { act: 'invitation', officialId: 'tuan' });
  expect(await decide(quang, byDeputy, 'approve')).toMatchObject({ body: { code: 'OWN_PROPOSAL' } });
  expect((await decide(tra, byDeputy, 'approve')).status).toBe(200);
  expect(await decide(tra, id, 'withdraw')).toMatchObject({ status: 403, body: { code: 'NOT_THE_PROPOSER' } });
  expect(await decide(quang, id, 'withdraw')).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
});

test('what was done to the account meanwhile puts the proposal out of date', async () => {
  const id = await proposed(quang, { act: 'enabling', officialId: 'lan' });
  expect((await tra.post('/api/accounts/lan/disabling')).status).toBe(200); // For another reason, which Quang does not know.

  expect(await decide(tra, id, 'approve')).toMatchObject({
    status: 409,
    body: { code: 'APPROVAL_CLOSED', state: 'outdated' },
  });
  expect(await accountOf('lan')).toMatchObject({ state: 'disabled' });

  const reset = await proposed(quang, { act: 'invitation', officialId: 'tuan' });
  const binding = await proposed(tra, { act: 'binding', issuer, subject: 'two', officialId: 'tuan' });
  expect((await decide(quang, binding, 'approve')).status).toBe(200);
  expect(await decide(tra, reset, 'approve')).toMatchObject({ body: { code: 'APPROVAL_CLOSED', state: 'outdated' } });
  expect(await propose(quang, { act: 'binding', issuer, subject: 'two', officialId: 'lan' })).toMatchObject({
    body: { code: 'IDENTITY_BOUND' },
  });
  const unbinding = await proposed(quang, { act: 'unbinding', issuer, subject: 'two' });
  expect((await quang.post('/api/accounts/identities/bar', { issuer, subject: 'two' })).status).toBe(200);
  expect(await decide(tra, unbinding, 'approve')).toMatchObject({ body: { state: 'outdated' } });
  const unbarring = await proposed(quang, { act: 'unbarring', issuer, subject: 'two' });
  expect(await decide(tra, unbarring, 'decline', { reasonCode: 'survey' })).toMatchObject({
    status: 200,
    body: { state: 'declined', decidedBy: 'tra', reasonCode: 'survey' },
  });
  expect(
    await gateway.rows(`select 1 from gateway.identity where subject = 'two' and barred_at is not null`),
  ).toHaveLength(1);
});

test('of two who approve at once, one does', async () => {
  const id = await proposed(quang, { act: 'invitation', officialId: 'tuan' });
  const replies = await Promise.all([decide(tra, id, 'approve'), decide(tra, id, 'approve')]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('whoever locks the other administrators out is not alone by it', async () => {
  expect((await quang.post('/api/accounts/tra/disabling')).status).toBe(200);
  expect(await quang.post('/api/accounts/lan/enabling')).toMatchObject({ body: { code: 'FOUR_EYES' } });
  const id = await proposed(quang, { act: 'enabling', officialId: 'tra' });
  expect(await decide(quang, id, 'approve')).toMatchObject({ body: { code: 'OWN_PROPOSAL' } });
  expect((await tra.once('/api/session')).status).toBe(401);
  expect((await gateway.browser().signIn('tra', passwordOf('tra'))).status).toBe(401);
});

test('what is proposed is judged by its fields, and seen and decided by who manages accounts alone', async () => {
  expect(await propose(quang, { act: 'opening', officialId: 'nobody', username: 'nobody' })).toMatchObject({
    body: { errors: [{ field: 'officialId' }] },
  });
  expect(await propose(quang, { act: 'opening', officialId: 'binh' })).toMatchObject({
    body: { errors: [{ field: 'username' }] },
  });
  expect(await propose(quang, { act: 'disabling', officialId: 'binh' })).toMatchObject({
    body: { errors: [{ field: 'act' }] },
  });
  expect(await propose(quang, { act: 'invitation', officialId: 'nobody' })).toMatchObject({
    body: { code: 'ACCOUNT_NOT_FOUND' },
  });
  const huong = await gateway.signedIn('huong');
  expect((await huong.once(proposals)).status).toBe(403);
  expect((await decide(huong, '00000000-0000-7000-8000-000000000000', 'approve')).status).toBe(403);
  expect((await decide(quang, '00000000-0000-7000-8000-000000000000', 'approve')).body.code).toBe('APPROVAL_NOT_FOUND');
  await expect(gateway.asGateway(`update gateway.account_proposal set authors = '{}'`)).rejects.toThrow(
    'permission denied',
  );
  await expect(gateway.asGateway('delete from gateway.account_proposal')).rejects.toThrow('permission denied');
});
