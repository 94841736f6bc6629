import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideKeys, type Keys } from './keys';

const signers = ['issuer', 'clock', 'oversight', 'gateway'] as const;
const privateFiles = [...signers, 'dossier', 'gatewaySecret', 'provider'] as const;

let folder: string;
let keys: Keys;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-keys-'));
  keys = await provideKeys(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a first start makes every key; private ones are readable by their owner alone', () => {
  expect(readdirSync(join(folder, 'keys')).sort()).toEqual([
    'clock.jwk',
    'dossier.key',
    'gateway.jwk',
    'gateway.secret',
    'issuer.jwk',
    'oversight.jwk',
    'provider.jwks',
    'trusted.jwks',
  ]);
  for (const name of privateFiles) expect(statSync(keys[name]).mode & 0o777).toBe(0o600);
  for (const path of [keys.dossier, keys.gatewaySecret]) {
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64')).toHaveLength(32);
  }
});

test('a later start finds the same keys', async () => {
  const before = textsOf(keys);
  await provideKeys(folder);

  expect(textsOf(keys)).toEqual(before);
});

test('without the trusted keys no private key is made anew, and the trusted ones are the same again', async () => {
  const before = textsOf(keys);
  rmSync(keys.trusted);
  await provideKeys(folder);

  expect(textsOf(keys)).toEqual(before);
});

test.each(privateFiles)('where the key of %s is lost, a new one is made and the others stay', async (lost) => {
  const before = textsOf(keys);
  rmSync(keys[lost]);
  await provideKeys(folder);

  const { [lost]: made, trusted, ...others } = textsOf(keys);
  expect(made).not.toBe(before[lost]);
  expect(before).toMatchObject(others);
  expect(publicHalves(trusted)).toEqual(signers.map((name) => publicHalfIn(keys, name)));
});

test('the trusted keys hold no private half', () => {
  const { keys: trusted } = JSON.parse(readFileSync(keys.trusted, 'utf8')) as { keys: readonly object[] };

  expect(trusted).toHaveLength(signers.length);
  for (const key of trusted) expect(key).not.toHaveProperty('d');
});

test('what else is trusted here stays trusted, also when a key of ours is made anew', async () => {
  const { keys: ours } = JSON.parse(readFileSync(keys.trusted, 'utf8')) as { keys: readonly PublicHalf[] };
  const earlier = { kid: 'clock.1', x: 'the half of an earlier key' };
  writeFileSync(keys.trusted, JSON.stringify({ keys: [...ours, earlier] }));
  rmSync(keys.clock);
  await provideKeys(folder);

  const trusted = publicHalves(readFileSync(keys.trusted, 'utf8'));
  expect(trusted).toEqual([...signers.map((name) => publicHalfIn(keys, name)), `${earlier.kid} ${earlier.x}`]);
});

test('a key that cannot be read keeps the stack from starting, and is not replaced', async () => {
  writeFileSync(keys.clock, 'torn');
  rmSync(keys.trusted);

  await expect(provideKeys(folder)).rejects.toThrow(/JSON/);
  expect(readFileSync(keys.clock, 'utf8')).toBe('torn');
});

function textsOf(keysOfStack: Keys): Record<keyof Keys, string> {
  const texts = Object.entries(keysOfStack).map(([name, path]: [string, string]) => [name, readFileSync(path, 'utf8')]);
  return Object.fromEntries(texts) as Record<keyof Keys, string>;
}

interface PublicHalf {
  readonly kid: string;
  readonly x: string;
}

function publicHalves(trusted: string): readonly string[] {
  return (JSON.parse(trusted) as { keys: readonly PublicHalf[] }).keys.map(({ kid, x }) => `${kid} ${x}`);
}

function publicHalfIn(keysOfStack: Keys, name: (typeof signers)[number]): string {
  const path = keysOfStack[name];
  const { kid, x } = JSON.parse(readFileSync(path, 'utf8')) as PublicHalf;
  return `${kid} ${x}`;
}
