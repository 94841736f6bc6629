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

test('what somebody may not see they cannot link to', async () => {
  const { dossierId, etag } = await desk.receive();
  const hidden = '01932c8e-7c00-7000-8000-0000000000aa';
  const body = { kind: 'group', otherDossierId: hidden };

  expect(await desk.as('lan', 'POST', `/dossiers/${dossierId}/link`, body, { ifMatch: etag })).toMatchObject({
    status: 404,
    body: { code: 'DOSSIER_NOT_FOUND' },
  });
});
