import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreAway, type AttachmentStore } from '#platform';
import { eventually, scraped } from '#testing';
import { ClamdStandIn } from '../../test/clamd-stand-in';
import { DeskAtWork, demoOrganisation, type Reply } from '../../test/desk-at-work';
import { AttachmentRounds } from './attachment-rounds';
import { ATTACHMENT_STORE, type AttachmentView } from './attachments';
import { MOST_BYTES } from './upload';

jest.setTimeout(60_000);

const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';
const pdf = (text: string | Buffer) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(text)]);
const folder = mkdtempSync(join(tmpdir(), 'motcua-attachments-'));
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

let clamd: ClamdStandIn;
let desk: DeskAtWork;

beforeAll(async () => {
  clamd = await ClamdStandIn.start();
  const settings = { ATTACHMENT_FOLDER: folder, CLAMD_URL: `tcp://127.0.0.1:${clamd.port}` };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', settings });
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await desk.stop();
  await clamd.stop();
});

interface Sending {
  readonly who?: string;
  readonly name?: string;
  readonly sha256?: string;
  readonly key?: string;
  readonly query?: string;
  readonly to?: DeskAtWork;
}

async function tokenOf(who: string, to: DeskAtWork): Promise<string> {
  const post = demoOrganisation.tenures.find(({ officialId }) => officialId === who)?.postId ?? 'none';
  const office = demoOrganisation.posts.find(({ id }) => id === post)?.officeId ?? 'none';
  return to.token('issuer', { sub: who, post, office });
}

async function add(dossierId: string, bytes: Buffer, sending: Sending = {}): Promise<Reply & { location: string }> {
  const { who = 'lan', name = 'Đơn đề nghị.pdf', key = randomUUID(), query = '', to = desk } = sending;
  const answer = await fetch(`${to.url}/dossiers/${dossierId}/attachments${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await tokenOf(who, to)}`,
      'content-type': 'application/octet-stream',
      'idempotency-key': key,
      'x-attachment-name': encodeURIComponent(name),
      'x-attachment-sha256': sending.sha256 ?? createHash('sha256').update(bytes).digest('hex'),
    },
    body: new Uint8Array(bytes),
  });
  const { headers, status } = answer;
  return { status, etag: headers.get('etag'), location: headers.get('location') ?? '', body: await answer.json() };
}

async function added(dossierId: string, bytes: Buffer, sending: Sending = {}): Promise<string> {
  const reply = await add(dossierId, bytes, sending);
  expect(reply).toMatchObject({ status: 201 });
  return reply.location.split('/').at(-1) ?? '';
}

async function opened(dossierId: string, attachmentId: string, who = 'lan', from = desk) {
  const authorization = `Bearer ${await tokenOf(who, from)}`;
  const answer = await fetch(`${from.url}/dossiers/${dossierId}/attachments/${attachmentId}`, {
    headers: { authorization },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function list(dossierId: string, who = 'lan'): Promise<readonly AttachmentView[]> {
  const { body } = await desk.as(who, 'GET', `/dossiers/${dossierId}/attachments`);
  return (body as { attachments: AttachmentView[] }).attachments;
}

async function untilSeen(dossierId: string, attachmentId: string): Promise<string> {
  return eventually(async () => {
    const state = (await list(dossierId)).find((one) => one.attachmentId === attachmentId)?.state ?? 'none';
    if (state === 'quarantined') throw new Error('The scanner has not seen it.');
    return state;
  });
}

const pathOf = (attachmentId: string) => join(folder, attachmentId.slice(-2), attachmentId);
const stored = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.length > 30);

test('a file comes back byte for byte as a download; the journal proves which it was, and says no name', async () => {
  const { dossierId } = await desk.receive();
  const bytes = pdf(randomBytes(300_000));
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  const attachmentId = await added(dossierId, bytes, { query: '?component=identity' });
  expect(await untilSeen(dossierId, attachmentId)).toBe('clean');
  const { status, headers, bytes: back } = await opened(dossierId, attachmentId);

  expect([status, back.equals(bytes)]).toEqual([200, true]);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringContaining(`attachment; filename=`) as string,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const { body } = await desk.as('thu', 'GET', `/dossiers/${dossierId}/history`);
  const event = body.entries.at(-1).event as { type: string; data: object };
  const file = { attachmentId, componentCode: 'identity', mediaType: 'application/pdf', bytes: bytes.length, sha256 };
  expect(event).toMatchObject({ type: 'attachment-added', data: file });
  expect(JSON.stringify(event)).not.toContain('nghị');
  expect(await list(dossierId)).toMatchObject([{ ...file, name: 'Đơn đề nghị.pdf', by: { officialId: 'lan' } }]);
  const [onDisk] = [readFileSync(pathOf(attachmentId))];
  expect([onDisk.includes('%PDF'), onDisk.includes(bytes.subarray(100, 130))]).toEqual([false, false]);
});

test('who opened which file stands in the access log', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf('a'));
  await untilSeen(dossierId, attachmentId);
  await opened(dossierId, attachmentId, 'thu');

  const looks = `select official_id, action from desk.access_log where dossier_id = $1 and attachment_id = $2`;
  expect(await desk.rows(looks, dossierId, attachmentId)).toEqual([{ official_id: 'thu', action: 'read-attachment' }]);
});

test('the same request sent again, also at the same time, is answered alike and adds nothing', async () => {
  const { dossierId } = await desk.receive();
  const sending = { key: randomUUID() };
  const before = stored();
  const replies = await Promise.all([1, 2, 3].map(() => add(dossierId, pdf('once'), sending)));
  replies.push(await add(dossierId, pdf('once'), sending));

  expect(new Set(replies.map(({ status, location }) => `${status} ${location}`)).size).toBe(1);
  expect(await list(dossierId)).toHaveLength(1);
  const kept = stored()
    .filter((one) => !before.includes(one))
    .map((one) => one.split('/')[1]);
  expect(kept).toEqual([replies[0]?.location.split('/').at(-1)]); // What the repeats brought is gone.
  expect(await add(dossierId, pdf('other'), sending)).toMatchObject({ status: 422 });
});

test('what is too large, changed on the way, or of no kind that is taken leaves nothing behind', async () => {
  const { dossierId } = await desk.receive();
  const before = stored();

  const large = pdf(Buffer.alloc(MOST_BYTES + 1 - pdf('').length));
  expect(await add(dossierId, large)).toMatchObject({ status: 413, body: { code: 'ATTACHMENT_TOO_LARGE' } });
  const other = { sha256: 'a'.repeat(64) };
  expect(await add(dossierId, pdf('a'), other)).toMatchObject({ body: { code: 'ATTACHMENT_HASH_MISMATCH' } });
  for (const text of ['<!doctype html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'MZ']) {
    const reply = await add(dossierId, Buffer.from(text), { name: 'scan.pdf' });
    expect(reply).toMatchObject({ status: 400, body: { code: 'ATTACHMENT_KIND_REFUSED' } });
  }
  const { dossierId: withPapers } = await desk.receive({ procedureCode: 'S1.000013' });
  expect(await add(withPapers, pdf('a'), { query: '?component=unheard-of' })).toMatchObject({ status: 400 });
  expect(await add(dossierId, pdf('a'), { name: '\u202efdp.exe' })).toMatchObject({ status: 400 });
  expect(await desk.as('lan', 'POST', `/dossiers/${dossierId}/attachments`, { a: 1 })).toMatchObject({ status: 415 });

  expect(await list(dossierId)).toEqual([]);
  // Also of the paper that is none, which is known only when all bytes are there.
  expect(stored().filter((one) => !before.includes(one))).toEqual([]);
  expect(await desk.rows('select 1 from desk.attachment_upload')).toEqual([]);
});

test('the largest file that is taken goes through whole', async () => {
  const { dossierId } = await desk.receive();
  const bytes = pdf(Buffer.alloc(MOST_BYTES - pdf('').length, 'x'));
  const attachmentId = await added(dossierId, bytes);
  await untilSeen(dossierId, attachmentId);

  expect((await opened(dossierId, attachmentId)).bytes.equals(bytes)).toBe(true);
});

test('a name is a name, wherever it points', async () => {
  const { dossierId } = await desk.receive();
  await added(dossierId, pdf('a'), { name: '../../../../etc/passwd' });
  await added(dossierId, pdf('b'), { name: '..\\..\\boot.ini' });

  expect((await list(dossierId)).map(({ name }) => name)).toEqual(['passwd', 'boot.ini']);
  expect(stored().every((one) => /^[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(one))).toBe(true);
});

test('an infected file is kept and never served', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf(eicar));

  expect(await untilSeen(dossierId, attachmentId)).toBe('infected');
  expect((await opened(dossierId, attachmentId)).status).toBe(409);
  expect(existsSync(pathOf(attachmentId))).toBe(true);
});

test('while the scanner is away a file stays in quarantine, visible in the figures; when it is back the file is seen', async () => {
  const { dossierId } = await desk.receive();
  const { port } = clamd;
  await clamd.stop();
  const attachmentId = await added(dossierId, pdf('waits'));

  const held = await opened(dossierId, attachmentId);
  expect([held.status, JSON.parse(held.bytes.toString()).code]).toEqual([409, 'ATTACHMENT_QUARANTINED']);
  expect((await scraped(desk.url)).find(({ name }) => name === 'motcua_attachments_quarantined')?.value).toBe(1);

  clamd = await ClamdStandIn.start(port);
  expect(await untilSeen(dossierId, attachmentId)).toBe('clean');
});

test('an office that is asked for its opinion opens the files, each look logged, and adds none', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf('what the opinion is about'));
  await untilSeen(dossierId, attachmentId);
  expect((await opened(dossierId, attachmentId, 'tuan')).status).toBe(404);
  const asked = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
  const question = { asked, limit: { amount: 1, unit: 'WORKING_DAY' }, questionCode: 'residence' };
  const { etag } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/request-opinion`, question, { ifMatch: etag });

  const { body } = await desk.as('tuan', 'GET', `/dossiers/${dossierId}/attachments`);
  expect(body).toMatchObject({ mayRead: true, mayAdd: false, attachments: [{ attachmentId }] });
  expect((await opened(dossierId, attachmentId, 'tuan')).bytes.equals(pdf('what the opinion is about'))).toBe(true);
  expect(await add(dossierId, pdf('x'), { who: 'tuan' })).toMatchObject({ status: 403 });
  const looks = await desk.rows(
    `select attachment_id from desk.access_log where dossier_id = $1 and official_id = 'tuan' and route is null
     order by id`,
    dossierId,
  );
  expect(looks).toEqual([{ attachment_id: null }, { attachment_id: attachmentId }]);
});

test('another office is told of nothing, and a dossier that has ended takes no file', async () => {
  const { dossierId, etag } = await desk.receive({ responsible: minh });
  const sending = { key: randomUUID() };
  const attachmentId = await added(dossierId, pdf('a'), sending);
  await untilSeen(dossierId, attachmentId);

  for (const who of ['tuan']) {
    expect((await opened(dossierId, attachmentId, who)).status).toBe(404);
    expect((await add(dossierId, pdf('b'), { who })).status).toBe(404);
  }
  const { dossierId: other } = await desk.receive();
  expect((await opened(other, attachmentId)).status).toBe(404);

  expect(etag).not.toBe('');
  const act = async (who: string, command: string, body: object) => {
    const { etag: ifMatch } = await desk.as('thu', 'GET', `/dossiers/${dossierId}`);
    expect(await desk.as(who, 'POST', `/dossiers/${dossierId}/${command}`, body, { ifMatch })).toMatchObject({
      status: 200,
    });
  };
  await act('minh', 'mark-processed', { result: 'granted' });
  await act('minh', 'return', { to: 'applicant', proof: 'signature' });
  expect(await add(dossierId, pdf('late'))).toMatchObject({ status: 409, body: { code: 'COMMAND_NOT_ALLOWED' } });
  expect(await added(dossierId, pdf('a'), sending)).toBe(attachmentId); // Done before is done, and says so.
  expect((await opened(dossierId, attachmentId)).status).toBe(200);
});

test('a file taken back stays, says why, and is taken back once', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf('wrong'));
  const path = `/dossiers/${dossierId}/attachments/${attachmentId}/withdrawal`;

  expect(await desk.as('lan', 'POST', path, { reasonCode: 'wrong-file' })).toMatchObject({ status: 200 });
  expect(await desk.as('lan', 'POST', path, { reasonCode: 'wrong-file' })).toMatchObject({
    body: { code: 'ATTACHMENT_WITHDRAWN_BEFORE' },
  });
  expect(await list(dossierId)).toMatchObject([{ withdrawn: { reasonCode: 'wrong-file', officialId: 'lan' } }]);
  expect(await untilSeen(dossierId, attachmentId)).toBe('clean');
  expect((await opened(dossierId, attachmentId)).status).toBe(200);
});

test('when the dossier’s key is destroyed neither name nor bytes can be read', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf('secret'));
  await untilSeen(dossierId, attachmentId);
  await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossierId);

  expect(await list(dossierId)).toMatchObject([{ attachmentId, name: null }]);
  expect((await opened(dossierId, attachmentId)).status).toBe(409);
});

test('an upload that breaks off half-way leaves no file; one that was never told of is swept after a day, bytes and all', async () => {
  const { dossierId } = await desk.receive();
  const token = await tokenOf('lan', desk);
  const half = send(`${desk.url}/dossiers/${dossierId}/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': '1000',
      'idempotency-key': randomUUID(),
      'x-attachment-name': 'half.pdf',
      'x-attachment-sha256': 'a'.repeat(64),
    },
  });
  half.on('error', () => undefined); // It is broken off here.
  half.write(pdf('half'));
  const uploads = 'select attachment_id from desk.attachment_upload order by begun_at desc limit 1';
  const before = await desk.rows(uploads);
  const begun = await eventually(async () => {
    const [row] = await desk.rows(uploads);
    if (!row || row['attachment_id'] === before[0]?.['attachment_id']) throw new Error('The upload has not begun.');
    return row['attachment_id'] as string;
  });
  half.destroy();
  await eventually(() => {
    if (existsSync(`${pathOf(begun)}.part`)) throw new Error('Half a file lies in the store.');
  });
  expect([existsSync(pathOf(begun)), await list(dossierId)]).toEqual([false, []]);

  // As if the process had died between the bytes and the row.
  const store = desk.app.get<AttachmentStore>(ATTACHMENT_STORE);
  const [orphan, fresh] = [randomUUID(), randomUUID()];
  for (const key of [orphan, fresh]) {
    await store.put(
      key,
      (async function* () {
        yield await Promise.resolve(Buffer.from('sealed'));
      })(),
      6,
    );
  }
  await desk.rows('update desk.attachment_upload set begun_at = clock_timestamp()');
  await desk.rows(
    `insert into desk.attachment_upload values ($1, clock_timestamp() - interval '25 hours'), ($2, clock_timestamp())`,
    orphan,
    fresh,
  );
  const stuck = '00000000-0000-4000-8000-000000000001'; // The first to be swept.
  await desk.rows(`insert into desk.attachment_upload values ($1, clock_timestamp() - interval '48 hours')`, stuck);
  const remove = store.remove.bind(store);
  jest.spyOn(store, 'remove').mockImplementation((key) => {
    return key === stuck ? Promise.reject(new StoreAway()) : remove(key);
  });
  await desk.app.get(AttachmentRounds).sweep();

  expect(await desk.rows('select 1 from desk.attachment_upload where attachment_id = $1', stuck)).toHaveLength(1);
  expect([existsSync(pathOf(orphan)), existsSync(pathOf(fresh))]).toEqual([false, true]);
  expect(await desk.rows('select 1 from desk.attachment_upload where attachment_id = $1', orphan)).toEqual([]);
});

test('an upload that lasted so long that a sweep may be at its bytes is refused', async () => {
  const { dossierId } = await desk.receive();
  const store = desk.app.get<AttachmentStore>(ATTACHMENT_STORE);
  const put = store.put.bind(store);
  jest.spyOn(store, 'put').mockImplementation(async (key, bytes, size) => {
    await put(key, bytes, size);
    await desk.rows(
      `update desk.attachment_upload set begun_at = clock_timestamp() - interval '23.5 hours' where attachment_id = $1`,
      key,
    );
  });

  expect(await add(dossierId, pdf('slow'))).toMatchObject({ status: 503, body: { code: 'UPLOAD_SWEPT' } });
  expect(await list(dossierId)).toEqual([]);
});

test('bytes that were changed in the store are not passed off as the file', async () => {
  const { dossierId } = await desk.receive();
  const attachmentId = await added(dossierId, pdf(randomBytes(200_000)));
  await untilSeen(dossierId, attachmentId);
  const bytes = readFileSync(pathOf(attachmentId));
  bytes[150_000] = bytes[150_000]! ^ 1;
  const store = desk.app.get<AttachmentStore>(ATTACHMENT_STORE);
  await store.remove(attachmentId);
  await store.put(
    attachmentId,
    (async function* () {
      yield await Promise.resolve(bytes);
    })(),
    bytes.length,
  );

  await expect(opened(dossierId, attachmentId)).rejects.toThrow();
});
