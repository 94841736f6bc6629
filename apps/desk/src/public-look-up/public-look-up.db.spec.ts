import { randomInt } from 'node:crypto';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(120_000);

const applicant = { name: 'Phan Canary Hai', phone: '0912777888', email: 'canary@example.vn', address: 'Xóm Canary' };
const LAND_PURPOSE = 'S1.000010';
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

const log: string[] = [];
let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', log: (line) => void log.push(line) })));
afterAll(() => desk.stop());

/** A dossier of Lan's, with what its receipt prints. */
async function printed(body: object = {}) {
  const received = await desk.receive({ applicant, ...body });
  const path = `/dossiers/${received.dossierId}`;
  const { body: receipt } = await desk.as('lan', 'GET', `${path}/look-up-secret`);
  let ifMatch = received.etag;
  const act = async (who: string, command: string, said: object): Promise<void> => {
    const reply = await desk.as(who, 'POST', `${path}/${command}`, said, { ifMatch });
    expect(reply).toMatchObject({ status: 200 });
    ifMatch = reply.etag ?? '';
  };
  return { ...received, path, act, ...(receipt as { code: string; secret: string }) };
}

function lookUp(code: string, secret: string, more: object = {}): Promise<Reply> {
  return desk.asService('gateway', 'POST', '/public-look-ups', { code, secret, ...more });
}

test('whoever holds the receipt sees the office’s own clock, in their language, and nobody’s name', async () => {
  const { code, secret, body } = await printed({ procedureCode: LAND_PURPOSE });

  const { status, body: seen } = await lookUp(` ${code.toLowerCase()} `, secret.toLowerCase(), { language: 'de' });

  expect(status).toBe(200);
  expect(seen).toEqual({
    code,
    status: 'received',
    clock: {
      state: 'running',
      since: expect.any(String),
      reason: null,
      promisedAt: body.due.appointmentAt,
      firstPromisedAt: body.due.appointmentAt,
      workingMsLeft: expect.any(Number),
      pauses: [],
    },
    asked: { missing: [], toPay: null, answerDueAt: null },
    apology: null,
    procedure: expect.any(String),
    sample: true,
    office: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
    officePhone: '0238 000 0085',
    timeZone: 'Asia/Ho_Chi_Minh',
    workingHoursPerDay: 8,
    usual: { results: 0, medianMs: null, p90Ms: null },
    messages: [],
    canWrite: true,
    feedback: 'not-yet',
    canComplain: true,
    moves: [],
    eFormCorrectedAt: null,
  });
  expect((await lookUp(code, secret)).body.procedure).not.toBe(seen.procedure);
});

test('it tells what is missing, what the clock stands still for, what is to be paid, and the apology with its new date', async () => {
  const { code, secret, act } = await printed({ procedureCode: LAND_PURPOSE });
  const [paper] = (await desk.as('lan', 'GET', `/procedures/${LAND_PURPOSE}`)).body.description.components;
  await act('lan', 'hand-over', { to: minh });
  await act('minh', 'accept-hand-over', {});
  await act('minh', 'request-supplement', {
    components: [paper.code],
    reasonCode: 'incomplete',
    remark: 'Thiếu chữ ký của bà Canary',
  });
  expect((await lookUp(code, secret, { language: 'en' })).body).toMatchObject({
    status: 'awaiting-supplement',
    clock: { state: 'paused', reason: 'supplement' },
    asked: { missing: [paper.name.en], toPay: null },
  });

  await act('lan', 'receive-supplement', {});
  await act('minh', 'request-payment', { amountMinor: 75_000, currency: 'VND' });
  expect((await lookUp(code, secret)).body).toMatchObject({
    clock: { state: 'paused', reason: 'payment' },
    asked: { missing: [], toPay: { amountMinor: 75_000, currency: 'VND' } },
  });

  await act('lan', 'receive-payment', {});
  await act('hoa', 'extend', { reasonCode: 'survey', until: '2027-06-30' });
  const { body: extended } = await lookUp(code, secret);
  expect(extended).toMatchObject({ clock: { state: 'running' }, asked: { missing: [], toPay: null } });
  expect(extended.apology.newDate).toBe(extended.clock.promisedAt);
  expect(extended.clock.firstPromisedAt < extended.clock.promisedAt).toBe(true);
  expect(extended.moves.at(-1)).toMatchObject({
    cause: 'extension',
    to: extended.clock.promisedAt,
    letter: { title: 'Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết', number: '04' },
    legalBasis: ['Nghị định 118/2025/NĐ-CP', 'Thông tư 03/2025/TT-VPCP'],
  });
  expect(JSON.stringify(extended)).not.toMatch(/canary|0912777888|"minh"|"hoa"|Văn Minh|survey/i);
});

test('every pause is told, ended or not, and what is left is what the office sees', async () => {
  const { code, secret, path, act } = await printed({ procedureCode: LAND_PURPOSE });
  const office = async () => (await desk.as('lan', 'GET', `${path}/explanation?of=appointment`)).body;
  const citizen = async () => (await lookUp(code, secret)).body;
  await act('lan', 'hand-over', { to: minh });
  await act('minh', 'accept-hand-over', {});
  await act('minh', 'suspend', { reasonCode: 'other-body' });
  await act('minh', 'resume', {});
  await act('minh', 'request-payment', { amountMinor: 75_000, currency: 'VND' });

  const { clock } = await citizen();
  const { workingMsLeft, clockRuns } = await office();
  expect(clock.pauses).toMatchObject([
    { reason: 'other-body', until: expect.any(String) },
    { reason: 'payment', until: null },
  ]);
  expect(clockRuns).toBe(false);
  expect(clock.workingMsLeft).toBe(workingMsLeft);
  expect(clock.workingMsLeft).toBeGreaterThan(0);
});

test('a complaint is told of like any other dossier, and neither who complains nor about whom', async () => {
  const { code, secret, dossierId } = await printed({ procedureCode: 'S1.000020', about: { officialId: 'minh' } });

  const { status, body } = await lookUp(code, secret);

  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toMatch(/canary|"minh"|Văn Minh|0912777888/i);
  const about = await desk.as('minh', 'GET', `/dossiers/${dossierId}/look-up-secret`);
  expect(about.status).not.toBe(200);
});

test('an unknown code, a wrong secret, another dossier’s and none at all are answered alike', async () => {
  const one = await printed();
  const other = await printed();
  const complaint = await printed({ procedureCode: 'S1.000020', about: { officialId: 'minh' } });
  const wrong = [
    await lookUp('H41.16681-260302-9999', one.secret),
    await lookUp('', ''),
    await lookUp(one.code, other.secret),
    await lookUp(one.code, ''),
    await lookUp(one.dossierId, one.secret),
    await lookUp(complaint.code, '00000000'),
    await lookUp("' or true --", one.secret),
  ];

  const answers = wrong.map(({ status, body }) => ({ status, body: { ...body, instance: 'each its own' } }));
  expect(answers).toEqual(answers.map(() => answers[0]));
  expect(answers[0]).toMatchObject({ status: 404, body: { code: 'NOTHING_TO_LOOK_UP' } });
});

test('whoever guesses secrets, or codes in their order, gets nothing', async () => {
  const { code } = await printed();
  const begin = code.slice(0, -4);
  const tried = Array.from({ length: 500 }, (_, number) => begin + String(number).padStart(4, '0'));
  const found: number[] = [];
  for (let from = 0; from < tried.length; from += 20) {
    const replies = await Promise.all(tried.slice(from, from + 20).map((one) => lookUp(one, guess())));
    found.push(...replies.map(({ status }) => status).filter((status) => status !== 404));
  }

  expect(found).toEqual([]);
});

test('only the gateway may look up so, and only whoever prints receipts there sees a secret, which is written down', async () => {
  const { code, secret, path, dossierId } = await printed();

  expect((await desk.as('lan', 'POST', '/public-look-ups', { code, secret })).status).toBe(403);
  expect((await desk.asService('oversight', 'POST', '/public-look-ups', { code, secret })).status).toBe(403);
  expect((await desk.as('minh', 'GET', `${path}/look-up-secret`)).status).toBe(403);
  expect((await desk.asService('gateway', 'GET', `${path}/look-up-secret`)).status).toBe(403);
  const looks = await desk.rows(
    `select official_id, outcome from desk.access_log where dossier_id = $1 and action = 'read-look-up-secret' order by at`,
    dossierId,
  );
  expect(looks).toEqual([
    { official_id: 'lan', outcome: 'allowed' },
    { official_id: 'minh', outcome: 'forbidden' },
    { official_id: 'service:gateway', outcome: 'forbidden' },
  ]);
});

test('the secret is in no answer to a command, no table and no line of the log', async () => {
  const { body, secret, code } = await printed();
  await lookUp(code, secret);
  const tables = await desk.rows(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('desk', 'gateway')`,
  );
  const kept: string[] = [];
  for (const { name } of tables) {
    const rows = await desk.rows(`select 1 from ${String(name)} t where t::text like $1`, `%${secret}%`);
    if (rows.length > 0) kept.push(String(name));
  }

  expect(tables.length).toBeGreaterThan(20);
  expect(kept).toEqual([]);
  expect(JSON.stringify(body)).not.toContain(secret);
  expect(log.length).toBeGreaterThan(10);
  expect(log.filter((line) => line.includes(secret))).toEqual([]);
});

/** Eight signs of those that a secret has. */
function guess(): string {
  return Array.from({ length: 8 }, () => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[randomInt(32)]).join('');
}
