import { randomBytes, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eventually, s3Server, type S3Server } from '#testing';
import { BytesMissing, nameOfKey, StoreAway, type AttachmentStore } from './attachment-store';
import { FolderStore } from './folder-store';
import { openStore } from './open-store';
import { readS3File, type S3File } from './s3-file';
import { S3Store } from './s3-store';

jest.setTimeout(60_000);

const parent = mkdtempSync(join(tmpdir(), 'motcua-stores-'));
const folder = join(parent, 'folder');
const waiting = join(parent, 'waiting');
const s3File = join(parent, 's3.json');
const limits = { answerMs: 500, allMs: 800, checkMs: 500, pausesMs: [0, 10, 10] };

let server: S3Server;
let stores: Readonly<Record<'folder' | 'bucket', AttachmentStore>>;

beforeAll(async () => {
  server = await s3Server(join(parent, 'server'));
  writeFileSync(s3File, JSON.stringify(server.file));
  stores = { folder: openStore(folder, undefined), bucket: openStore(waiting, s3File) };
});
afterAll(async () => {
  await server.stop();
  rmSync(parent, { recursive: true });
});

function bucketWith(changed: Partial<S3File>): S3Store {
  return new S3Store(Object.assign(readS3File(s3File), changed), new FolderStore(waiting), limits);
}

async function* inPieces(bytes: Buffer, of = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += of) yield await Promise.resolve(bytes.subarray(at, at + of));
}

async function* brokenOff(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes);
  throw new RangeError('broken off');
}

async function read(store: AttachmentStore, key: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const some of await store.get(key)) pieces.push(some);
  return Buffer.concat(pieces);
}

async function listed(store: AttachmentStore) {
  const found = [];
  for await (const one of store.list()) found.push(one);
  return found;
}

const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe.each(['folder', 'bucket'] as const)('the store in a %s', (name) => {
  const store = () => stores[name];

  test('gives back byte for byte what was put, also the largest, and a single byte', async () => {
    for (const size of [1, 64 * 1024 + 1, 21 * 1024 * 1024]) {
      const [key, bytes] = [randomUUID(), randomBytes(size)];
      await store().put(key, inPieces(bytes, 100_000), size);
      expect((await read(store(), key)).equals(bytes)).toBe(true);
    }
  });

  test('says of a key without bytes that they are missing', async () => {
    await expect(store().get(randomUUID())).rejects.toThrow(BytesMissing);
  });

  test('keeps nothing of what breaks off, or has another size than was said', async () => {
    const [half, short] = [randomUUID(), randomUUID()];
    await expect(store().put(half, brokenOff(randomBytes(50_000)), 60_000)).rejects.toThrow('broken off');
    await expect(store().put(short, inPieces(randomBytes(10)), 11)).rejects.toThrow('10 of 11');
    for (const key of [half, short]) await expect(store().get(key)).rejects.toThrow(BytesMissing);
    expect(filesIn(waiting)).toEqual([]);
  });

  test('removes, also what is not there', async () => {
    const key = randomUUID();
    await store().put(key, inPieces(Buffer.from('a')), 1);
    await store().remove(key);
    await store().remove(key);
    await expect(store().get(key)).rejects.toThrow(BytesMissing);
  });

  test('lists what lies there, and when it came', async () => {
    const key = randomUUID();
    await store().put(key, inPieces(Buffer.from('a')), 1);
    const found = (await listed(store())).find((one) => one.key === key);
    expect(found).toEqual({ key, name: nameOfKey(key), storedAt: expect.stringMatching(/^\d{4}-.+T.+Z$/) as string });
    await store().check();
  });
});

test('a file in the folder that nobody reads, or reads on, is closed when they have gone', async () => {
  const [key, gone] = [randomUUID(), new AbortController()];
  await stores.folder.put(key, inPieces(randomBytes(300_000)), 300_000);
  const half = (await stores.folder.get(key, gone.signal))[Symbol.asyncIterator]();
  await half.next();
  const contents = [await stores.folder.get(key, gone.signal), await stores.folder.get(key, AbortSignal.abort())];
  gone.abort();
  await expect(half.next()).rejects.toThrow();
  for (const content of contents) await eventually(() => expect((content as unknown as Readable).closed).toBe(true));
});

test('a folder copied into a bucket as it is, is the same store; what else lies there is listed by its name', async () => {
  const [key, bytes] = [randomUUID(), randomBytes(1_000)];
  await stores.folder.put(key, inPieces(bytes), bytes.length);
  cpSync(join(folder, nameOfKey(key)), join(server.folder, nameOfKey(key)));
  expect((await read(stores.bucket, key)).equals(bytes)).toBe(true);

  writeFileSync(join(server.folder, 'notes.txt'), 'not ours');
  expect((await listed(stores.bucket)).find(({ name }) => name === 'notes.txt')).toMatchObject({ key: null });
});

test('a folder that is not there, and a bucket that is not, are away: nothing is said of their files', async () => {
  const elsewhere = new FolderStore(join(parent, 'not-mounted'));
  const inNoBucket = bucketWith({ bucket: 'no-such-bucket' });
  for (const store of [elsewhere, inNoBucket]) {
    await expect(store.get(randomUUID())).rejects.toThrow(StoreAway);
    await expect(store.check()).rejects.toThrow(StoreAway);
    await expect(listed(store)).rejects.toThrow(StoreAway);
  }
});

test('another secret is refused by the server: what is sent is signed', async () => {
  const store = bucketWith({ secretAccessKey: 'guessed' });
  const refused = await store.put(randomUUID(), inPieces(Buffer.from('a')), 1).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'ATTACHMENT_STORE_AWAY',
    cause: { message: 'The store answered 403 SignatureDoesNotMatch.' },
  });
});

describe('a server that does not do as it should', () => {
  let answers: ((respond: (status: number, text?: string) => void, response: ServerResponse) => void)[] = [];
  let asked = 0;
  let http: Server;
  let store: S3Store;

  beforeAll(async () => {
    http = createServer((request, response) => {
      asked += 1;
      request.resume();
      answers.shift()?.((status, text = '') => response.writeHead(status).end(text), response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    store = bucketWith({ endpoint });
  });
  beforeEach(() => {
    answers = [];
    asked = 0;
  });
  afterAll(() => {
    http.closeAllConnections();
    http.close();
  });

  test('is asked again, with all the bytes again, and three times at most', async () => {
    answers = [(respond) => respond(503), (respond) => respond(500), (respond) => respond(200)];
    await store.put(randomUUID(), inPieces(Buffer.from('abc')), 3);
    expect(asked).toBe(3);

    answers = [503, 503, 503, 200].map((status) => (respond) => respond(status));
    await expect(store.put(randomUUID(), inPieces(Buffer.from('abc')), 3)).rejects.toThrow(StoreAway);
    expect(asked).toBe(6);
    expect(filesIn(waiting)).toEqual([]);
  });

  test('is not waited for longer than is said, all attempts together', async () => {
    const hangs = () => undefined;
    for (const ask of [
      () => store.get(randomUUID()),
      () => store.remove(randomUUID()),
      () => store.put(randomUUID(), inPieces(Buffer.from('abc')), 3),
    ]) {
      answers = [hangs, hangs, hangs];
      const began = performance.now();
      await expect(ask()).rejects.toThrow(StoreAway);
      expect(performance.now() - began).toBeLessThan(limits.allMs + 300);
    }
    expect(filesIn(waiting)).toEqual([]);
  });

  test('is not waited for by nobody: neither its answer, nor the rest of a file, nor a connection stays', async () => {
    for (const ask of [
      (gone: AbortSignal) => store.get(randomUUID(), gone),
      (gone: AbortSignal) => store.remove(randomUUID(), gone),
      (gone: AbortSignal) => store.put(randomUUID(), inPieces(Buffer.from('abc')), 3, gone),
    ]) {
      const [gone, before] = [new AbortController(), asked];
      answers = [() => gone.abort(), () => undefined, () => undefined];
      const began = performance.now();
      await expect(ask(gone.signal)).rejects.toThrow(StoreAway);
      expect(performance.now() - began).toBeLessThan(300);
      expect(asked).toBe(before + 1);
    }

    const [gone, ended] = [new AbortController(), jest.fn()];
    answers = [(_, response) => void response.on('close', ended).writeHead(200).write('half a file')];
    const content = await store.get(randomUUID(), gone.signal);
    gone.abort();
    await eventually(() => expect(ended).toHaveBeenCalled());
    await expect(content[Symbol.asyncIterator]().next()).rejects.toThrow(StoreAway);
    expect(filesIn(waiting)).toEqual([]);
  });

  test('is not asked again where it refuses', async () => {
    answers = [(respond) => respond(403, '<Error><Code>AccessDenied</Code></Error>')];
    await expect(store.get(randomUUID())).rejects.toThrow(StoreAway);
    expect(asked).toBe(1);
  });

  test('pages through its listing to the end', async () => {
    const page = (name: string, more: string) =>
      `<ListBucketResult>${more}<Contents><Key>${name}</Key><LastModified>2026-11-27T04:30:57Z</LastModified></Contents></ListBucketResult>`;
    const more = '<IsTruncated>true</IsTruncated><NextContinuationToken>a&amp;b</NextContinuationToken>';
    answers = [(respond) => respond(200, page('one', more)), (respond) => respond(200, page('t&lt;wo', ''))];
    expect((await listed(store)).map(({ name }) => name)).toEqual(['one', 't<wo']);
  });
});

test('a file that names no bucket keeps the process from starting, and is not repeated', () => {
  const wrong = join(parent, 'wrong.json');
  writeFileSync(wrong, JSON.stringify({ ...server.file, bucket: 'No Bucket', secret: 'x' }));
  expect(() => readS3File(wrong)).toThrow('property secret should not exist; bucket must be the name of a bucket');
  writeFileSync(wrong, '{ "secretAccessKey": "of-the-office-alone"');
  expect(() => readS3File(wrong)).toThrow('it cannot be read, or is no JSON');
});
