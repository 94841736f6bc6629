import { documentActs } from './conditions';
import { documentTakesTwo, othersEntitled } from './four-eyes';
import { parseOrganisation } from './load-schemas';
import type { Organisation } from './organisation';

/* Quang and Tra administer by posts of two offices; Tra's begins in December, Yen's ended; Lan is a clerk. */

const office = (id: string) => ({
  id,
  name: id,
  parentId: null,
  headPostId: `${id}-admin`,
  receptionPostId: null,
  codePrefix: 'H41.85',
});
const since = '2025-07-01T00:00:00.000Z';
const december = '2026-12-01T00:00:00.000Z';
const organisation: Organisation = parseOrganisation({
  offices: [office('north'), office('south')],
  posts: [
    { id: 'north-admin', officeId: 'north', name: 'admin', roles: ['administrator'] },
    { id: 'south-admin', officeId: 'south', name: 'admin', roles: ['administrator', 'head'] },
    { id: 'clerk', officeId: 'north', name: 'clerk', roles: ['clerk'] },
  ],
  officials: ['quang', 'tra', 'yen', 'lan'].map((id) => ({ id, name: id, email: null })),
  tenures: [
    { officialId: 'quang', postId: 'north-admin', from: since, until: null },
    { officialId: 'quang', postId: 'south-admin', from: since, until: null },
    { officialId: 'tra', postId: 'south-admin', from: december, until: null },
    { officialId: 'yen', postId: 'north-admin', from: since, until: '2026-01-01T00:00:00.000Z' },
    { officialId: 'lan', postId: 'clerk', from: since, until: null },
  ],
  fourEyes: documentActs,
});

test.each(documentActs)(
  '%s takes two where the organisation says so and another person holds the right by then',
  (act) => {
    expect(documentTakesTwo(act, organisation, ['quang'], december)).toBe(true);
    expect(documentTakesTwo(act, { ...organisation, fourEyes: [] }, ['quang'], december)).toBe(false);
  },
);

test('one person with two posts is no second person, nor is whoever held a post before or will later', () => {
  expect(documentTakesTwo('load-organisation', organisation, ['quang'], '2026-11-30T23:59:59.999Z')).toBe(false);
  expect(othersEntitled('load-organisation', organisation, [], december)).toEqual(['quang', 'tra']);
});

test('who acts in the place of all who hold the right is still one person', () => {
  expect(documentTakesTwo('load-catalogue', organisation, ['lan', 'quang', 'tra'], december)).toBe(true);
  expect(documentTakesTwo('load-catalogue', organisation, ['lan', 'quang'], '2026-11-30T23:59:59.999Z')).toBe(false);
  expect(documentTakesTwo('load-catalogue', organisation, ['lan', 'quang'], december)).toBe(true);
});
