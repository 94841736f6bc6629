import { detailsOf } from './details';

const lan = { id: 'lan', name: 'Lan', email: null };
const post = { id: 'clerk', name: 'Clerk', officeId: 'centre', roles: ['clerk'] };
const from = '2026-11-01T17:00:00.000Z';

test('of a changed row each field that differs is told, from what to what', () => {
  const edit = {
    part: 'officials',
    key: '"lan"',
    before: lan,
    after: { ...lan, name: 'Lan Anh', email: 'a@b.vn' },
  } as const;

  expect(detailsOf(edit)).toEqual([
    { name: 'name', kind: 'name', before: 'Lan', after: 'Lan Anh' },
    { name: 'email', kind: 'text', before: null, after: 'a@b.vn' },
  ]);
});

test('of a new row is told what its line leaves unsaid: the roles of a post, the law behind a mandate', () => {
  const mandate = { officeId: 'centre', postId: 'clerk', action: 'decide', from, until: null, legalBasis: '12/QĐ' };
  const added = (part: 'posts' | 'mandates' | 'tenures', after: object) =>
    detailsOf({ part, key: 'new', before: null, after: after as Record<string, unknown> }).map(({ name }) => name);

  expect(added('posts', post)).toEqual(['officeId', 'roles']);
  expect(added('posts', { ...post, roles: [] })).toEqual(['officeId']);
  expect(added('mandates', mandate)).toEqual(['legalBasis']);
  expect(added('tenures', { officialId: 'lan', postId: 'clerk', from, until: null })).toEqual([]);
});

test('nothing is to be told of what is gone, nor of an act that takes two from now on', () => {
  expect(detailsOf({ part: 'posts', key: '"clerk"', before: post, after: null })).toEqual([]);
  expect(detailsOf({ part: 'fourEyes', key: '"stop"', before: null, after: { command: 'stop' } })).toEqual([]);
});
