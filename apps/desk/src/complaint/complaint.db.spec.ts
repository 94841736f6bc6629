import { demoOrganisation, DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const COMPLAINT = 'S1.000020';
const lan = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
const minh = { officialId: 'minh', postId: 'do-luong-land-officer' };
const son = { officialId: 'son', postId: 'do-luong-land-officer' };
const hoa = { officialId: 'hoa', postId: 'do-luong-land-head' };
const applicant = { name: 'Nguyễn Văn Kín', phone: '0911222333' };

let desk: DeskAtWork;
beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

async function intake(body: object, who = 'lan'): Promise<Reply> {
  return desk.as(who, 'POST', '/dossiers', { procedureCode: COMPLAINT, channel: 'desk', applicant, ...body });
}

async function complaint(about: object): Promise<{ dossierId: string; etag: string | null }> {
  const { status, body, etag } = await intake({ about });
  expect(status).toBe(201);
  return { dossierId: (body as { dossierId: string }).dossierId, etag };
}

async function command(who: string, dossierId: string, name: string, body: object, ifMatch: string | null) {
  return desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch });
}

test('a complaint must say whom it is about, and a service must not', async () => {
  expect(await intake({})).toMatchObject({ status: 400, body: { code: 'FIELD_INVALID' } });
  expect(await intake({ about: { officialId: 'nobody' } })).toMatchObject({ status: 400 });
  expect(await intake({ procedureCode: '1.012786', about: { officialId: 'minh' } })).toMatchObject({ status: 400 });
});

test.each([
  [COMPLAINT, '2026-04-01T10:30:00.000Z'],
  ['S1.000021', '2026-04-16T10:30:00.000Z'],
])('%s, taken in on 2 March 2026, is decided by %s', async (procedureCode, dueAt) => {
  const asked = `/promises?procedureCode=${procedureCode}&channel=desk&at=2026-03-02T02:00:00.000Z`;

  expect((await desk.as('lan', 'GET', asked)).body).toMatchObject({ legal: { dueAt } });
});

test('it never comes to whom it is about, by no command', async () => {
  const refused = { status: 409, body: { code: 'ROUTED_TO_CONCERNED' } };
  expect(await intake({ about: { officialId: 'minh' }, responsible: minh })).toMatchObject(refused);
  expect(await intake({ about: { officialId: 'lan' } })).toMatchObject(refused);
  expect(await intake({ about: { officeId: 'do-luong-centre' } })).toMatchObject(refused);
  expect(await intake({ about: { officeId: 'do-luong-centre' }, responsible: hoa })).toMatchObject({ status: 201 });

  const { dossierId, etag } = await complaint({ officialId: 'minh' });
  expect(await command('lan', dossierId, 'hand-over', { to: minh }, etag)).toMatchObject(refused);
  expect(await command('binh', dossierId, 'reassign', { to: minh, reasonCode: 'absent' }, etag)).toMatchObject(refused);
  expect(await command('lan', dossierId, 'hand-over', { to: son }, etag)).toMatchObject({ status: 200 });

  const office = await complaint({ officeId: 'do-luong-land' });
  for (const to of [minh, son, hoa]) {
    expect(await command('lan', office.dossierId, 'hand-over', { to }, office.etag)).toMatchObject(refused);
  }
});

test('its journal is not there for whom it is about, auditor as they may be, nor for an administrator', async () => {
  const { dossierId } = await complaint({ officialId: 'thu' });

  const journalFor = async (who: string) => (await desk.as(who, 'GET', `/journal/${dossierId}`)).status;
  expect(await journalFor('thu')).toBe(404);
  expect(await journalFor('quang')).toBe(404);
});

test.each([
  ['about them', { officialId: 'thu' }],
  ['about the office they act in', { officeId: 'do-luong-inspectorate' }],
])('who looked at a complaint %s is not told to the auditor', async (_what, about) => {
  const looked = await complaint(about);
  const other = await complaint({ officialId: 'minh' });
  for (const { dossierId } of [looked, other]) {
    expect((await desk.as('lan', 'GET', `/dossiers/${dossierId}`)).status).toBe(200);
  }
  const readBy = async (dossierId: string) => {
    const all = JSON.stringify((await desk.as('thu', 'GET', '/access-log')).body);
    const one = (await desk.as('thu', 'GET', `/access-log?dossierId=${dossierId}&official=lan`)).body;
    return { all: all.includes(dossierId), lines: (one as { lines: unknown[] }).lines.length };
  };

  expect(await readBy(looked.dossierId)).toEqual({ all: false, lines: 0 });
  expect(await readBy(other.dossierId)).toEqual({ all: true, lines: 1 });
});

test('the stream of messages of all dossiers tells whom a complaint is about nothing of it', async () => {
  const about = await complaint({ officialId: 'thu' });
  const other = await complaint({ officialId: 'minh' });
  for (const { dossierId } of [about, other]) {
    const said = { text: 'Chúng tôi đã nhận đơn.' };
    const key = crypto.randomUUID();
    expect((await desk.as('lan', 'POST', `/dossiers/${dossierId}/messages`, said, { key })).status).toBeLessThan(300);
  }
  const readBy = async (who: string) => JSON.stringify((await desk.as(who, 'GET', '/journal/messages')).body);

  expect(await readBy('thu')).not.toContain(about.dossierId);
  expect(await readBy('thu')).toContain(other.dossierId);
  expect(await readBy('quang')).toContain(about.dossierId);
});

test('submitted, it is answered for by somebody it is not about, and accepted by them', async () => {
  const body = { procedureCode: COMPLAINT, channel: 'post', applicant, about: { officialId: 'huong' } };
  const { status, body: submitted, etag } = await desk.as('lan', 'POST', '/submissions', body);
  expect({ status, holder: submitted.holder.officialId }).toEqual({ status: 201, holder: 'binh' });

  const responsible = { officialId: 'huong', postId: lan.postId };
  const { dossierId } = submitted as { dossierId: string };
  expect(await command('lan', dossierId, 'accept', { responsible }, etag)).toMatchObject({
    status: 409,
    body: { code: 'ROUTED_TO_CONCERNED' },
  });
  expect(await command('lan', dossierId, 'accept', {}, etag)).toMatchObject({ status: 200 });
});

test('for whom it is about it does not exist: neither the official, nor anybody of the office', async () => {
  const { dossierId, etag } = await complaint({ officeId: 'do-luong-land' });
  const held = await command(
    'lan',
    dossierId,
    'hand-over',
    { to: { officialId: 'binh', postId: 'do-luong-centre-director' } },
    etag,
  );
  expect(held.status).toBe(200);
  const byHead = await complaint({ officialId: 'binh' });

  for (const [who, id] of [
    ['minh', dossierId],
    ['hoa', dossierId],
    ['binh', byHead.dossierId],
  ] as const) {
    for (const path of ['', '/history', '/control-slip']) {
      expect((await desk.as(who, 'GET', `/dossiers/${id}${path}`)).status).toBe(404);
    }
    expect(
      (await command(who, id, 'extend', { reasonCode: 'survey', until: '2027-01-04', signedBy: 'an' }, etag)).status,
    ).not.toBe(200);
    const { body } = await desk.as(who, 'GET', '/dossiers?limit=200');
    expect(JSON.stringify(body)).not.toContain(id);
  }
  const { body } = await desk.as('binh', 'GET', '/dossiers?limit=200');
  expect(JSON.stringify(body)).toContain(dossierId);
});

test('who complains is told to the holder and to heads, and to nobody else', async () => {
  const { dossierId } = await complaint({ officialId: 'minh' });
  const asSeenBy = async (who: string) => (await desk.as(who, 'GET', `/dossiers/${dossierId}`)).body as object;

  for (const who of ['lan', 'binh', 'an']) {
    expect(await asSeenBy(who)).toMatchObject({ applicant: { name: applicant.name }, about: { officialId: 'minh' } });
  }
  for (const who of ['huong', 'thu']) {
    expect(await asSeenBy(who)).toMatchObject({ dossierId, applicant: null, about: null, remarks: [] });
  }
});

test('neither who complains nor of whom stands in any event', async () => {
  const { dossierId } = await complaint({ officialId: 'tuan' });

  const [row] = await desk.rows('select body from desk.journal where stream = $1', dossierId);
  expect(row?.['body']).not.toContain('tuan');
  expect(row?.['body']).not.toContain('Kín');
});

test('whoever it is about is not told of its lateness: the next above is', async () => {
  const { dossierId } = await complaint({ officialId: 'binh' });
  await desk.owner.query(
    `update desk.dossier set state = jsonb_set(state, '{schedule,rungs}', (
       select jsonb_agg(case when rung->>'name' = 'appointment-due'
         then rung || '{"dueAt":"2026-01-05T01:00:00.000Z","wakeAt":"2026-01-05T01:00:00.000Z"}' else rung end
         order by rung->>'name' <> 'appointment-due')
       from jsonb_array_elements(state->'schedule'->'rungs') rung)) where dossier_id = $1`,
    [dossierId],
  );
  const { etag } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);

  const { body } = await command('lan', dossierId, 'request-withdrawal', {}, etag);
  expect(body.escalations).toMatchObject([{ rung: 'appointment-due', addressee: { officialId: 'an' } }]);
  expect(body.status).toBe('withdrawal-requested');
});

test('for who stands in for the head of the office it is about it does not exist either, wherever it was received', async () => {
  const about = { officeId: 'do-luong' };
  const own = await complaint(about);
  const { body: elsewhere } = await intake({ about, responsible: hoa });
  await desk.rows(
    `update desk.dossier set office_id = 'do-luong-land',
       state = state || '{"officeId":"do-luong-land","decidingOfficeId":"do-luong-land"}' where dossier_id = $1`,
    elsewhere.dossierId,
  );
  const absences = [{ officialId: 'an', from: '2025-07-01T00:00:00.000Z', until: null }];
  expect((await desk.as('quang', 'POST', '/organisation', { ...demoOrganisation, absences })).status).toBe(201);
  const other = await intake({ about: { officialId: 'minh' }, responsible: hoa });

  const listed = JSON.stringify((await desk.as('binh', 'GET', '/dossiers?limit=200')).body);
  for (const [dossierId, isSeen] of [
    [own.dossierId, false],
    [other.body.dossierId, true],
    [elsewhere.dossierId, false],
  ] as const) {
    expect((await desk.as('binh', 'GET', `/dossiers/${dossierId}`)).status).toBe(isSeen ? 200 : 404);
    expect(listed.includes(dossierId as string)).toBe(isSeen);
  }
});

test('the service that alerts is told which dossiers are about somebody, by the person and by the offices they act in', async () => {
  const { dossierId: ofSon } = await complaint({ officialId: 'son' });
  const { dossierId: ofLand } = await complaint({ officeId: 'do-luong-land' });
  const { dossierId: ofCivil } = await complaint({ officeId: 'do-luong-civil' });
  const dossierIds = [ofSon, ofLand, ofCivil];
  const asked = (who: string, post: string) =>
    desk.asService('oversight', 'POST', `/standing-in/${who}/${post}/concerned`, { dossierIds });

  expect((await asked('son', son.postId)).body).toEqual({ dossierIds: [ofSon, ofLand].sort() });
  expect((await asked('hoa', hoa.postId)).body).toEqual({ dossierIds: [ofLand] });
  expect((await asked('son', 'do-luong-chair')).body).toEqual({ dossierIds: [ofSon] });
  const path = `/standing-in/son/${son.postId}/concerned`;
  expect(await desk.as('son', 'POST', path, { dossierIds })).toMatchObject({ status: 403 });
});
