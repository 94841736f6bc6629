import { createHash } from 'node:crypto';
import { newDataKey } from './sealed';
import { openedStream, sealedSize, sealedStream } from './sealed-stream';

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const key = newDataKey();

async function* cut(bytes: Buffer, step: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += step) yield Promise.resolve(bytes.subarray(at, at + step));
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const held: Uint8Array[] = [];
  for await (const some of bytes) held.push(some);
  return Buffer.concat(held);
}

const content = (size: number) => Buffer.alloc(size, createHash('sha256').update(String(size)).digest());
const sealed = (bytes: Buffer, step = 10_007) => all(sealedStream(key, cut(bytes, step), 'a file'));
const opened = (bytes: Buffer, context = 'a file', by = key) => all(openedStream(by, cut(bytes, 7_919), context));

test.each([1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])(
  '%i bytes come back as they were, however they were cut, and their sealed size is known before',
  async (size) => {
    const bytes = content(size);
    const hidden = await sealed(bytes);

    expect(hidden.length).toBe(sealedSize(size));
    expect((await opened(hidden)).equals(bytes)).toBe(true);
    expect((await sealed(bytes, 1_000_000)).equals(hidden)).toBe(true);
  },
);

test('chunks that are changed, exchanged, left out, repeated or cut off are found', async () => {
  const hidden = await sealed(content(3 * CHUNK + 5));
  const [format, first, second, third, last] = [
    hidden.subarray(0, 1),
    ...[0, 1, 2, 3].map((number) => hidden.subarray(1 + number * SEALED_CHUNK, 1 + (number + 1) * SEALED_CHUNK)),
  ] as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const flipped = Buffer.from(hidden);
  flipped[100] = flipped[100]! ^ 1;
  const forged = [
    flipped,
    Buffer.concat([format, second, first, third, last]),
    Buffer.concat([format, first, third, last]),
    Buffer.concat([format, first, first, second, third, last]),
    Buffer.concat([format, first, second, third]),
    Buffer.concat([format, first, second, third, last, last]),
    Buffer.concat([Buffer.of(2), hidden.subarray(1)]),
    hidden.subarray(0, -1),
    format,
    Buffer.alloc(0),
  ];
  for (const bytes of forged) await expect(opened(bytes)).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
});

test('it opens in its own place and with its own key alone', async () => {
  const hidden = await sealed(content(100));

  await expect(opened(hidden, 'another file')).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
  await expect(opened(hidden, 'a file', newDataKey())).rejects.toMatchObject({ code: 'SEAL_BROKEN' });
});
