import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, readKeyFile } from '#platform';
import { eventually, http, Link, s3Server, type S3Server } from '#testing';
import { filesAsProved } from '../../apps/cli/src/verify/attachments';
import { demoOrganisation, DeskAtWork } from '../../apps/desk/test/desk-at-work';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'motcua-bucket-'));
const s3File = join(folder, 's3.json');
const keyFile = join(folder, 'dossier.key');

let server: S3Server;
let link: Link;
let desk: DeskAtWork;

beforeAll(async () => {
  server = await s3Server(join(folder, 'server'));
  link = await Link.to(`127.0.0.1:${server.port}`, http);
  writeFileSync(s3File, JSON.stringify({ ...server.file, endpoint: `http://${link.address}` }));
  writeFileSync(keyFile, Buffer.alloc(32, 7).toString('base64'));
  const settings = {
    ATTACHMENT_FOLDER: join(folder, 'waiting'),
    ATTACHMENT_S3_FILE: s3File,
    DOSSIER_KEY_FILE: keyFile,
    DATABASE_POOL: 3,
  };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', settings });
});
afterAll(async () => {
  await desk.stop();
  await link.close();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const pdf = (bytes: Buffer) => Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes]);
const authorization = async () => {
  const post = demoOrganisation.tenures.find(({ officialId }) => officialId === 'lan')?.postId ?? 'none';
  const office = demoOrganisation.posts.find(({ id }) => id === post)?.officeId ?? 'none';
  return `Bearer ${await desk.token('issuer', { sub: 'lan', post, office })}`;
};

async function add(
  dossierId: string,
  bytes: Buffer,
  key: string = randomUUID(),
  sha256 = createHash('sha256').update(bytes).digest('hex'),
  signal: AbortSignal | null = null,
) {
  const answer = await fetch(`${desk.url}/dossiers/${dossierId}/attachments`, {
    method: 'POST',
    headers: {
      authorization: await authorization(),
      'content-type': 'application/octet-stream',
      'idempotency-key': key,
      'x-attachment-name': 'scan.pdf',
      'x-attachment-sha256': sha256,
    },
    body: new Uint8Array(bytes),
    signal,
  });
  const attachmentId = answer.headers.get('location')?.split('/').at(-1) ?? '';
  return { status: answer.status, attachmentId, body: (await answer.json()) as { code?: string } };
}

async function opened(dossierId: string, attachmentId: string) {
  const url = `${desk.url}/dossiers/${dossierId}/attachments/${attachmentId}`;
  const answer = await fetch(url, { headers: { authorization: await authorization() } });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function health(question: 'ready' | 'caught-up') {
  const answer = await fetch(`${desk.url}/health/${question}`);
  return { status: answer.status, body: (await answer.json()) as { checks: Record<string, unknown> } };
}

const files = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
const pathOf = (attachmentId: string) => join(server.folder, attachmentId.slice(-2), attachmentId);

const counted: number[] = [];
const verified = (all: boolean) =>
  filesAsProved(
    {
      client: desk.owner,
      store: openStore(join(folder, 'verifying'), s3File),
      wrapping: readKeyFile(keyFile),
    },
    { all, shown: () => ({ update: (done) => counted.push(done), stop: () => undefined }) },
  );

test('a file lies sealed in the bucket, comes back byte for byte, and leaves nothing on the way', async () => {
  const { dossierId } = await desk.receive();
  const bytes = pdf(randomBytes(300_000));
  const { status, attachmentId } = await add(dossierId, bytes);

  expect(status).toBe(201);
  const back = await opened(dossierId, attachmentId);
  expect([back.status, back.bytes.equals(bytes)]).toEqual([200, true]);
  expect(readFileSync(pathOf(attachmentId)).includes('%PDF')).toBe(false);
  expect(files(join(folder, 'waiting'))).toEqual([]);
  expect((await health('caught-up')).body.checks).toMatchObject({ attachmentStore: { ok: true, lag: 0 } });
});

test('while the store is away nothing is half recorded, health says so, and the same request goes through later', async () => {
  const { dossierId } = await desk.receive();
  const [bytes, key] = [pdf(randomBytes(1_000)), randomUUID()];
  const { attachmentId } = await add(dossierId, bytes);
  link.set('cut');
  const away = { status: 503, body: { code: 'ATTACHMENT_STORE_AWAY' } };
  expect(await add(dossierId, pdf(Buffer.from('b')), key)).toMatchObject(away);
  const refused = await opened(dossierId, attachmentId);
  expect([refused.status, JSON.parse(refused.bytes.toString())]).toMatchObject([
    503,
    { code: 'ATTACHMENT_STORE_AWAY' },
  ]);
  await eventually(async () => {
    expect((await health('caught-up')).body.checks).toMatchObject({ attachmentStore: { ok: false, lag: null } });
  });
  expect((await health('ready')).status).toBe(200);
  const entries = `select 1 from desk.journal where stream = $1 and type = 'attachment-added'`;
  expect(await desk.rows(entries, dossierId)).toHaveLength(1);

  link.set('pass');
  const [done, again] = [
    await add(dossierId, pdf(Buffer.from('b')), key),
    await add(dossierId, pdf(Buffer.from('b')), key),
  ];
  expect([done.status, again]).toEqual([201, done]);
  expect((await opened(dossierId, attachmentId)).bytes.equals(bytes)).toBe(true);
});

test('a store that hangs keeps nobody else waiting: what was refused is deleted without a connection', async () => {
  const { dossierId } = await desk.receive();
  const uploads = () => desk.rows('select attachment_id from desk.attachment_upload order by 1');
  const before = await uploads();
  let withheld = 0;
  link.fateOf = (text) => {
    if (!text.startsWith('DELETE')) return 'pass';
    withheld += 1;
    return 'withhold';
  };
  const file = pdf(randomBytes(1_000));
  const twins = Array.from({ length: 4 }, () => randomUUID()).map((key) =>
    Promise.all([add(dossierId, file, key), add(dossierId, file, key)]),
  );
  await eventually(() => expect(withheld).toBeGreaterThan(2));

  const changed = await add(dossierId, file, randomUUID(), 'a'.repeat(64));
  expect(changed).toMatchObject({ status: 400, body: { code: 'ATTACHMENT_HASH_MISMATCH' } });
  await desk.receive();
  expect((await health('ready')).status).toBe(200);

  link.fateOf = () => 'pass';
  link.reset();
  for (const [one, other] of await Promise.all(twins)) expect([one.status, other]).toEqual([201, one]);
  expect(await uploads()).toEqual(before);
});

test('a store that hangs works for nobody who has gone: their connection to it ends at once, and nothing is recorded', async () => {
  const { dossierId } = await desk.receive();
  const { attachmentId } = await add(dossierId, pdf(randomBytes(1_000)));
  const url = `${desk.url}/dossiers/${dossierId}/attachments/${attachmentId}`;
  let asked = 0;
  link.reset();
  link.fateOf = (text) => {
    if (!/^(GET|PUT) /.test(text)) return 'pass';
    asked += 1;
    return 'withhold';
  };
  const gone = new AbortController();
  const left = [
    fetch(url, { headers: { authorization: await authorization() }, signal: gone.signal }),
    add(dossierId, pdf(Buffer.from('left')), randomUUID(), undefined, gone.signal),
  ].map((one) => one.catch((error: unknown) => (error as Error).name));
  await eventually(() => expect(asked).toBe(2));
  const before = link.ended;
  gone.abort();

  expect(await Promise.all(left)).toEqual(['AbortError', 'AbortError']);
  await eventually(() => expect(link.ended).toBeGreaterThanOrEqual(before + 2), { timeoutMs: 3_000 });
  link.fateOf = () => 'pass';
  await eventually(() => expect(files(join(folder, 'waiting'))).toEqual([]), { timeoutMs: 3_000 });
  expect(asked).toBe(2);
  const entries = `select 1 from desk.journal where stream = $1 and type = 'attachment-added'`;
  expect(await desk.rows(entries, dossierId)).toHaveLength(1);
});

test('where no scanner is any more, what was in quarantine is given out at once', async () => {
  const { dossierId } = await desk.receive();
  const { attachmentId } = await add(dossierId, pdf(Buffer.from('q')));
  await desk.rows(`update desk.attachment set state = 'quarantined' where attachment_id = $1`, attachmentId);
  await eventually(async () => expect((await opened(dossierId, attachmentId)).status).toBe(200), { timeoutMs: 5_000 });
});

test('verify finds every file that is not as its entry proves, and what belongs to none', async () => {
  const { dossierId } = await desk.receive();
  const { dossierId: erased } = await desk.receive();
  const one = async (of = dossierId) => (await add(of, pdf(randomBytes(100_000)))).attachmentId;
  const [changed, missing, otherRow, noRow, ofErased] = [
    await one(),
    await one(),
    await one(),
    await one(),
    await one(erased),
  ];
  await desk.rows('delete from desk.dossier_key where dossier_id = $1', erased);
  const before = await verified(true);
  expect(before).toMatchObject({ id: 'I18', offenders: [] });
  expect(counted.at(-1)).toBe(before.checked);

  const bytes = readFileSync(pathOf(changed));
  bytes[70_000] = bytes[70_000]! ^ 1;
  writeFileSync(pathOf(changed), bytes);
  rmSync(pathOf(missing));
  writeFileSync(pathOf(ofErased), 'cut short');
  await desk.rows('update desk.attachment set sha256 = $2 where attachment_id = $1', otherRow, 'a'.repeat(64));
  await desk.rows('delete from desk.attachment where attachment_id = $1', noRow);
  const [old, young] = [randomUUID(), randomUUID()];
  const store = openStore(join(folder, 'verifying'), s3File);
  for (const key of [old, young])
    await store.put(key, [Buffer.from('a')].values() as unknown as AsyncIterable<Uint8Array>, 1);
  const now = (await desk.rows('select extract(epoch from clock_timestamp())::float as now'))[0]?.['now'] as number;
  utimesSync(pathOf(old), now, now - 26 * 3_600);

  const { checked, offenders } = await verified(true);
  expect(new Set(offenders)).toEqual(
    new Set([
      `BYTES_CHANGED ${dossierId}/${changed}`,
      `BYTES_MISSING ${dossierId}/${missing}`,
      `BYTES_CHANGED ${erased}/${ofErased}`,
      `ROW_DIFFERS ${dossierId}/${otherRow}`,
      `ROW_MISSING ${dossierId}/${noRow}`,
      `BYTES_WITHOUT_ROW ${old.slice(-2)}/${old}`,
    ]),
  );
  expect(checked).toBe(before.checked);
  expect((await verified(false)).offenders).toHaveLength(5); // A sample looks at files alone.
});
