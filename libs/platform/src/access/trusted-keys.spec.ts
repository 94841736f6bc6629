import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { KeyFileInvalid } from '../key-file';
import type { Caller } from './caller';
import { newSigningKey, serviceTokens, type SigningKey, signToken } from './sign-token';
import { TokenRefused } from './token-refused';
import { readTrustedKeys, tokenVerifier } from './trusted-keys';

const lan = { sub: 'lan', post: 'clerk-1', office: 'h41-01', audience: ['desk', 'oversight'] } as const;
const now = Math.floor(Date.now() / 1000);

let folder: string;
let issuer: SigningKey;
let clock: SigningKey;
let stranger: SigningKey;
let callerOf: (token: string) => Promise<Caller>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-keys-'));
  [issuer, clock, stranger] = (await Promise.all(['issuer', 'clock', 'issuer'].map(newSigningKey))) as [
    SigningKey,
    SigningKey,
    SigningKey,
  ];
  callerOf = tokenVerifier({ keys: [issuer.publicJwk, clock.publicJwk] }, 'desk');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileWith(content: unknown): string {
  const path = join(folder, 'keys.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** A token of lan's that is right but for the given claims. */
async function tokenWith(
  claims: Record<string, unknown>,
  key = issuer,
  kid: string | null = key.privateJwk.kid ?? null,
): Promise<string> {
  return new SignJWT({
    sub: 'lan',
    post: 'clerk-1',
    office: 'h41-01',
    aud: 'desk',
    iat: now,
    exp: now + 300,
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', ...(kid === null ? {} : { kid }) })
    .sign(await importJWK(key.privateJwk, 'EdDSA'));
}

async function refusalOf(token: string, verify = callerOf): Promise<string | undefined> {
  const error: unknown = await verify(token).catch((refused: unknown) => refused);
  if (error instanceof TokenRefused) return error.errorCode;
  throw new Error(`The token was accepted: ${JSON.stringify(error)}`);
}

test('an official is known by the token, with post and office', async () => {
  const token = await signToken(issuer.privateJwk, lan);

  expect(await callerOf(token)).toEqual({
    kind: 'person',
    officialId: 'lan',
    postId: 'clerk-1',
    officeId: 'h41-01',
    authenticatedAt: null,
    token,
  });
});

test('a service speaks for itself', async () => {
  const token = await signToken(clock.privateJwk, { sub: 'service:clock', audience: 'desk' });

  expect(await callerOf(token)).toEqual({ kind: 'service', service: 'clock' });
});

test('a token made by hand with the right claims is accepted: the refusals below have one reason each', async () => {
  expect(await callerOf(await tokenWith({}))).toMatchObject({ officialId: 'lan' });
});

test.each<[string, Record<string, unknown>]>([
  ['for another service', { aud: 'oversight' }],
  ['for nobody', { aud: [] }],
  ['without the time of issue', { iat: undefined }],
  ['without an end', { exp: undefined }],
  ['that holds longer than five minutes', { exp: now + 301 }],
  ['from the future', { iat: now + 60, exp: now + 300 }],
  ['that holds only later', { nbf: now + 60 }],
  ['without an official', { sub: '' }],
  ['without a post', { post: undefined }],
  ['without an office', { office: undefined }],
  ['whose post is no text', { post: { any: 'post' } }],
  ['in which a person poses as a service', { sub: 'service:clock' }],
])('a token %s is not accepted', async (_what, claims) => {
  expect(await refusalOf(await tokenWith(claims))).toBe('TOKEN_INVALID');
});

test.each<[string, number, number]>([
  ['ended ten seconds ago', now - 200, now - 10],
  ['is older than five minutes, whatever it says of its end', now - 320, now + 60],
])('a token that %s has expired', async (_what, iat, exp) => {
  expect(await refusalOf(await tokenWith({ iat, exp }))).toBe('TOKEN_EXPIRED');
});

test('a token that was believed once is believed until it ends, and no longer', async () => {
  jest.useFakeTimers({ now: now * 1000, doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  const token = await tokenWith({});
  const first = await callerOf(token);
  jest.setSystemTime((now + 299) * 1000);
  const again = await callerOf(token);
  jest.setSystemTime((now + 310) * 1000);

  expect(again).toEqual(first);
  expect(await refusalOf(token)).toBe('TOKEN_EXPIRED');
  jest.useRealTimers();
});

test('clocks may differ by a few seconds', async () => {
  expect(await callerOf(await tokenWith({ iat: now + 3, exp: now + 300 }))).toMatchObject({ officialId: 'lan' });
  expect(await callerOf(await tokenWith({ iat: now - 200, exp: now - 2 }))).toMatchObject({ officialId: 'lan' });
});

test('a service cannot speak for a person, nor for another service', async () => {
  expect(await refusalOf(await tokenWith({}, clock))).toBe('TOKEN_INVALID');
  expect(await refusalOf(await tokenWith({ sub: 'service:desk' }, clock))).toBe('TOKEN_INVALID');
});

test('nobody else signs, and nobody signs with nothing', async () => {
  const unsigned = new UnsecuredJWT({ ...lan, aud: 'desk' }).setIssuedAt().setExpirationTime('5m').encode();
  const [header, , signature] = (await tokenWith({})).split('.');
  const changed = Buffer.from(JSON.stringify({ sub: 'chi', aud: 'desk', iat: now, exp: now + 300 })).toString(
    'base64url',
  );
  const secret = await new SignJWT({ sub: 'lan', aud: 'desk', iat: now, exp: now + 300 })
    .setProtectedHeader({ alg: 'HS256', kid: 'issuer' })
    .sign(Buffer.from(issuer.publicJwk.x ?? '', 'base64url'));

  for (const token of [
    await tokenWith({}, stranger),
    await tokenWith({}, stranger, 'clock'),
    await tokenWith({}, issuer, 'nobody'),
    await tokenWith({}, issuer, ''),
    unsigned,
    secret,
    `${header}.${changed}.${signature}`,
    'a.b.c',
    '',
  ]) {
    expect(await refusalOf(token)).toBe('TOKEN_INVALID');
  }
});

test('a token that does not name its key is not accepted, even when only one key could have signed it', async () => {
  const onlyIssuer = tokenVerifier({ keys: [issuer.publicJwk] }, 'desk');

  expect(await refusalOf(await tokenWith({}, issuer, null), onlyIssuer)).toBe('TOKEN_INVALID');
});

test('one algorithm under one name is accepted, also where a trusted key does not say its own', async () => {
  const unnamed = JSON.parse(JSON.stringify({ ...issuer.publicJwk, alg: undefined })) as JWK;
  const anyAlgorithm = tokenVerifier({ keys: [unnamed] }, 'desk');
  const renamed = await new SignJWT({ sub: 'lan', post: 'p', office: 'o', aud: 'desk', iat: now, exp: now + 300 })
    .setProtectedHeader({ alg: 'Ed25519', kid: 'issuer' })
    .sign(await importJWK({ ...issuer.privateJwk, alg: 'Ed25519' }, 'Ed25519'));

  expect(await anyAlgorithm(await tokenWith({}))).toMatchObject({ officialId: 'lan' });
  expect(await refusalOf(renamed, anyAlgorithm)).toBe('TOKEN_INVALID');
});

test('while keys change, the old and the new one are both trusted', async () => {
  const renewed = await newSigningKey('issuer.2027');
  const both = tokenVerifier(readTrustedKeys(fileWith({ keys: [issuer.publicJwk, renewed.publicJwk] })), 'desk');

  for (const { privateJwk } of [issuer, renewed]) {
    expect(await both(await signToken(privateJwk, lan))).toMatchObject({ kind: 'person' });
  }
});

test.each<[string, () => unknown]>([
  ['is no JSON', () => 'keys'],
  ['is no key set', () => ({ key: 1 })],
  ['holds no key', () => ({ keys: [] })],
  ['holds a private key', () => ({ keys: [issuer.privateJwk] })],
  ['holds two keys with the same kid', () => ({ keys: [issuer.publicJwk, stranger.publicJwk] })],
  ['holds a key whose kid is none of', () => ({ keys: [{ ...issuer.publicJwk, kid: 'audit' }] })],
  ['holds a key that is not Ed25519', () => ({ keys: [{ kty: 'oct', k: 'c2VjcmV0', kid: 'issuer' }] })],
])('a file of trusted keys that %s keeps the service from starting', (_what, content) => {
  expect(() => readTrustedKeys(fileWith(content()))).toThrow(KeyFileInvalid);
});

describe('tokens of a service', () => {
  test('one token is used until it nears its end, however many ask', async () => {
    let ms = now * 1000;
    const token = serviceTokens(fileWith(clock.privateJwk), ['desk', 'oversight'], () => ms);
    const [first, again] = await Promise.all([token(), token()]);
    ms += 239_000;
    const stillHeld = await token();
    ms += 2_000;
    const renewed = await token();

    expect([again, stillHeld]).toEqual([first, first]);
    expect(renewed).not.toBe(first);
    expect(await tokenVerifier({ keys: [clock.publicJwk] }, 'desk')(first)).toEqual({
      kind: 'service',
      service: 'clock',
    });
  });

  test.each<[string, () => unknown]>([
    ['is no JSON', () => 'key'],
    ['holds a public key', () => clock.publicJwk],
    ['holds the key of the issuer of people', () => issuer.privateJwk],
  ])('a key file that %s keeps the service from starting', (_what, content) => {
    expect(() => serviceTokens(fileWith(content()), 'desk')).toThrow(KeyFileInvalid);
  });
});
