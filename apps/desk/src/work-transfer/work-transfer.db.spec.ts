import { randomUUID } from 'node:crypto';
import type { Organisation } from '#domain';
import { demoOrganisation, DeskAtWork, type Reply } from '../../test/desk-at-work';

/* A commune ends and its open work moves to its successor; an official leaves and theirs is handed on. On a real database. */

const since = '2025-06-30T17:00:00.000Z';
const bacSon = {
  ...demoOrganisation.offices.find(({ id }) => id === 'do-luong-land')!,
  id: 'bac-son',
  name: 'Xã Bắc Sơn',
  headPostId: 'bac-son-head',
};
const staff = { cuong: 'head', ngoc: 'clerk', phuc: 'official' } as const;
const before: Organisation = {
  ...demoOrganisation,
  offices: [...demoOrganisation.offices, bacSon],
  posts: [
    ...demoOrganisation.posts,
    ...Object.values(staff).map((role) => ({ id: `bac-son-${role}`, officeId: 'bac-son', name: role, roles: [role] })),
  ],
  officials: [...demoOrganisation.officials, ...Object.keys(staff).map((id) => ({ id, name: id, email: null }))],
  tenures: [
    ...demoOrganisation.tenures,
    ...Object.entries(staff).map(([officialId, role]) => ({
      officialId,
      postId: `bac-son-${role}`,
      from: since,
      until: null,
    })),
  ],
};

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeEach(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: before });
});

afterEach(() => desk.stop());

/** The commune ends now; of its people, Phuc goes on in the office for land. */
async function end(): Promise<void> {
  const now = await desk.now();
  const offices = before.offices.map((office) =>
    office.id === 'bac-son' ? { ...office, validUntil: now, successorId: 'do-luong-land' } : office,
  );
  const moved = { officialId: 'phuc', postId: 'do-luong-land-officer', from: now, until: null };
  const loaded = await load({ ...before, offices, tenures: [...before.tenures, moved] });
  expect(loaded.status).toBe(201);
}

const load = (organisation: object) => desk.as('quang', 'POST', '/organisation', organisation);
const read = async (dossierId: string, who = 'hoa') => (await desk.as(who, 'GET', `/dossiers/${dossierId}`)).body;

async function receivedBy(who: string, body: object = {}): Promise<string> {
  const reply = await desk.as(who, 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk', ...body });
  expect(reply.status).toBe(201);
  return (reply.body as { dossierId: string }).dossierId;
}

const heldBy = (officialId: string, postId: string) => ({ responsible: { officialId, postId } });

function decided(body: object, who = 'quang'): Promise<Reply> {
  return desk.as(who, 'POST', '/work-transfers', { reasonCode: 'office-ended', ...body });
}

/** Page by page, each page sent twice, as after a lost answer. */
async function applied(operationId: string, who = 'quang'): Promise<{ moved: number; left: string[] }> {
  let moved = 0;
  const left = new Set<string>();
  for (let after: string | null = null; ;) {
    for (let time = 0; time < 2; time += 1) {
      const path = `/work-transfers/${operationId}/pages`;
      const { status, body } = await desk.as(who, 'POST', path, { limit: 1, ...(after !== null && { after }) });
      expect(status).toBe(200);
      moved += body.moved as number;
      for (const { dossierId } of body.left) left.add(dossierId as string);
      if (time === 1) after = body.next as string | null;
    }
    if (after === null) return { moved, left: [...left] };
  }
}

test('the open work of an office that has ended moves to its successor: same dates, same first receiver, each told once', async () => {
  const own = await receivedBy('ngoc');
  const followed = await receivedBy('ngoc', heldBy('phuc', 'bac-son-official'));
  const elsewhere = await receivedBy('ngoc', heldBy('minh', 'do-luong-land-officer'));
  expect(await desk.as('hoa', 'GET', `/dossiers/${own}`)).toMatchObject({ status: 404 });
  const due = (await read(own, 'cuong')).due;

  await end();

  expect(await desk.as('ngoc', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk' })).toMatchObject({
    status: 409,
    body: {
      code: 'OFFICE_NOT_THERE',
      successorId: 'do-luong-land',
      detail: expect.stringContaining('ask do-luong-land'),
    },
  });
  expect(await desk.as('cuong', 'GET', `/dossiers/${own}`)).toMatchObject({ status: 404 });
  expect((await read(own)).holder.officialId).toBe('ngoc');
  const listed = (await desk.as('hoa', 'GET', '/dossiers')).body.dossiers as { dossierId: string }[];
  expect(listed.map(({ dossierId }) => dossierId).sort()).toEqual([own, followed, elsewhere].sort());

  const preview = (await desk.as('thu', 'GET', '/work-transfers')).body;
  expect(preview.dossiers[0]).toMatchObject({ timeZone: 'Asia/Ho_Chi_Minh' });
  expect(preview.dossiers.map((one: any) => [one.dossierId, one.from.officialId, one.to.postId])).toEqual(
    [
      [own, 'ngoc', 'do-luong-land-head'],
      [followed, 'phuc', 'do-luong-land-officer'],
    ].sort(),
  );
  const operationId = randomUUID();
  expect((await decided({ operationId })).status).toBe(200);
  expect((await decided({ operationId })).status).toBe(200);
  expect(await applied(operationId)).toMatchObject({ moved: 2 });

  expect(await read(own)).toMatchObject({ officeId: 'bac-son', due, holder: { officialId: 'hoa' } });
  expect(await read(followed)).toMatchObject({
    officeId: 'bac-son',
    holder: { officialId: 'phuc', officeId: 'do-luong-land' },
  });
  expect(await read(elsewhere)).toMatchObject({ lastSequence: 1 });
  const told = await desk.rows(
    `select stream, type, body::jsonb->'data'->>'operationId' as operation from desk.journal where body like $1`,
    `%${operationId}%`,
  );
  expect(told.map(({ type }) => type).sort()).toEqual([
    'dossier-reassigned',
    'dossier-reassigned',
    'work-transfer-decided',
  ]);
  expect(new Set(told.map(({ operation }) => operation))).toEqual(new Set([operationId]));
  const { entries } = (await desk.as('hoa', 'GET', `/dossiers/${own}/history`)).body;
  expect(entries.at(-1).event).toMatchObject({
    dataschema: 'urn:motcua:dossier-reassigned/3',
    data: { reasonCode: 'office-ended', actor: { officialId: 'quang' }, released: { officialId: 'ngoc' } },
  });
});

test('a rung that falls due while the holder still sits in the ended office tells the head of the successor', async () => {
  const dossierId = await receivedBy('ngoc');
  await end();
  const rung = { dueAt: await desk.now(), tell: 'head-of-office' };
  await desk.rows(
    `update desk.dossier set state = jsonb_set(state, '{schedule,rungs,0}', state#>'{schedule,rungs,0}' || $2) where dossier_id = $1`,
    dossierId,
    JSON.stringify(rung),
  );
  const { etag } = await desk.as('hoa', 'GET', `/dossiers/${dossierId}`);
  const reassign = (officialId: string, postId: string, ifMatch: string) =>
    desk.as(
      'hoa',
      'POST',
      `/dossiers/${dossierId}/reassign`,
      { to: { officialId, postId }, reasonCode: 'office-ended' },
      { ifMatch },
    );

  const handed = await reassign('minh', 'do-luong-land-officer', etag!);

  expect(handed.body.escalations).toMatchObject([
    { dueAt: rung.dueAt, responsible: { officialId: 'ngoc', officeId: 'bac-son' }, addressee: { officialId: 'hoa' } },
  ]);
  expect(await reassign('ngoc', 'bac-son-clerk', handed.etag!)).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'to.postId', rule: expect.stringContaining('ask do-luong-land') }] },
  });
});

describe('an official who leaves', () => {
  const minhs = heldBy('minh', 'do-luong-land-officer');
  const toSon = { officialId: 'son', postId: 'do-luong-land-officer' };
  const toHoa = { officialId: 'hoa', postId: 'do-luong-land-head' };

  test('holds open work that is shown earliest due first, to those who may hand it on, within their reach', async () => {
    const slow = await receivedBy('lan', minhs);
    const quick = await receivedBy('lan', { ...minhs, procedureCode: '1.001193' });
    await receivedBy('lan');

    const first = (await desk.as('hoa', 'GET', '/officials/minh/open-work?limit=1')).body;
    const rest = (await desk.as('hoa', 'GET', `/officials/minh/open-work?limit=1&cursor=${first.next}`)).body;

    expect([...first.dossiers, ...rest.dossiers].map(({ dossierId }) => dossierId)).toEqual([quick, slow]);
    expect(rest.next).toBeNull();
    expect((await desk.as('dung', 'GET', '/officials/minh/open-work')).body.dossiers).toEqual([]);
    expect((await desk.as('quang', 'GET', '/officials/minh/open-work')).body.dossiers).toHaveLength(2);
    expect(await desk.as('lan', 'GET', '/officials/minh/open-work')).toMatchObject({ status: 403 });
  });

  test('hands all of it on at once: one by name, the rest to one; what comes to them later stays', async () => {
    const one = await receivedBy('lan', minhs);
    const other = await receivedBy('lan', minhs);
    const operationId = randomUUID();
    const transfer = {
      operationId,
      reasonCode: 'official-left',
      fromOfficialId: 'minh',
      to: toSon,
      assignments: [{ dossierId: one, to: toHoa }],
    };
    expect((await decided(transfer, 'hoa')).status).toBe(200);
    const late = await receivedBy('lan', minhs);

    expect(await applied(operationId, 'hoa')).toEqual({ moved: 2, left: [late] });

    expect((await read(one)).holder.officialId).toBe('hoa');
    expect((await read(other)).holder.officialId).toBe('son');
    expect((await read(late)).holder.officialId).toBe('minh');
    expect(await decided({ ...transfer, to: toHoa }, 'hoa')).toMatchObject({
      status: 409,
      body: { code: 'WORK_TRANSFER_DECIDED_OTHERWISE' },
    });
  });

  test('of whom only what is assigned moves where nobody is named for the rest', async () => {
    const one = await receivedBy('lan', minhs);
    const other = await receivedBy('lan', minhs);
    const operationId = randomUUID();
    await decided({ operationId, fromOfficialId: 'minh', assignments: [{ dossierId: one, to: toSon }] }, 'hoa');

    expect(await applied(operationId, 'hoa')).toEqual({ moved: 1, left: [other] });
  });

  test('whose taker has left since keeps the work, and says so', async () => {
    const dossierId = await receivedBy('lan', minhs);
    const operationId = randomUUID();
    await decided({ operationId, fromOfficialId: 'minh', to: toSon }, 'hoa');
    const until = await desk.now();
    const tenures = before.tenures.map((one) => (one.officialId === 'son' ? { ...one, until } : one));
    expect((await load({ ...before, tenures })).status).toBe(201);

    const { body } = await desk.as('hoa', 'POST', `/work-transfers/${operationId}/pages`, {});

    expect(body).toMatchObject({
      moved: 0,
      left: [{ dossierId, because: 'taker-gone', reason: 'whoever would take it holds that post no more' }],
    });
  });

  test('keeps what is late where a late reassignment takes two: said before and after, by its code, and two hand it on', async () => {
    const late = await receivedBy('lan', minhs);
    const other = await receivedBy('lan', minhs);
    await desk.rows(
      `update desk.dossier set state = jsonb_set(state, '{due,appointmentAt}', '"2026-11-20T02:00:00.000Z"') where dossier_id = $1`,
      late,
    );
    expect((await load({ ...before, fourEyes: ['reassign'] })).status).toBe(201);
    const { code } = await read(late);

    const preview = await desk.as(
      'hoa',
      'GET',
      '/work-transfers?fromOfficialId=minh&toOfficialId=son&toPostId=do-luong-land-officer',
    );
    expect(preview.body.dossiers.map((one: any) => [one.dossierId, one.to?.officialId ?? null, one.takesTwo])).toEqual([
      [late, null, true],
      [other, 'son', false],
    ]);
    const operationId = randomUUID();
    await decided({ operationId, fromOfficialId: 'minh', to: toSon }, 'hoa');
    const { body } = await desk.as('hoa', 'POST', `/work-transfers/${operationId}/pages`, {});

    expect(body).toMatchObject({ moved: 1, left: [{ dossierId: late, code, because: 'takes-two' }] });
    expect((await read(late)).holder.officialId).toBe('minh');
    const { etag } = await desk.as('minh', 'GET', `/dossiers/${late}`);
    const reassigned = { command: 'reassign', body: { to: toSon, reasonCode: 'official-left' } };
    const proposed = await desk.as('minh', 'POST', `/dossiers/${late}/approvals`, reassigned, { ifMatch: etag });
    expect(proposed.status).toBe(201);
    await desk.as('hoa', 'POST', `/approvals/${proposed.body.approvalId as string}/approve`, {});
    expect((await read(late)).holder.officialId).toBe('son');
  });

  test('hands on a complaint too, but not by whom it is about, who does not hear of it, nor to them', async () => {
    const about = (officialId: string) => ({ ...minhs, procedureCode: 'S1.000020', about: { officialId } });
    const ofHoa = await receivedBy('lan', about('hoa'));
    const ofSon = await receivedBy('lan', about('son'));
    const plain = await receivedBy('lan', minhs);
    const preview = (await desk.as('hoa', 'GET', '/work-transfers?fromOfficialId=minh')).body;
    expect(preview.dossiers.map(({ dossierId }: any) => dossierId)).toEqual([ofSon, plain]);
    const operationId = randomUUID();
    expect((await decided({ operationId, fromOfficialId: 'minh', to: toSon }, 'hoa')).status).toBe(200);

    expect(await applied(operationId, 'hoa')).toEqual({ moved: 1, left: [ofSon] });
    expect(await applied(operationId)).toEqual({ moved: 1, left: [ofSon] });

    expect((await read(ofHoa, 'son')).holder.officialId).toBe('son');
  });

  test.each([
    ['nobody who takes it', { fromOfficialId: 'minh' }, 'to'],
    [
      'somebody who does not hold that post',
      { fromOfficialId: 'minh', to: { ...toSon, officialId: 'lan' } },
      'to.officialId',
    ],
    ['somebody unknown', { fromOfficialId: 'ghost', to: toSon }, 'fromOfficialId'],
    ['an office that goes on', { fromOfficeId: 'do-luong-land' }, 'fromOfficeId'],
  ])('refused: %s', async (_, body, field) => {
    expect(await decided({ operationId: randomUUID(), ...body })).toMatchObject({
      status: 400,
      body: { errors: [{ field }] },
    });
  });

  test('an operation that nobody decided moves nothing, and a clerk decides none', async () => {
    expect((await desk.as('quang', 'POST', `/work-transfers/${randomUUID()}/pages`, {})).body).toMatchObject({
      code: 'WORK_TRANSFER_UNDECIDED',
    });
    expect(await decided({ operationId: randomUUID(), fromOfficialId: 'minh', to: toSon }, 'lan')).toMatchObject({
      status: 403,
    });
  });
});
