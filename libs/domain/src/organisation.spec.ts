import { addresseeOf, organisationDefects, holdsPost, isWithin, scopeOf, type Organisation } from './index';
import { at, minh } from '../test/office';

/** The first defect in words. */
const defectOf = (...asked: Parameters<typeof organisationDefects>) => organisationDefects(...asked)[0]?.rule ?? null;

/** An office without an end, as most are. */
const lasting = { validFrom: null, validUntil: null, successorId: null, committeePostId: null, phone: null };

const organisation: Organisation = {
  offices: [
    {
      id: 'authority',
      name: 'Commune',
      parentId: null,
      headPostId: 'chair',
      receptionPostId: null,
      codePrefix: 'H41.1',
      calendarId: null,
      ...lasting,
    },
    {
      id: 'centre',
      name: 'Centre',
      parentId: 'authority',
      headPostId: 'director',
      receptionPostId: null,
      codePrefix: 'H41.1',
      calendarId: null,
      ...lasting,
    },
    {
      id: 'land',
      name: 'Land',
      parentId: 'centre',
      headPostId: 'land-head',
      receptionPostId: null,
      codePrefix: 'H41.1',
      calendarId: null,
      ...lasting,
    },
  ],
  posts: [
    { id: 'chair', officeId: 'authority', name: 'Chair', roles: ['head'] },
    { id: 'director', officeId: 'centre', name: 'Director', roles: ['head'] },
    { id: 'land-head', officeId: 'land', name: 'Head', roles: ['head'] },
    { id: 'land-officer', officeId: 'land', name: 'Officer', roles: ['official'] },
  ],
  officials: ['an', 'binh', 'hoa', 'minh'].map((id) => ({ id, name: id, email: null })),
  tenures: [
    { officialId: 'an', postId: 'chair', from: at('Mon', '00:00'), until: null },
    { officialId: 'binh', postId: 'director', from: at('Wed', '00:00'), until: null },
    { officialId: 'hoa', postId: 'land-head', from: at('Mon', '00:00'), until: at('Thu', '00:00') },
    { officialId: 'minh', postId: 'land-officer', from: at('Mon', '00:00'), until: null },
  ],
  deputies: [],
  absences: [],
  mandates: [],
  fourEyes: [],
};

test.each([
  ['the official who holds the dossier', 'responsible-official', at('Mon', '09:00'), 'minh'],
  ['the head of that office', 'head-of-office', at('Mon', '09:00'), 'hoa'],
  ['the next head above while the post is vacant', 'head-of-parent-office', at('Mon', '09:00'), 'an'],
  ['the head of the parent office once there is one', 'head-of-parent-office', at('Wed', '09:00'), 'binh'],
  ['the next head above once the head has left', 'head-of-office', at('Thu', '09:00'), 'binh'],
  ['the head of the authority', 'head-of-authority', at('Thu', '09:00'), 'an'],
] as const)('a rung tells %s', (_, tell, instant, expected) => {
  expect(addresseeOf(organisation, tell, minh, instant).officialId).toBe(expected);
});

test('where every head is vacant the post is told, so that the telling is not lost', () => {
  const vacant = { ...organisation, tenures: [] };

  expect(addresseeOf(vacant, 'head-of-office', minh, at('Mon', '09:00'))).toEqual({
    officialId: null,
    postId: 'land-head',
    officeId: 'land',
  });
});

test('a post is held from its first instant to before its last', () => {
  const hoa = { officialId: 'hoa', postId: 'land-head', officeId: 'land' };

  expect(holdsPost(organisation, hoa, at('Mon', '00:00'))).toBe(true);
  expect(holdsPost(organisation, hoa, at('Thu', '00:00'))).toBe(false);
  expect(holdsPost(organisation, { ...hoa, officeId: 'centre' }, at('Tue', '00:00'))).toBe(false);
});

test('the offices within a head’s reach are the own and all under it', () => {
  const below = organisation.offices.filter(({ id }) => isWithin(organisation, id, 'centre', at('Mon', '09:00')));

  expect(below.map(({ id }) => id)).toEqual(['centre', 'land']);
});

test('a reference that leads nowhere is named', () => {
  expect(defectOf({ ...administered, officials: [] }, at('Mon', '08:00'))).toContain('names official an');
});

/** The sample, with somebody who may correct it. */
const administered: Organisation = {
  ...organisation,
  posts: organisation.posts.map((post, index) => (index === 0 ? { ...post, roles: ['administrator'] } : post)),
  tenures: organisation.tenures.map((tenure, index) =>
    index === 0 ? { ...tenure, postId: organisation.posts[0]!.id, from: at('Mon', '00:00'), until: null } : tenure,
  ),
};

test.each<[string, Organisation, RegExp | null]>([
  ['sound', administered, null],
  ['one with an id twice', { ...administered, offices: [...organisation.offices, organisation.offices[0]!] }, /twice/],
  [
    'one with an office below itself',
    { ...administered, offices: organisation.offices.map((office) => ({ ...office, parentId: office.id })) },
    /below itself/,
  ],
  ['one that nobody administers', { ...administered, tenures: [] }, /administrator/],
])('an organisation can be worked with: %s', (_, candidate, expected) => {
  const defect = defectOf(candidate, at('Mon', '08:00'));

  if (expected === null) expect(defect).toBeNull();
  else expect(defect).toMatch(expected);
});

test('of several posts the widest right counts, and no row means no right', () => {
  expect(scopeOf('read-dossier', ['official', 'head'])).toBe('offices-below');
  expect(scopeOf('escalate', ['clerk', 'head', 'administrator'])).toBeNull();
  expect(scopeOf('record-past', ['clerk'])).toBeNull();
});
