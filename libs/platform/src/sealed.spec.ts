import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { KeyFileInvalid } from './key-file';
import { newDataKey, open, readKeyFile, seal, SealBroken, unwrapKey, wrapKey } from './sealed';

const CONTEXT = 'applicant.name:0199';
const kek = newDataKey();
const dataKey = newDataKey();

test('what was sealed opens with its key in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, context) => {
      expect(open(dataKey, seal(dataKey, name, context), context).toString('utf8')).toBe(name);
    }),
  );
});

test('a data key comes back from its wrapping, and only with the key that wrapped it', () => {
  const unwrapped = unwrapKey(kek, wrapKey(kek, dataKey));

  expect(unwrapped.equals(dataKey)).toBe(true);
  expect(() => unwrapKey(newDataKey(), wrapKey(kek, dataKey))).toThrow(SealBroken);
});

test('every changed bit, every cut and every addition is noticed', () => {
  const sealed = seal(dataKey, 'Nguyễn Thị Lan', CONTEXT);
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(() => open(dataKey, changed, CONTEXT)).toThrow(SealBroken);
  }
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => open(dataKey, sealed.subarray(0, length), CONTEXT)).toThrow(SealBroken);
  }
  expect(() => open(dataKey, Buffer.concat([sealed, Buffer.of(0)]), CONTEXT)).toThrow(SealBroken);
});

test('sealed bytes moved to another dossier do not open there', () => {
  expect(() => open(dataKey, seal(dataKey, 'Lan', CONTEXT), 'applicant.name:0200')).toThrow(SealBroken);
});

test('the same name sealed twice looks different', () => {
  expect(seal(dataKey, 'Lan', CONTEXT).equals(seal(dataKey, 'Lan', CONTEXT))).toBe(false);
});

test('a key shows nothing of itself in a log', () => {
  const bytes = dataKey.export();
  for (const shown of [JSON.stringify({ dataKey }), inspect(dataKey)]) {
    expect(shown).not.toContain(bytes.toString('hex').slice(0, 8));
    expect(shown).not.toContain(bytes.toString('base64').slice(0, 8));
  }
});

describe('a key file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'motcua-key-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function fileWith(text: string): string {
    const path = join(folder, 'kek');
    writeFileSync(path, text);
    return path;
  }

  test('holds 32 bytes in base64', () => {
    const key = randomBytes(32);

    expect(
      readKeyFile(fileWith(`${key.toString('base64')}\n`))
        .export()
        .equals(key),
    ).toBe(true);
  });

  test.each([
    ['too short a key', randomBytes(16).toString('base64')],
    ['a password', 'correct horse battery staple correct horse'],
    ['nothing', ''],
  ])('with %s keeps the process from starting, and is not quoted', (_what, text) => {
    const path = fileWith(text);

    expect(() => readKeyFile(path)).toThrow(KeyFileInvalid);
    expect(() => readKeyFile(path)).toThrow(`The key file ${path} does not hold 32 bytes in base64.`);
  });

  test('that is not there is named', () => {
    expect(() => readKeyFile(join(folder, 'none'))).toThrow(/none cannot be read \(ENOENT/);
  });
});
