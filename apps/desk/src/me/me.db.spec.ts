import { policy, scopeOf, type Action, type Organisation } from '#domain';
import { demoOrganisation, DeskAtWork } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/** Hoa is away for good, so that Minh stands in for her; Son holds a second post; Tuan held one until last year. */
const organisation: Organisation = {
  ...demoOrganisation,
  tenures: [
    ...demoOrganisation.tenures,
    { officialId: 'son', postId: 'do-luong-civil-officer', from: '2025-06-30T17:00:00.000Z', until: null },
    {
      officialId: 'tuan',
      postId: 'do-luong-land-officer',
      from: '2025-06-30T17:00:00.000Z',
      until: '2025-12-31T17:00:00.000Z',
    },
  ],
  absences: [{ officialId: 'hoa', from: '2026-01-01T17:00:00.000Z', until: null }],
};

let desk: DeskAtWork;
beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation })));
afterAll(() => desk.stop());

test('who one is, in which post, and by whose clock', async () => {
  const { body } = await desk.as('lan', 'GET', '/me');

  const post = {
    id: 'do-luong-centre-clerk',
    name: 'Cán bộ tiếp nhận',
    officeId: 'do-luong-centre',
    officeName: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
    asDeputy: false,
  };
  expect(body).toMatchObject({ official: { id: 'lan', name: 'Nguyễn Thị Lan' }, post, posts: [post] });
  expect(body.timeZone).toBe('Asia/Ho_Chi_Minh');
  expect(body.rights).toMatchObject({ receive: 'own-office', 'read-queue': 'own-office' });
  expect(Object.keys(body.rights as object)).not.toContain('extend');
});

test('rights are those that every question of the guard would be answered by', async () => {
  const { body } = await desk.as('hoa', 'GET', '/me');

  const expected = (Object.keys(policy) as Action[]).flatMap((action) => {
    const scope = scopeOf(action, ['head']);
    return scope === null ? [] : [[action, scope]];
  });
  expect(body.rights).toEqual(Object.fromEntries(expected));
});

test('posts stood in for and a second post are named; what was held before is not', async () => {
  const postsOf = async (who: string) => {
    const { body } = await desk.as(who, 'GET', '/me');
    return body.posts.map(({ id, asDeputy }: { id: string; asDeputy: boolean }) => (asDeputy ? `for ${id}` : id));
  };

  expect(await postsOf('minh')).toEqual(['do-luong-land-officer', 'for do-luong-land-head']);
  expect(await postsOf('son')).toEqual(['do-luong-land-officer', 'do-luong-civil-officer', 'for do-luong-land-head']);
  expect(await postsOf('tuan')).toEqual(['do-luong-civil-officer']);
});

test('a deputy has the rights of the post stood in for', async () => {
  expect((await desk.as('minh', 'GET', '/me')).body.rights).toMatchObject({ extend: 'offices-below' });
});

test('the directory names offices, posts, people and who holds what now, without addresses', async () => {
  const { body, etag } = await desk.as('lan', 'GET', '/directory');

  expect(etag).toBe(`"${body.version}"`);
  expect(body.offices).toHaveLength(5);
  expect(body.offices[1]).toEqual({
    id: 'do-luong-centre',
    name: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
    parentId: 'do-luong',
    headPostId: 'do-luong-centre-director',
    validFrom: null,
    validUntil: null,
    successorId: null,
  });
  expect(body.officials).toContainEqual({ id: 'lan', name: 'Nguyễn Thị Lan' });
  expect(body.held).toContainEqual({ officialId: 'son', postId: 'do-luong-civil-officer' });
  expect(body.held).not.toContainEqual({ officialId: 'tuan', postId: 'do-luong-land-officer' });
  expect(body.absences).toEqual([{ officialId: 'hoa', from: '2026-01-01T17:00:00.000Z', until: null }]);
  expect(body.deputies).toHaveLength(2);
  expect(JSON.stringify(body)).not.toContain('@');
});
