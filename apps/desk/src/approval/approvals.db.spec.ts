import { fourEyesCommands, type Organisation } from '#domain';
import { demoOrganisation, DeskAtWork, withMigrator } from '../../test/desk-at-work';

/* What takes two persons, on a real database. Minh is an official of the land office, Hoa its head, An the chair above. */

jest.setTimeout(60_000);

const since = '2025-06-30T17:00:00.000Z';
const minhs = { responsible: { officialId: 'minh', postId: 'do-luong-land-officer' } };
const extension = { reasonCode: 'survey', until: '2027-03-01', remark: 'Hàng xóm Trần Văn Ba chưa ký' };
const organisation: Organisation = { ...withMigrator, fourEyes: fourEyesCommands };

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation })));
afterAll(() => desk.stop());

interface Held {
  readonly dossierId: string;
  readonly etag: string;
}

function propose(who: string, { dossierId, etag }: Held, command = 'extend', body: object = extension) {
  return desk.as(who, 'POST', `/dossiers/${dossierId}/approvals`, { command, body }, { ifMatch: etag });
}

async function proposed(who: string, dossier: Held): Promise<string> {
  const { status, body } = await propose(who, dossier);
  expect(status).toBe(201);
  return (body as { approvalId: string }).approvalId;
}

const approve = (who: string, approvalId: string) => desk.as(who, 'POST', `/approvals/${approvalId}/approve`);

async function load(change: Partial<Organisation>): Promise<void> {
  expect((await desk.as('quang', 'POST', '/organisation', { ...organisation, ...change })).status).toBe(201);
}

async function lastEvent({ dossierId }: Held): Promise<any> {
  return (await desk.as('hoa', 'GET', `/dossiers/${dossierId}/history`)).body.entries.at(-1).event;
}

test('an official proposes an extension, the head approves it, and both stand in its event', async () => {
  const dossier = await desk.receive(minhs);
  const made = await propose('minh', dossier);
  expect(made).toMatchObject({
    status: 201,
    body: { command: 'extend', state: 'open', proposedBy: { officialId: 'minh' }, body: { until: '2027-03-01' } },
  });
  expect(JSON.stringify(made.body)).not.toContain('Trần Văn Ba');
  const waiting = (await desk.as('hoa', 'GET', '/approvals')).body.approvals as { approvalId: string }[];
  expect(waiting.map(({ approvalId }) => approvalId)).toEqual([made.body.approvalId]);

  const approved = await approve('hoa', made.body.approvalId);

  expect(approved).toMatchObject({ status: 200, etag: '"2"' });
  expect(await lastEvent(dossier)).toMatchObject({
    type: 'dossier-extended',
    dataschema: 'urn:motcua:dossier-extended/2',
    data: { actor: { officialId: 'hoa' }, proposedBy: { officialId: 'minh' }, signedBy: 'hoa' },
  });
  const read = (await desk.as('minh', 'GET', `/dossiers/${dossier.dossierId}`)).body;
  expect(read.due.appointmentAt).toContain('2027-03-01');
  expect(read.remarks.map(({ text }: { text: string }) => text)).toEqual([extension.remark]);
  expect((await desk.as('hoa', 'GET', '/approvals')).body.approvals).toEqual([]);
});

test('free text is sealed with the dossier’s key, shown with the dossier alone, and the look is logged', async () => {
  const dossier = await desk.receive(minhs);
  await proposed('minh', dossier);
  const stored = await desk.rows(
    'select said::text, sealed from desk.approval where dossier_id = $1',
    dossier.dossierId,
  );
  expect(stored[0]!['said']).not.toContain('Trần');
  expect((stored[0]!['sealed'] as Buffer).toString('utf8')).not.toContain('Trần');
  const list = (await desk.as('hoa', 'GET', '/approvals')).body.approvals as { dossierId: string }[];
  const listed = list.find(({ dossierId }) => dossierId === dossier.dossierId);
  expect(listed).toMatchObject({ procedureCode: '1.012786', body: { until: '2027-03-01' } });
  expect(listed).toMatchObject({ appointmentAt: dossier.body.due.appointmentAt });
  expect(JSON.stringify(list)).not.toContain('Trần');

  const shown = (await desk.as('hoa', 'GET', `/dossiers/${dossier.dossierId}/approvals`)).body;

  expect(shown.approvals[0].body).toEqual(extension);
  const looks = await desk.rows(
    `select official_id from desk.access_log where dossier_id = $1 and action = 'read-approvals'`,
    dossier.dossierId,
  );
  expect(looks).toEqual([{ official_id: 'hoa' }]);
  await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossier.dossierId);
  const after = (await desk.as('hoa', 'GET', `/dossiers/${dossier.dossierId}/approvals`)).body;
  expect(after.approvals[0].body).toEqual({ reasonCode: 'survey', until: '2027-03-01' });
});

test('a head who extends alone is told that it takes two, and how', async () => {
  const { dossierId, etag } = await desk.receive(minhs);

  const refused = await desk.as('hoa', 'POST', `/dossiers/${dossierId}/extend`, extension, { ifMatch: etag });

  expect(refused).toMatchObject({ status: 409, body: { code: 'FOUR_EYES', command: 'extend' } });
  expect(refused.body.detail).toContain('/approvals');
  const { commands } = (await desk.as('hoa', 'GET', `/dossiers/${dossierId}/commands`)).body;
  expect(commands).toContainEqual(expect.objectContaining({ name: 'extend', allowed: true, takesTwo: true }));
});

test('another procedure takes two as well, and both stand in its event', async () => {
  const dossier = await desk.receive(minhs);
  const made = await propose('hoa', dossier, 'rebind', { procedureCode: '1.001193', reasonCode: 'wrong-procedure' });
  expect(made).toMatchObject({ status: 201, body: { command: 'rebind', state: 'open' } });

  expect((await approve('an', (made.body as { approvalId: string }).approvalId)).status).toBe(200);

  expect(await lastEvent(dossier)).toMatchObject({
    type: 'dossier-rebound',
    data: { actor: { officialId: 'an' }, proposedBy: { officialId: 'hoa' }, procedureCode: '1.001193' },
  });
});

describe('nobody approves what is their own', () => {
  test('neither the head who proposed it nor an official without the right', async () => {
    const dossier = await desk.receive(minhs);
    const approvalId = await proposed('hoa', dossier);

    expect(await approve('hoa', approvalId)).toMatchObject({ status: 409, body: { code: 'OWN_PROPOSAL' } });
    expect(await approve('minh', approvalId)).toMatchObject({ status: 403, body: { code: 'ACTION_FORBIDDEN' } });
    expect(await approve('tuan', approvalId)).toMatchObject({ status: 403 });
    expect(await approve('dung', approvalId)).toMatchObject({ status: 404, body: { code: 'APPROVAL_NOT_FOUND' } });
    const { takesTwo } = (await desk.as('hoa', 'GET', `/dossiers/${dossier.dossierId}/approvals`)).body;
    const extending = takesTwo.find(({ command }: { command: string }) => command === 'extend');
    const ids = extending.approvers.map(({ officialId }: { officialId: string }) => officialId);
    expect(ids).toContain('an');
    expect(ids).not.toContain('hoa');
    expect((await approve('an', approvalId)).status).toBe(200);
  });

  test('nor a deputy for the author who is away', async () => {
    const deputies = [
      { postId: 'do-luong-land-head', deputyPostId: 'do-luong-land-officer', from: since, until: null },
    ];
    const dossier = await desk.receive(minhs);
    await load({ deputies, absences: [] });
    const approvalId = await proposed('hoa', dossier);
    await load({ deputies, absences: [{ officialId: 'hoa', from: since, until: null }] });

    expect((await desk.as('son', 'GET', '/me')).body.rights).toMatchObject({ extend: 'offices-below' });
    expect(await approve('son', approvalId)).toMatchObject({ status: 409, body: { code: 'OWN_PROPOSAL' } });
    expect((await desk.as('son', 'GET', '/approvals')).body.approvals).not.toContainEqual(
      expect.objectContaining({ approvalId }),
    );
    const ofMinh = await desk.receive(minhs);
    const { body } = await propose('minh', ofMinh, 'stop', { reasonCode: 'court-order' });
    expect((await approve('son', body.approvalId as string)).status).toBe(200);
    await load({});
  });
});

test('what does not fit any more is refused with what changed, and can be proposed anew', async () => {
  const dossier = await desk.receive(minhs);
  const approvalId = await proposed('minh', dossier);
  const suspended = await desk.as(
    'minh',
    'POST',
    `/dossiers/${dossier.dossierId}/suspend`,
    { reasonCode: 'survey' },
    { ifMatch: dossier.etag },
  );
  expect(suspended.status).toBe(200);

  expect(await approve('hoa', approvalId)).toMatchObject({
    status: 409,
    body: { code: 'PROPOSAL_OUTDATED', changes: ['dossier-suspended'] },
  });
  const resumed = await desk.as(
    'minh',
    'POST',
    `/dossiers/${dossier.dossierId}/resume`,
    {},
    { ifMatch: suspended.etag },
  );
  const anew = await proposed('minh', { ...dossier, etag: resumed.etag! });
  expect((await approve('hoa', anew)).status).toBe(200);
  const { approvals } = (await desk.as('minh', 'GET', `/dossiers/${dossier.dossierId}/approvals`)).body;
  expect(approvals.map(({ state }: { state: string }) => state)).toEqual(['approved', 'outdated']);
});

test('it is declined with a reason, withdrawn by its proposer alone, and lapses with the dossier', async () => {
  const [one, other, ended] = [await desk.receive(minhs), await desk.receive(minhs), await desk.receive(minhs)];
  const declined = await proposed('minh', one);
  expect(await desk.as('hoa', 'POST', `/approvals/${declined}/decline`, {})).toMatchObject({ status: 400 });
  expect(await desk.as('hoa', 'POST', `/approvals/${declined}/decline`, { reasonCode: 'survey' })).toMatchObject({
    status: 200,
    body: { state: 'declined', reasonCode: 'survey', decidedBy: { officialId: 'hoa' } },
  });
  expect(await approve('hoa', declined)).toMatchObject({ status: 409, body: { code: 'APPROVAL_CLOSED' } });

  const withdrawn = await proposed('minh', other);
  expect(await propose('minh', other)).toMatchObject({ status: 409, body: { code: 'ALREADY_PROPOSED' } });
  const path = `/approvals/${withdrawn}/withdraw`;
  expect(await desk.as('son', 'POST', path)).toMatchObject({ status: 403, body: { code: 'NOT_THE_PROPOSER' } });
  expect(await desk.as('minh', 'POST', path)).toMatchObject({ status: 200, body: { state: 'withdrawn' } });

  const lapsed = await proposed('minh', ended);
  const at = `/dossiers/${ended.dossierId}`;
  const processed = await desk.as(
    'minh',
    'POST',
    `${at}/mark-processed`,
    { result: 'granted' },
    { ifMatch: ended.etag },
  );
  const handed = { to: 'applicant', proof: 'signature' };
  expect((await desk.as('minh', 'POST', `${at}/return`, handed, { ifMatch: processed.etag! })).status).toBe(200);
  expect(await approve('hoa', lapsed)).toMatchObject({
    status: 409,
    body: { code: 'APPROVAL_CLOSED', state: 'lapsed' },
  });
});

test('what the command would be refused for is refused when it is proposed', async () => {
  const dossier = await desk.receive(minhs);

  expect(await propose('minh', dossier, 'extend', { reasonCode: 'survey' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'until' }] },
  });
  expect(await propose('minh', dossier, 'extend', { ...extension, until: '2027-02-28' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'until', rule: expect.stringContaining('working day') }] },
  });
  expect(await propose('minh', dossier, 'return', {})).toMatchObject({ status: 400 });
  expect(await propose('minh', { ...dossier, etag: '"7"' })).toMatchObject({ status: 412 });
  expect(await propose('tuan', dossier)).toMatchObject({ status: 404, body: { code: 'DOSSIER_NOT_FOUND' } });
  const toSon = { to: { officialId: 'son', postId: 'do-luong-land-officer' }, reasonCode: 'absent' };
  expect(await propose('minh', dossier, 'reassign', toSon)).toMatchObject({ body: { code: 'ONE_IS_ENOUGH' } });
});

test('about a complaint nobody decides whom it is about: for them there is no proposal either', async () => {
  const responsible = { officialId: 'son', postId: 'do-luong-land-officer' };
  const applicant = { name: 'Nguyễn Văn Kín', phone: '0911222333' };
  const about = { officialId: 'hoa' };
  const complaint = await desk.receive({ procedureCode: 'S1.000020', applicant, about, responsible });
  const { status, body } = await propose('son', complaint, 'stop', { reasonCode: 'court-order' });
  expect(status).toBe(201);
  const { approvalId } = body as { approvalId: string };

  const waitsFor = async (who: string) => JSON.stringify((await desk.as(who, 'GET', '/approvals')).body);
  expect(await waitsFor('hoa')).not.toContain(approvalId);
  expect(await waitsFor('an')).toContain(approvalId);
  expect(await approve('hoa', approvalId)).toMatchObject({ status: 404, body: { code: 'APPROVAL_NOT_FOUND' } });
  expect((await desk.as('hoa', 'GET', `/dossiers/${complaint.dossierId}/approvals`)).status).toBe(404);
  expect((await approve('an', approvalId)).status).toBe(200);
});

test('a late dossier is given to somebody else by two, one in time by one', async () => {
  const dossier = await desk.receive(minhs);
  const at = `/dossiers/${dossier.dossierId}`;
  const toSon = { to: { officialId: 'son', postId: 'do-luong-land-officer' }, reasonCode: 'absent' };
  await desk.rows(
    `update desk.dossier set state = jsonb_set(state, '{due,appointmentAt}', '"2026-03-02T10:30:00.000Z"') where dossier_id = $1`,
    dossier.dossierId,
  );

  expect(await desk.as('hoa', 'POST', `${at}/reassign`, toSon, { ifMatch: dossier.etag })).toMatchObject({
    status: 409,
    body: { code: 'FOUR_EYES' },
  });
  const handed = { to: toSon.to };
  expect(await desk.as('hoa', 'POST', `${at}/hand-over`, handed, { ifMatch: dossier.etag })).toMatchObject({
    status: 409,
    body: { code: 'FOUR_EYES', command: 'reassign' },
  });
  const operationId = '01932c8e-7c00-7000-8000-00000000f0e2';
  const assignments = [{ dossierId: dossier.dossierId, to: toSon.to }];
  await desk.as('hoa', 'POST', '/work-transfers', {
    operationId,
    reasonCode: 'absent',
    fromOfficialId: 'minh',
    assignments,
  });
  const page = await desk.as('hoa', 'POST', `/work-transfers/${operationId}/pages`, {});
  expect(page.body.left).toContainEqual(
    expect.objectContaining({ dossierId: dossier.dossierId, reason: expect.stringContaining('two persons') }),
  );
  const { body } = await propose('minh', dossier, 'reassign', toSon);
  expect((await approve('hoa', body.approvalId as string)).status).toBe(200);
  expect(await lastEvent(dossier)).toMatchObject({
    data: { proposedBy: { officialId: 'minh' }, to: { officialId: 'son' } },
  });
});

test('a repeat of an approval is answered again and does nothing twice', async () => {
  const dossier = await desk.receive(minhs);
  const approvalId = await proposed('minh', dossier);
  const key = '01932c8e-7c00-7000-8000-00000000f0e1';
  const path = `/approvals/${approvalId}/approve`;

  const first = await desk.as('hoa', 'POST', path, undefined, { key });
  const second = await desk.as('hoa', 'POST', path, undefined, { key });

  expect(second).toEqual(first);
  expect((await lastEvent(dossier)).sequence).toBe(2);
});

test('records of the past are exempt: who decided then is history', async () => {
  const { dossierId, etag } = await desk.receive(minhs);
  const { now: occurredAt } = (await desk.as('minh', 'GET', '/time')).body as { now: string };

  const said = { ...extension, signedBy: 'hoa', occurredAt };
  const { status } = await desk.as('kien', 'POST', `/dossiers/${dossierId}/extend`, said, { ifMatch: etag });

  expect(status).toBe(200);
});

test('an office that says nothing of it goes on with one head', async () => {
  await load({ fourEyes: demoOrganisation.fourEyes });
  const dossier = await desk.receive(minhs);

  expect(await propose('minh', dossier)).toMatchObject({ status: 409, body: { code: 'ONE_IS_ENOUGH' } });
  const { status } = await desk.as('hoa', 'POST', `/dossiers/${dossier.dossierId}/extend`, extension, {
    ifMatch: dossier.etag,
  });
  expect(status).toBe(200);
  await load({});
});
