import { DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});
afterAll(() => desk.stop());

test('a dossier that appeals against another is found from both, once, and moves no clock', async () => {
  const first = await desk.receive();
  const appeal = await desk.receive();
  const link = (etag: string | null, otherDossierId: string, who = 'lan') =>
    desk.as(who, 'POST', `/dossiers/${appeal.dossierId}/link`, { kind: 'appeal', otherDossierId }, { ifMatch: etag });

  const noted = await link(appeal.etag, first.dossierId);

  expect(noted).toMatchObject({ status: 200, body: { due: appeal.body.due, status: 'received' } });
  const linksOf = async (dossierId: string) => (await desk.as('lan', 'GET', `/dossiers/${dossierId}/links`)).body.links;
  expect(await linksOf(appeal.dossierId)).toMatchObject([
    { kind: 'appeal', direction: 'to', dossierId: first.dossierId, code: first.body.code, status: 'received' },
  ]);
  expect(await linksOf(first.dossierId)).toMatchObject([
    { kind: 'appeal', direction: 'from', dossierId: appeal.dossierId },
  ]);
  expect(await link(noted.etag, first.dossierId)).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID', detail: expect.stringContaining('already') as string },
  });
  expect(await link(noted.etag, appeal.dossierId)).toMatchObject({ status: 400 });
});

describe('named at intake', () => {
  const intake = (links: object[], path = '/dossiers') =>
    desk.as(path === '/dossiers' ? 'lan' : 'huong', 'POST', path, {
      procedureCode: path === '/dossiers' ? '1.012786' : '1.001193',
      channel: path === '/dossiers' ? 'desk' : 'online',
      links,
    });
  const count = async () => (await desk.rows('select count(*) from desk.dossier'))[0]!['count'];

  test('links are entries of the same transaction, behind the receipt, and found from both sides', async () => {
    const [refused, sibling] = [await desk.receive(), await desk.receive()];
    const named = [
      { kind: 'resubmission', otherDossierId: refused.dossierId },
      { kind: 'group', otherDossierId: sibling.dossierId },
    ];

    const { status, body, etag } = await intake(named);

    expect({ status, etag }).toEqual({ status: 201, etag: '"2"' });
    expect(body.lastSequence).toBe(3);
    const { entries } = (await desk.as('lan', 'GET', `/dossiers/${body.dossierId}/history`)).body;
    expect(entries.map(({ event }: any) => [event.type, event.data.kind])).toEqual([
      ['dossier-received', undefined],
      ['dossier-linked', 'resubmission'],
      ['dossier-linked', 'group'],
    ]);
    expect((await desk.as('lan', 'GET', `/dossiers/${refused.dossierId}/links`)).body.links).toMatchObject([
      { kind: 'resubmission', direction: 'from', dossierId: body.dossierId },
    ]);
    const withdrawal = await desk.as(
      'lan',
      'POST',
      `/dossiers/${body.dossierId}/request-withdrawal`,
      {},
      { ifMatch: etag },
    );
    expect(withdrawal.status).toBe(200);
  });

  test('an online submission may name them too', async () => {
    const { dossierId } = await desk.receive();

    const { status, body } = await intake([{ kind: 'appeal', otherDossierId: dossierId }], '/submissions');

    expect(status).toBe(201);
    expect((await desk.as('huong', 'GET', `/dossiers/${body.dossierId}/links`)).body.links).toMatchObject([
      { kind: 'appeal', direction: 'to', dossierId },
    ]);
  });

  test('what cannot be linked is refused with the place, and then no dossier has begun', async () => {
    const { dossierId } = await desk.receive();
    const link = { kind: 'group', otherDossierId: dossierId };
    const before = await count();

    expect(await intake([link, link])).toMatchObject({
      status: 400,
      body: { code: 'FIELD_INVALID', errors: [{ field: 'links.1.otherDossierId' }] },
    });
    expect(await intake([link, { ...link, otherDossierId: '01932c8e-7c00-7000-8000-0000000000aa' }])).toMatchObject({
      status: 404,
      body: { code: 'DOSSIER_NOT_FOUND' },
    });
    expect(await intake([{ ...link, kind: 'cousin' }])).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'links.0.kind' }] },
    });
    expect(await count()).toEqual(before);
  });
});

test("a dossier that one was asked about is seen among those one's own belongs to", async () => {
  const asked = await desk.receive();
  const civil = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
  const question = { asked: civil, questionCode: 'residence', limit: { amount: 2, unit: 'WORKING_DAY' } };
  const path = `/dossiers/${asked.dossierId}/request-opinion`;
  expect((await desk.as('lan', 'POST', path, question, { ifMatch: asked.etag })).status).toBe(200);
  const links = [{ kind: 'appeal', otherDossierId: asked.dossierId }];
  const intake = { procedureCode: '1.012786', channel: 'desk', responsible: civil, links };
  const { dossierId } = (await desk.as('lan', 'POST', '/dossiers', intake)).body as { dossierId: string };

  expect((await desk.as('tuan', 'GET', `/dossiers/${dossierId}/links`)).body.links).toMatchObject([
    { kind: 'appeal', direction: 'to', dossierId: asked.dossierId },
  ]);
});

test('what somebody may not see they cannot link to', async () => {
  const { dossierId, etag } = await desk.receive();
  const hidden = '01932c8e-7c00-7000-8000-0000000000aa';
  const body = { kind: 'group', otherDossierId: hidden };

  expect(await desk.as('lan', 'POST', `/dossiers/${dossierId}/link`, body, { ifMatch: etag })).toMatchObject({
    status: 404,
    body: { code: 'DOSSIER_NOT_FOUND' },
  });
});
