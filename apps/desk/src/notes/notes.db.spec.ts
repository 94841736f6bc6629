import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '#testing';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const applicant = { name: 'Phan Canary Hai', phone: '0912777888' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };
const son = { officialId: 'son', postId: 'do-luong-land-officer' };

const log: string[] = [];
let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', log: (line) => void log.push(line) })));
afterAll(() => desk.stop());

/** A dossier of Lan's with what its receipt prints, and what somebody with the receipt can say. */
async function printed(body: object = {}) {
  const received = await desk.receive({ applicant, ...body });
  const path = `/dossiers/${received.dossierId}`;
  const receipt = (await desk.as('lan', 'GET', `${path}/look-up-secret`)).body as { code: string; secret: string };
  const { code, secret } = receipt;
  const say = (what: string, said: object, key: string = randomUUID()) => speak(what, { code, secret, ...said }, key);
  const seen = async () => (await desk.asService('gateway', 'POST', '/public-look-ups', { code, secret })).body;
  const write = (who: string, where: 'notes' | 'messages', text: string, key: string = randomUUID()) =>
    desk.as(who, 'POST', `${path}/${where}`, { text }, { key });
  const read = async (who: string, where: 'notes' | 'messages') => desk.as(who, 'GET', `${path}/${where}`);
  return { ...received, ...receipt, path, say, seen, write, read };
}

async function speak(what: string, body: object, key: string): Promise<Reply> {
  const token = await desk.token('gateway', { sub: 'service:gateway' });
  return desk.request(token, 'POST', `/public-look-ups/${what}`, body, { key });
}

async function processed(path: string): Promise<void> {
  const { etag } = await desk.as('lan', 'GET', path);
  const said = { result: 'granted' };
  expect((await desk.as('lan', 'POST', `${path}/mark-processed`, said, { ifMatch: etag })).status).toBe(200);
}

const looks = (dossierId: string) =>
  desk.rows(
    `select official_id, action from desk.access_log where dossier_id = $1 and outcome = 'allowed' order by id`,
    dossierId,
  );

test('a note of colleagues is read by the office, and by nobody on the citizen’s way', async () => {
  const { write, read, seen, dossierId } = await printed();
  expect(await write('lan', 'notes', 'Gọi điện: giấy bị mất.')).toMatchObject({ status: 201 });
  await write('lan', 'messages', 'Mời ông bổ sung.');

  expect((await read('huong', 'notes')).body.notes).toMatchObject([
    { author: { officialId: 'lan' }, text: 'Gọi điện: giấy bị mất.', readAt: null },
  ]);
  expect((await read('huong', 'messages')).body.messages).toMatchObject([{ text: 'Mời ông bổ sung.' }]);
  expect((await seen()).messages).toEqual([{ at: expect.any(String), from: 'office', text: 'Mời ông bổ sung.' }]);
  expect(await looks(dossierId)).toEqual(
    expect.arrayContaining([
      { official_id: 'huong', action: 'read-notes' },
      { official_id: 'service:gateway', action: 'look-up-with-secret' },
    ]),
  );
});

test('a note whose row says that it is a message cannot be opened as one', async () => {
  const { write, dossierId, code, secret } = await printed();
  await write('lan', 'notes', 'Canary nội bộ');
  await desk.rows(`update desk.note set visibility = 'applicant', entry_sequence = 1 where dossier_id = $1`, dossierId);

  const reply = await desk.asService('gateway', 'POST', '/public-look-ups', { code, secret });
  expect(reply.status).toBe(500);
  expect(JSON.stringify(reply.body)).not.toContain('Canary');
});

test('no code of the citizen’s way asks for notes of the office', () => {
  const folder = join('apps', 'desk', 'src', 'public-look-up');
  const asked = readdirSync(folder).flatMap((file) => [
    ...(file.includes('.spec.') ? '' : readFileSync(join(folder, file), 'utf8')).matchAll(
      /desk\.note\b|notes\.(of|add)\(.*|visibility: .*/g,
    ),
  ]);

  expect(asked.map(([found]) => found).filter((found) => !/'applicant'|written/.test(found))).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);
});

test('whoever does not reach the dossier finds neither, and a service reads none', async () => {
  const { write, read, path } = await printed();
  for (const where of ['notes', 'messages'] as const) {
    expect(await read('tuan', where)).toMatchObject({ status: 404 });
    expect(await write('tuan', where, 'x')).toMatchObject({ status: 404 });
    for (const service of ['gateway', 'oversight', 'clock'] as const) {
      expect(await desk.asService(service, 'GET', `${path}/${where}`)).toMatchObject({ status: 403 });
    }
  }
});

test('of a complaint, the person it is about finds nothing, and colleagues read no word of it', async () => {
  const { dossierId, etag, path, read, write, say } = await printed({
    procedureCode: 'S1.000020',
    about: { officialId: 'minh' },
  });
  await desk.as('lan', 'POST', `${path}/hand-over`, { to: son }, { ifMatch: etag });
  expect((await say('messages', { text: 'Ông Minh lại gọi tôi.' })).status).toBe(204);
  for (const where of ['notes', 'messages'] as const) {
    expect(await read('minh', where)).toMatchObject({ status: 404 });
    expect(await write('minh', where, 'x')).toMatchObject({ status: 404 });
    expect(await read('huong', where)).toMatchObject({ status: 403 });
    expect(await read('son', where)).toMatchObject({ status: 200 });
  }
  expect(JSON.stringify((await desk.as('minh', 'GET', '/queues/all?answered=true')).body)).not.toContain(dossierId);
});

test('the applicant answers, the holder is shown it until they say that they have read it', async () => {
  const { dossierId, path, etag, say, read } = await printed();
  const marked = async (who: string, queue: string) => {
    const { rows } = (await desk.as(who, 'GET', `/queues/${queue}?answered=true&limit=200`)).body;
    return (rows as { dossierId: string; hasAnswer: boolean }[]).some(
      (row) => row.dossierId === dossierId && row.hasAnswer,
    );
  };
  expect(await marked('lan', 'mine')).toBe(false);
  expect((await say('messages', { text: 'Tôi sẽ mang đến thứ Hai.' })).status).toBe(204);
  expect([await marked('lan', 'mine'), await marked('tuan', 'all')]).toEqual([true, false]);
  expect((await desk.as('lan', 'GET', `${path}/messages/unread`)).body).toEqual({ unread: 1 });

  const { messages } = (await read('lan', 'messages')).body as { messages: { noteId: string }[] };
  const upTo = messages.at(-1)?.noteId;
  expect(await desk.as('huong', 'POST', `${path}/messages/read`, { upTo })).toMatchObject({ status: 403 });
  expect(await desk.as('lan', 'POST', `${path}/messages/read`, { upTo })).toMatchObject({ status: 204 });
  expect(await marked('lan', 'mine')).toBe(false);
  expect((await read('lan', 'messages')).body.messages).toMatchObject([
    { author: null, text: 'Tôi sẽ mang đến thứ Hai.', readBy: 'lan', readAt: expect.any(String) },
  ]);
  expect((await desk.as('lan', 'GET', path)).etag).toBe(etag);
});

test('a question waits in the queue of whoever holds the dossier, until they say that it was read', async () => {
  const { path, dossierId, read, say } = await printed();
  const marked = async () => {
    const { rows } = (await desk.as('lan', 'GET', '/queues/mine?answered=true')).body as {
      rows: { dossierId: string }[];
    };
    return rows.find((row) => row.dossierId === dossierId);
  };
  expect(await marked()).toBeUndefined();
  const asked = await desk.as(
    'binh',
    'POST',
    `${path}/notes`,
    { text: 'Vì sao chưa chuyển?', asksHolder: true },
    { key: randomUUID() },
  );
  expect(asked.status).toBe(201);
  expect(await marked()).toMatchObject({ hasQuestion: true, hasAnswer: false });
  await say('messages', { text: 'Đã mang đến.' });

  const upTo = (asked.body as { noteId: string }).noteId;
  expect(await desk.as('binh', 'POST', `${path}/notes/read`, { upTo })).toMatchObject({ status: 403 });
  expect(await desk.as('lan', 'POST', `${path}/notes/read`, { upTo })).toMatchObject({ status: 204 });
  expect((await read('lan', 'notes')).body.notes).toMatchObject([
    { author: { officialId: 'binh' }, asksHolder: true, readBy: 'lan', readAt: expect.any(String) },
  ]);
  // What the applicant wrote was not therefore read.
  expect(await marked()).toMatchObject({ hasQuestion: false, hasAnswer: true });
});

test('a message is an entry of a stream of its own, after the end of the dossier too, and its words stand nowhere', async () => {
  const { dossierId, path, write, say } = await printed();
  await processed(path);
  const { etag } = await desk.as('lan', 'GET', path);
  const handed = { to: 'applicant', proof: 'signature' };
  expect((await desk.as('lan', 'POST', `${path}/return`, handed, { ifMatch: etag })).status).toBe(200);
  await write('lan', 'notes', 'Canary ghi chú');
  await write('lan', 'messages', 'Canary thư');
  await say('messages', { text: 'Canary trả lời' });

  const entries = await desk.rows(
    `select body::json->'data'->'author'->>'officialId' as author, body::json->'data'->>'sealedHash' = encode(sha256(sealed), 'hex') as same
     from desk.journal j join desk.note n on n.entry_sequence = j.sequence
     where stream = 'messages' and n.dossier_id = $1 order by sequence`,
    dossierId,
  );
  expect(entries).toMatchObject([
    { author: 'lan', same: true },
    { author: null, same: true },
  ]);
  expect(JSON.stringify(await desk.rows('select body from desk.journal'))).not.toContain('Canary ');
  expect(JSON.stringify(await desk.rows('select body from desk.answer'))).not.toContain('Canary ');
  expect(log.join('')).not.toContain('Canary ');
});

test('what is said twice under one key is said once, also at once', async () => {
  const { write, say, read, dossierId } = await printed();
  const key = randomUUID();
  const note = randomUUID();
  const said = await Promise.all([1, 2, 3].map(() => say('messages', { text: 'Một lần.' }, key)));
  expect(said.map(({ status }) => status)).toEqual([204, 204, 204]);
  expect((await write('lan', 'notes', 'Một lần.', note)).body).toEqual(
    (await write('lan', 'notes', 'Một lần.', note)).body,
  );

  expect((await read('lan', 'messages')).body.messages).toHaveLength(1);
  expect((await read('lan', 'notes')).body.notes).toHaveLength(1);
  expect(await say('messages', { text: 'Khác.' }, key)).toMatchObject({ status: 422 });
  expect(await desk.rows(`select 1 from desk.notice where dossier_id = $1 and kind = 'message'`, dossierId)).toEqual(
    [],
  );
});

test('an applicant writes ten times in a day, and no more', async () => {
  const { say } = await printed();
  for (let time = 0; time < 10; time += 1) expect((await say('messages', { text: `${time}` })).status).toBe(204);

  expect(await say('messages', { text: 'x' })).toMatchObject({ status: 409, body: { code: 'TOO_MANY_MESSAGES' } });
});

test('once the key is destroyed nothing can be read and nothing written', async () => {
  const { dossierId, path, write, say, read, seen } = await printed();
  await write('lan', 'messages', 'Thư');
  await processed(path);
  await say('feedback', { rating: 4, words: 'Tốt' });
  await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossierId);

  expect((await read('lan', 'messages')).body).toMatchObject({
    messages: [{ text: null }],
    feedback: { rating: 4, words: null },
  });
  expect(await seen()).toMatchObject({ messages: [], canWrite: false, canComplain: false, feedback: 'given' });
  expect(await say('messages', { text: 'x' })).toMatchObject({ status: 409, body: { code: 'PERSONAL_DATA_ERASED' } });
});

test('it is rated once, after the result, from 1 to 5', async () => {
  const { path, say, seen, read } = await printed();
  expect(await say('feedback', { rating: 5 })).toMatchObject({ status: 409, body: { code: 'NO_RESULT_YET' } });
  await processed(path);
  expect((await seen()).feedback).toBe('open');
  for (const rating of [0, 6, 2.5, '5']) expect(await say('feedback', { rating })).toMatchObject({ status: 400 });
  const key = randomUUID();
  expect((await say('feedback', { rating: 2, words: 'Chờ lâu.' }, key)).status).toBe(204);
  expect((await say('feedback', { rating: 2, words: 'Chờ lâu.' }, key)).status).toBe(204);
  expect(await say('feedback', { rating: 5 })).toMatchObject({ status: 409, body: { code: 'FEEDBACK_GIVEN' } });

  expect((await seen()).feedback).toBe('given');
  expect((await read('lan', 'messages')).body.feedback).toMatchObject({ rating: 2, words: 'Chờ lâu.' });
});

test('a complaint about whoever holds it goes to somebody else, and they never find it', async () => {
  const { path, etag, say, code, dossierId } = await printed();
  await desk.as('lan', 'POST', `${path}/hand-over`, { to: minh }, { ifMatch: etag });
  const key = randomUUID();
  const said = { about: 'holder', text: 'Canary: đòi thêm tiền.' };
  expect(await say('complaints', said, key)).toMatchObject({ status: 204, body: {} });
  expect((await say('complaints', said, key)).status).toBe(204);

  const [line] = await desk.rows(
    `select about_official_id as official, about_office_id as office from desk.access_log
     where dossier_id = $1 and action = 'speak-with-secret' and outcome = 'allowed'`,
    dossierId,
  );
  expect(line).toEqual({ official: 'minh', office: null });
  const submitted = await desk.rows(
    `select d.dossier_id as id, d.holder_official_id as holder, d.state->'links' as links from desk.dossier d
     join desk.complaint_subject s using (dossier_id) where s.official_id = 'minh' and d.status = 'submitted'`,
  );
  expect(submitted).toMatchObject([{ holder: 'huong' }]);
  const id = submitted[0]?.['id'] as string;
  const { body } = await desk.as('huong', 'GET', `/dossiers/${id}`);
  expect(body).toMatchObject({ applicant: { name: applicant.name }, remarks: [{ text: `${code}\n\n${said.text}` }] });
  expect(await desk.as('minh', 'GET', `/dossiers/${id}`)).toMatchObject({ status: 404 });
  const bodies = JSON.stringify(
    await desk.rows('select body from desk.journal where stream = any($1)', [id, dossierId]),
  );
  expect(bodies).not.toMatch(/Canary/);
  expect(JSON.stringify((await desk.as('minh', 'GET', `${path}/history`)).body)).not.toContain(id);
});

test('that somebody complained by a receipt is in no line of the access log for an auditor whom it is about', async () => {
  const { path, etag, say, dossierId } = await printed();
  await desk.as('lan', 'POST', `${path}/hand-over`, { to: minh }, { ifMatch: etag });
  expect((await say('complaints', { about: 'holder', text: 'Chậm.' })).status).toBe(204);
  const actions = async () => {
    const { body } = await desk.as('thu', 'GET', `/access-log?dossierId=${dossierId}`);
    return (body as unknown as { lines: { action: string }[] }).lines.map(({ action }) => action);
  };
  expect(await actions()).toContain('speak-with-secret');

  const lines = `update desk.access_log set about_official_id = $2, about_office_id = $3 where dossier_id = $1 and action = 'speak-with-secret'`;
  await desk.rows(lines, dossierId, 'thu', null);
  expect(await actions()).not.toContain('speak-with-secret');
  const [post] = (await desk.rows(`select office_id from desk.access_log where official_id = 'thu' limit 1`)) as [
    { office_id: string },
  ];
  await desk.rows(lines, dossierId, null, post.office_id);
  expect(await actions()).not.toContain('speak-with-secret');
  await desk.rows(lines, dossierId, 'minh', null);
  expect(await actions()).toContain('speak-with-secret');
});

test('three complaints a day are three, however many come at once', async () => {
  const { say } = await printed();
  const said = await Promise.all(
    Array.from({ length: 6 }, () => say('complaints', { about: 'office', text: 'Không ai trả lời.' })),
  );

  expect(said.map(({ status }) => status).sort()).toEqual([204, 204, 204, 409, 409, 409]);
});

test('a complaint about the office goes above it; about a complaint there is none', async () => {
  const { say } = await printed();
  expect((await say('complaints', { about: 'office', text: 'Không ai trả lời.' })).status).toBe(204);
  for (const about of ['office', 'holder']) expect((await say('complaints', { about, text: 'Nữa.' })).status).toBe(204);
  expect(await say('complaints', { about: 'office', text: 'Lại nữa.' })).toMatchObject({
    status: 409,
    body: { code: 'TOO_MANY_COMPLAINTS' },
  });
  const [row] = await desk.rows(
    `select d.holder_official_id as holder from desk.dossier d join desk.complaint_subject s using (dossier_id)
     where s.office_id = 'do-luong-centre' and d.status = 'submitted'`,
  );
  expect(row).toEqual({ holder: 'an' });

  const complaint = await printed({ procedureCode: 'S1.000020', about: { officialId: 'minh' } });
  expect((await complaint.seen()).canComplain).toBe(false);
  expect(await complaint.say('complaints', { about: 'office', text: 'x' })).toMatchObject({
    status: 409,
    body: { code: 'COMPLAINT_NOT_OFFERED' },
  });
});

test('whoever has the wrong secret says nothing, whatever they say', async () => {
  const { code } = await printed();
  for (const [what, said] of [
    ['messages', { text: 'x' }],
    ['feedback', { rating: 1 }],
    ['complaints', { about: 'office', text: 'x' }],
  ] as const) {
    const reply = await speak(what, { code, secret: 'WR0NGSEC', ...said }, randomUUID());
    expect(reply).toMatchObject({ status: 404, body: { code: 'NOTHING_TO_LOOK_UP' } });
    expect(await desk.as('lan', 'POST', `/public-look-ups/${what}`, { code, secret: 'x', ...said })).toMatchObject({
      status: 403,
    });
  }
});

test('the live connection hears of a message, because the feed moves', async () => {
  const { say } = await printed();
  const position = async () => (await desk.asService('gateway', 'GET', '/feed-position')).body.position as number;
  const before = await eventually(async () => {
    const [row] = await desk.rows('select count(*)::integer as unfed from desk.unfed');
    expect(row).toEqual({ unfed: 0 });
    return position();
  });
  await say('messages', { text: 'Xin chào' });

  await eventually(async () => expect(await position()).toBeGreaterThan(before));
});
