import { randomUUID } from 'node:crypto';
import { DeskAtWork } from '../test/desk-at-work';
import { DeskSettings } from './desk.settings';
import { CodeNumbers } from './intake/code-numbers';

jest.setTimeout(60_000);

let desk: DeskAtWork;
beforeAll(async () => {
  // Kafka is down in these tests: nothing that people do here depends on it.
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };

test('a clerk receives a dossier and gets a code, a promised date and why it is that date', async () => {
  const { body, etag } = await desk.receive({ applicant: { name: 'Nguyễn Văn Thử', phone: '0912 345 678' } });

  expect(body).toMatchObject({
    status: 'received',
    portalStatus: 2,
    holder: { officialId: 'lan' },
    code: expect.stringMatching(/^H41\.85-\d{6}-\d{4}$/),
  });
  expect(body.receipt.appointmentAt).toBe(body.due.appointmentAt);
  expect(body.receipt.why.length).toBeGreaterThan(0);
  expect(etag).toBe('"1"');
});

test('a dossier goes from the counter to its result, each act by the one who may', async () => {
  const { dossierId, etag } = await desk.receive();
  const handed = await desk.as(
    'lan',
    'POST',
    `/dossiers/${dossierId}/hand-over`,
    { to: minh, step: 'examine' },
    { ifMatch: etag },
  );
  expect(handed).toMatchObject({ status: 200, body: { status: 'in-process', holder: minh } });
  const processed = await desk.as(
    'minh',
    'POST',
    `/dossiers/${dossierId}/mark-processed`,
    { result: 'granted' },
    { ifMatch: handed.etag },
  );
  expect(processed.body).toMatchObject({ portalStatus: 9 });
  const returned = await desk.as(
    'lan',
    'POST',
    `/dossiers/${dossierId}/return`,
    { to: 'applicant', proof: 'signature' },
    { ifMatch: processed.etag },
  );

  expect(returned.body).toMatchObject({ status: 'returned', portalStatus: 10 });
  const history = await desk.as('thu', 'GET', `/dossiers/${dossierId}/history`);
  expect(history.body.entries.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
    'dossier-received',
    'dossier-handed-over',
    'dossier-processed',
    'dossier-returned',
  ]);
});

test('a repeat with the same key gets the same answer and adds nothing', async () => {
  const key = randomUUID();
  const body = { procedureCode: '1.012786', channel: 'desk' };
  const [first, ...repeats] = await Promise.all(
    [1, 2, 3, 4].map(() => desk.as('lan', 'POST', '/dossiers', body, { key })),
  );

  for (const repeat of repeats) expect(repeat).toEqual(first);
  const rows = await desk.rows('select 1 from desk.journal where stream = $1', first?.body.dossierId);
  expect(rows).toHaveLength(1);
});

test('the same key with another body is refused', async () => {
  const key = randomUUID();
  await desk.as('lan', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk' }, { key });

  const reused = await desk.as('lan', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'post' }, { key });
  expect(reused).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
});

test('of many who act on the same version one succeeds, and the others are told to look again', async () => {
  const { dossierId, etag } = await desk.receive();
  const acts = await Promise.all(
    Array.from({ length: 8 }, () =>
      desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, { to: minh }, { ifMatch: etag }),
    ),
  );

  expect(acts.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
});

test.each([
  ['no If-Match', { ifMatch: null }, 428, 'PRECONDITION_MISSING'],
  ['an old version', { ifMatch: '"9"' }, 412, 'VERSION_STALE'],
  ['no key', { key: null, ifMatch: '"1"' }, 400, 'FIELD_INVALID'],
])('%s gets a clear answer', async (_, said, status, code) => {
  const { dossierId } = await desk.receive();

  const reply = await desk.as('lan', 'POST', `/dossiers/${dossierId}/request-withdrawal`, {}, said);
  expect(reply).toMatchObject({ status, body: { code } });
});

test('a state that refuses says which states would not', async () => {
  const { dossierId, etag } = await desk.receive();

  const reply = await desk.as('lan', 'POST', `/dossiers/${dossierId}/resume`, {}, { ifMatch: etag });
  expect(reply).toMatchObject({ status: 409, body: { code: 'COMMAND_NOT_ALLOWED', allowedIn: ['suspended'] } });
});

test.each([
  ['an unknown field', { procedureCode: '1.012786', channel: 'desk', colour: 'red' }, 'colour'],
  ['a channel that is none', { procedureCode: '1.012786', channel: 'pigeon' }, 'channel'],
  ['an unknown procedure', { procedureCode: '9.999', channel: 'desk' }, 'procedureCode'],
  [
    'somebody who does not hold that post',
    { procedureCode: '1.012786', channel: 'desk', responsible: { officialId: 'an', postId: minh.postId } },
    'responsible',
  ],
])('an intake with %s names the field', async (_, body, field) => {
  const reply = await desk.as('lan', 'POST', '/dossiers', body);

  expect(reply.status).toBe(400);
  expect(JSON.stringify(reply.body)).toContain(field);
});

test('a command without the part it is about is refused by name, and so is a list where a part is expected', async () => {
  const { dossierId, etag } = await desk.receive();
  const handOver = await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, {}, { ifMatch: etag });
  const duplicates = await desk.as('lan', 'POST', '/duplicates', { procedureCode: '1.012786' });
  const intake = await desk.as('lan', 'POST', '/dossiers', {
    procedureCode: '1.012786',
    channel: 'desk',
    applicant: [],
  });

  expect(handOver).toMatchObject({ status: 400, body: { errors: [{ field: 'to', rule: 'is missing' }] } });
  expect(duplicates).toMatchObject({ status: 400, body: { errors: [{ field: 'applicant', rule: 'is missing' }] } });
  expect(intake).toMatchObject({ status: 400, body: { errors: [{ field: 'applicant', rule: 'must be an object' }] } });
});

describe('who may', () => {
  test('a clerk of another office does not even see the dossier', async () => {
    const { dossierId } = await desk.receive();

    expect(await desk.as('tuan', 'GET', `/dossiers/${dossierId}`)).toMatchObject({
      status: 404,
      body: { code: 'DOSSIER_NOT_FOUND' },
    });
  });

  test('an auditor sees and may not act', async () => {
    const { dossierId, etag } = await desk.receive();

    expect(await desk.as('thu', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 200 });
    expect(
      await desk.as('thu', 'POST', `/dossiers/${dossierId}/hand-over`, { to: minh }, { ifMatch: etag }),
    ).toMatchObject({ status: 403 });
  });

  test('nobody without a token, and nobody in the past', async () => {
    expect(await desk.request(null, 'GET', '/dossiers', undefined, {})).toMatchObject({ status: 401 });
    const past = { procedureCode: '1.012786', channel: 'desk', occurredAt: '2026-01-05T01:00:00.000Z' };
    expect(await desk.as('lan', 'POST', '/dossiers', past)).toMatchObject({
      status: 403,
      body: { action: 'record-past' },
    });
  });
});

test('applicants are read by those who may, logged as a look, and stand nowhere in clear', async () => {
  const name = 'Hồ Canary Bảy';
  const { dossierId, etag } = await desk.receive({
    applicant: { name, identityNumber: '040099001234' },
    remark: `${name} came twice`,
  });
  const before = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
  expect(before.body.applicant).toMatchObject({ name, identityNumber: '040099001234' });
  expect(before.body.remarks).toEqual([{ sequence: 1, text: `${name} came twice` }]);

  const corrected = await desk.as(
    'lan',
    'POST',
    `/dossiers/${dossierId}/correct`,
    { field: 'applicant.name', newValue: 'Hồ Canary Tám', reasonCode: 'misspelt' },
    { ifMatch: etag },
  );
  expect(corrected.status).toBe(200);
  expect((await desk.as('lan', 'GET', `/dossiers/${dossierId}`)).body.applicant.name).toBe('Hồ Canary Tám');
  expect(await desk.rows('select 1 from desk.access_log where dossier_id = $1', dossierId)).toHaveLength(2);
  expect(await desk.rows('select 1 from desk.applicant where dossier_id = $1', dossierId)).toHaveLength(2);
  const clear = await desk.rows(
    `select 1 from desk.journal where body like '%Canary%' or body like '%040099001234%'
     union all select 1 from desk.dossier where state::text like '%Canary%'
     union all select 1 from desk.answer where body like '%Canary%'
     union all select 1 from desk.applicant where position('Canary'::bytea in sealed) > 0
     union all select 1 from desk.remark where position('Canary'::bytea in sealed) > 0`,
  );
  expect(clear).toEqual([]);
});

test('the journal is chained by hash over its exact bytes, and nobody may change it', async () => {
  const rows = await desk.rows(
    `select count(*) filter (where hash <> encode(sha256(convert_to(body, 'UTF8')), 'hex')) as broken,
            count(*) filter (where previous_hash is distinct from before) as unchained, count(*) as total
     from (select *, lag(hash) over (partition by stream order by sequence) as before from desk.journal) chained`,
  );
  expect(rows[0]).toMatchObject({ broken: '0', unchained: '0' });
  const rights = await desk.rows(
    `select privilege_type from information_schema.role_table_grants
     where table_schema = 'desk' and table_name in ('journal', 'responsibility_record', 'answer', 'applicant') and grantee like '%\\_desk'`,
  );
  expect(new Set(rights.map(({ privilege_type: right }) => right))).toEqual(new Set(['INSERT', 'SELECT']));
});

test('a list is ordered by what is due first, pages without a gap, and is bounded', async () => {
  const codes: string[] = [];
  let cursor = '';
  do {
    const { body } = await desk.as('lan', 'GET', `/dossiers?limit=3${cursor && `&cursor=${cursor}`}`);
    codes.push(...body.dossiers.map(({ code }: { code: string }) => code));
    cursor = body.next ?? '';
  } while (cursor);

  const expected = await desk.rows(
    `select code from desk.dossier where ended_at is null and (office_id = 'do-luong-centre' or holder_office_id = 'do-luong-centre')
     order by earliest_due_at, dossier_id`,
  );
  expect(codes).toEqual(expected.map(({ code }) => code));
  expect(await desk.as('lan', 'GET', '/dossiers?limit=1000')).toMatchObject({ status: 400 });
  const someId = '01932c8e-7c00-7000-8000-0000000000aa';
  const crafted = [
    'nonsense',
    `["2026-02-31T00:00:00.000Z","${someId}"]`,
    `["0000-01-01T00:00:00.000Z","${someId}"]`,
    '["infinity","------------------------------------"]',
  ];
  for (const cursor of crafted) {
    const sent = Buffer.from(cursor).toString('base64url');
    expect(await desk.as('lan', 'GET', `/dossiers?cursor=${sent}`)).toMatchObject({ status: 400 });
  }
});

test('a repeat is answered also after the dossier has left the office of whoever sent it', async () => {
  const { dossierId, etag } = await desk.receive();
  const handed = await desk.as('lan', 'POST', `/dossiers/${dossierId}/hand-over`, { to: minh }, { ifMatch: etag });
  const key = randomUUID();
  const tuan = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
  const on = () =>
    desk.as('minh', 'POST', `/dossiers/${dossierId}/hand-over`, { to: tuan }, { ifMatch: handed.etag, key });
  const first = await on();
  expect(first.status).toBe(200);

  expect(await desk.as('minh', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 404 });
  expect(await on()).toEqual(first);
});

test.each<[string, object]>([
  ['a sentence for a code', { components: ['Giấy tờ của Nguyễn Văn An'] }],
  ['a basis without end', { components: ['map'], legalBasis: 'x'.repeat(201) }],
  ['an approver nobody knows', { components: ['map'], legalBasis: 'Land Law', approvedBy: 'nobody' }],
])('%s comes into no entry', async (_, said) => {
  const { dossierId, etag } = await desk.receive();
  const body = { reasonCode: 'document-missing', ...said };

  const refused = await desk.as('lan', 'POST', `/dossiers/${dossierId}/request-supplement`, body, { ifMatch: etag });

  expect(refused).toMatchObject({ status: 400, body: { code: 'FIELD_INVALID' } });
});

test('a draw of a code that fails refuses its own request, and the next one gets a code', async () => {
  const [row] = await desk.rows('select prefix, day::text from desk.code_counter limit 1');
  await desk.owner.query('begin');
  await desk.owner.query('select 1 from desk.code_counter where prefix = $1 for update', [row?.['prefix']]);
  const refusals: string[] = [];
  while (refusals.length === 0) await desk.receive().catch((error: unknown) => refusals.push(String(error)));
  await desk.owner.query('commit');

  expect(refusals[0]).toContain('503');
  expect((await desk.receive()).body).toMatchObject({ status: 'received' });
}, 60_000);

test('codes are drawn once, also by many at once', async () => {
  const received = await Promise.all(Array.from({ length: 50 }, () => desk.receive()));
  const codes = received.map(({ body }) => (body as { code: string }).code);

  expect(new Set(codes).size).toBe(50);
});

test('codes are drawn once, also by several instances at once', async () => {
  const instances = [1, 2, 3].map(() => new CodeNumbers(desk.app.get(DeskSettings)));
  await Promise.all(instances.map((instance) => instance.onModuleInit()));
  const draws = instances.flatMap((instance) =>
    Array.from({ length: 45 }, () => instance.draw('H41.77', 'Asia/Ho_Chi_Minh', '2026-11-23T01:00:00.000Z')),
  );

  expect(new Set(await Promise.all(draws)).size).toBe(3 * 45);
  await Promise.all(instances.map((instance) => instance.onModuleDestroy()));
});

test('a code bears the day of its receipt, also where that is recorded later', async () => {
  const numbers = new CodeNumbers(desk.app.get(DeskSettings));
  await numbers.onModuleInit();
  const drawn = (at: string) => numbers.draw('H41.78', 'Asia/Ho_Chi_Minh', at);

  expect(await drawn('2026-02-23T01:00:00.000Z')).toBe('H41.78-260223-0001');
  expect(await drawn('2026-02-23T17:30:00.000Z')).toBe('H41.78-260224-0001');
  expect(await drawn('2026-02-23T02:00:00.000Z')).toBe('H41.78-260223-0002');
  await numbers.onModuleDestroy();
});

test('a wrongly ended dossier gets a successor with the first receipt’s clock', async () => {
  const first = await desk.receive();
  const stopped = await desk.as(
    'binh',
    'POST',
    `/dossiers/${first.dossierId}/stop`,
    { reasonCode: 'duplicate' },
    { ifMatch: first.etag },
  );
  expect(stopped.status).toBe(200);

  const second = await desk.receive({ successorOf: first.dossierId });
  expect(second.body).toMatchObject({
    successorOf: first.dossierId,
    due: { appointmentAt: first.body.due.appointmentAt },
  });
});

test('an online submission is accepted or refused, and its acceptance clock runs until then', async () => {
  const submitted = await desk.as('huong', 'POST', '/submissions', { procedureCode: '1.001193', channel: 'online' });
  expect(submitted.body).toMatchObject({
    status: 'submitted',
    portalStatus: 1,
    code: null,
    due: { acceptanceDueAt: expect.any(String) },
  });

  const accepted = await desk.as(
    'lan',
    'POST',
    `/dossiers/${submitted.body.dossierId}/accept`,
    {},
    { ifMatch: submitted.etag },
  );
  expect(accepted.body).toMatchObject({ status: 'received', code: expect.stringContaining('H41.85-') });
  const refused = await desk.as('huong', 'POST', '/submissions', { procedureCode: '1.001193', channel: 'online' });
  const answer = await desk.as(
    'lan',
    'POST',
    `/dossiers/${refused.body.dossierId}/refuse`,
    { reasonCode: 'incomplete' },
    { ifMatch: refused.etag },
  );
  expect(answer.body).toMatchObject({ status: 'refused', portalStatus: 3 });
});

test('an organisation that leads nowhere is refused', async () => {
  const broken = {
    offices: [],
    posts: [{ id: 'a', officeId: 'nowhere', name: 'A', roles: [] }],
    officials: [],
    tenures: [],
  };
  expect(await desk.as('quang', 'POST', '/organisation', broken)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'posts.0.officeId' }] },
  });
});

test('an organisation with a calendar that is not in the catalogue is refused, by its office', async () => {
  const [row] = await desk.rows('select version, body from desk.organisation order by version desc limit 1');
  const { offices, ...rest } = row?.['body'] as { offices: { id: string }[] };
  const onMars = offices.map((office) => (office.id === 'do-luong-land' ? { ...office, calendarId: 'mars' } : office));
  const { status, body } = await desk.as('quang', 'POST', '/organisation', { ...rest, offices: onMars });

  expect(status).toBe(400);
  const index = offices.findIndex(({ id }) => id === 'do-luong-land');
  expect(body.errors[0].field).toBe(`offices.${index}.calendarId`);
  expect(body.errors[0].rule).toContain('names calendar mars for office do-luong-land');
  expect(await desk.rows('select max(version) as version from desk.organisation')).toEqual([
    { version: row?.['version'] },
  ]);
});

test('the same organisation loaded by two at once is one version', async () => {
  const [row] = await desk.rows('select body from desk.organisation order by version desc limit 1');
  const { offices, ...rest } = row?.['body'] as { offices: object[] };
  const changed = { ...rest, offices: offices.map((office) => ({ ...office, codePrefix: 'H41.99' })) };

  const loads = await Promise.all([1, 2, 3].map(() => desk.as('quang', 'POST', '/organisation', changed)));
  await desk.as('quang', 'POST', '/organisation', { offices, ...rest });

  expect(loads.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(loads.filter(({ body }) => body.changed)).toHaveLength(1);
});

test.each<[string, (procedure: any) => object]>([
  ['a calendar that is not there', (procedure) => ({ ...procedure, calendarId: 'mars' })],
  [
    'two rungs of one name',
    ({ serviceLevel, ...procedure }) => ({
      ...procedure,
      serviceLevel: { ...serviceLevel, ladder: [...serviceLevel.ladder, ...serviceLevel.ladder] },
    }),
  ],
])('a procedure with %s is refused', async (_, change) => {
  const [row] = await desk.rows(`select body from desk.procedure_version where code = '1.001193'`);
  const procedure = change({ ...(row?.['body'] as object), version: 7 });

  expect(await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [procedure] })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'procedures' }] },
  });
});

test('what was processed is not overdue, whatever its date', async () => {
  const { dossierId, etag } = await desk.receive();
  await desk.as('lan', 'POST', `/dossiers/${dossierId}/mark-processed`, { result: 'granted' }, { ifMatch: etag });
  await desk.rows(
    `update desk.dossier set earliest_due_at = now() - interval '1 year' where dossier_id = $1`,
    dossierId,
  );

  const { body } = await desk.as('lan', 'GET', '/dossiers?overdue=true&limit=200');

  expect(body.dossiers.map((one: { dossierId: string }) => one.dossierId)).not.toContain(dossierId);
});

test('a procedure version never changes once it was loaded', async () => {
  const [row] = await desk.rows(`select body from desk.procedure_version where code = '1.001193'`);
  const procedure = row?.['body'] as object;
  expect(await desk.as('quang', 'POST', '/catalogue', { calendars: [], procedures: [procedure] })).toMatchObject({
    status: 201,
    body: { added: 0 },
  });

  const changed = await desk.as('quang', 'POST', '/catalogue', {
    calendars: [],
    procedures: [{ ...procedure, name: 'Other' }],
  });
  expect(changed).toMatchObject({ status: 409, body: { code: 'VERSION_CHANGED' } });
});
