import type { Organisation } from '#domain';
import { demoOrganisation, DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

const began = '2025-06-30T17:00:00.000Z';
/** Minh has a second post, which is over, and one that has not begun; Xuan is known and holds none. */
const organisation: Organisation = {
  ...demoOrganisation,
  officials: [...demoOrganisation.officials, { id: 'xuan', name: 'Lê Thị Xuân', email: null }],
  tenures: [
    ...demoOrganisation.tenures,
    { officialId: 'minh', postId: 'do-luong-civil-officer', from: began, until: '2026-01-01T00:00:00.000Z' },
    { officialId: 'minh', postId: 'do-luong-inspector', from: '2999-01-01T00:00:00.000Z', until: null },
    { officialId: 'lan', postId: 'do-luong-centre-director', from: began, until: null },
  ],
};

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation })));
afterAll(() => desk.stop());

const postsOf = (officialId: string) => desk.asService('gateway', 'GET', `/officials/${officialId}/posts`);

test('a sign-in makes an official who they are by the posts held now, each with its own rights', async () => {
  const { status, body } = await postsOf('lan');

  expect(status).toBe(200);
  expect(body.name).toBe('Nguyễn Thị Lan');
  expect(body.posts.map(({ id }: { id: string }) => id)).toEqual(['do-luong-centre-director', 'do-luong-centre-clerk']);
  const [director, clerk] = body.posts;
  expect(director.rights).toMatchObject({ reassign: 'offices-below' });
  expect(clerk.rights).toMatchObject({ receive: 'own-office' });
  expect(clerk.rights).not.toHaveProperty('reassign');
  expect(clerk.officeName).toBe('Trung tâm Phục vụ hành chính công xã Đô Lương');
});

test('a post that is over, or has not begun, is none', async () => {
  const { body } = await postsOf('minh');

  expect(body.posts.map(({ id }: { id: string }) => id)).toEqual(['do-luong-land-officer']);
});

test('who holds no post is known all the same; who is not of the organisation is not', async () => {
  expect(await postsOf('xuan')).toMatchObject({ status: 200, body: { posts: [] } });
  expect((await postsOf('nobody')).status).toBe(404);
});

test('it is told to the service that signs people in, and to nobody else', async () => {
  for (const who of ['lan', 'quang', 'thu']) {
    expect(await desk.as(who, 'GET', '/officials/lan/posts')).toMatchObject({ status: 403 });
  }
  for (const service of ['clock', 'oversight'] as const) {
    expect((await desk.asService(service, 'GET', '/officials/lan/posts')).status).toBe(403);
  }
});
