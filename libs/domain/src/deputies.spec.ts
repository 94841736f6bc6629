import {
  addresseeOf,
  answerableFor,
  organisationDefects,
  mayAnswer,
  parseOrganisation,
  postsStoodInFor,
} from './index';
import { at } from '../test/office';

/** The first defect in words. */
const defectOf = (...asked: Parameters<typeof organisationDefects>) => organisationDefects(...asked)[0]?.rule ?? null;

/** An authority with one department: a chair and a vice-chair above, a head with a deputy and a deputy's deputy below. */
const organisation = parseOrganisation({
  offices: [
    { id: 'authority', name: 'A', parentId: null, headPostId: 'chair', receptionPostId: null, codePrefix: 'H41.1' },
    { id: 'land', name: 'L', parentId: 'authority', headPostId: 'head', receptionPostId: null, codePrefix: 'H41.1' },
  ],
  posts: [
    { id: 'chair', officeId: 'authority', name: 'Chair', roles: ['head'] },
    { id: 'committee', officeId: 'authority', name: 'Committee', roles: ['head'] },
    { id: 'administrator', officeId: 'authority', name: 'Administrator', roles: ['administrator'] },
    { id: 'head', officeId: 'land', name: 'Head', roles: ['head'] },
    { id: 'vice', officeId: 'land', name: 'Vice', roles: ['official'] },
    { id: 'officer', officeId: 'land', name: 'Officer', roles: ['official'] },
  ],
  officials: ['an', 'quang', 'hoa', 'son', 'minh', 'thanh'].map((id) => ({ id, name: id, email: null })),
  tenures: [
    { officialId: 'an', postId: 'chair', from: at('Mon', '00:00'), until: null },
    { officialId: 'quang', postId: 'administrator', from: at('Mon', '00:00'), until: null },
    { officialId: 'thanh', postId: 'committee', from: at('Mon', '00:00'), until: at('Thu', '00:00') },
    { officialId: 'hoa', postId: 'head', from: at('Mon', '00:00'), until: at('Thu', '00:00') },
    { officialId: 'son', postId: 'vice', from: at('Mon', '00:00'), until: null },
    { officialId: 'minh', postId: 'officer', from: at('Mon', '00:00'), until: null },
  ],
  deputies: [
    { postId: 'head', deputyPostId: 'vice', from: at('Mon', '00:00'), until: null },
    { postId: 'vice', deputyPostId: 'officer', from: at('Mon', '00:00'), until: at('Fri', '12:00') },
    { postId: 'officer', deputyPostId: 'head', from: at('Mon', '00:00'), until: null },
  ],
  absences: [
    { officialId: 'hoa', from: at('Tue', '08:00'), until: at('Wed', '08:00') },
    { officialId: 'son', from: at('Tue', '13:00'), until: at('Tue', '17:00') },
    { officialId: 'son', from: at('Fri', '00:00'), until: null },
  ],
  mandates: [
    {
      postId: 'officer',
      action: 'sign-apology',
      procedureCode: '1.005129',
      officeId: 'land',
      from: at('Wed', '00:00'),
      until: at('Thu', '00:00'),
      legalBasis: 'Decision 12',
    },
  ],
});
const minh = { officialId: 'minh', postId: 'officer', officeId: 'land' };
const son = { officialId: 'son', postId: 'vice', officeId: 'land' };

test.each([
  ['the head who is there', at('Mon', '09:00'), 'hoa', 'head'],
  ['the deputy from the instant the head is away', at('Tue', '08:00'), 'son', 'vice'],
  ['the deputy’s deputy while both are away', at('Tue', '13:00'), 'minh', 'officer'],
  ['the deputy again once the deputy is back', at('Tue', '17:00'), 'son', 'vice'],
  ['the head from the instant of the return', at('Wed', '08:00'), 'hoa', 'head'],
  ['the deputy while the post is vacant', at('Thu', '00:00'), 'son', 'vice'],
  ['the head above once no deputy is left', at('Fri', '12:00'), 'an', 'chair'],
])('a rung tells %s', (_, instant, officialId, postId) => {
  expect(addresseeOf(organisation, 'head-of-office', minh, instant)).toMatchObject({ officialId, postId });
});

test('where everybody is away, the head is told all the same, and a circle of deputies ends', () => {
  const away = organisation.officials.map(({ id }) => ({ officialId: id, from: at('Mon', '00:00'), until: null }));
  const deserted = { ...organisation, absences: away };

  expect(addresseeOf(deserted, 'head-of-office', minh, at('Mon', '09:00'))).toMatchObject({ officialId: 'hoa' });
});

test('the steering committee is that of the nearest office that has one; vacant, the head of the authority answers', () => {
  const offices = organisation.offices.map((office) =>
    office.id === 'authority' ? { ...office, committeePostId: 'committee' } : office,
  );
  const steered = { ...organisation, offices };

  expect(addresseeOf(steered, 'steering-committee', minh, at('Mon', '09:00'))).toMatchObject({ officialId: 'thanh' });
  expect(addresseeOf(steered, 'steering-committee', minh, at('Thu', '09:00'))).toMatchObject({ officialId: 'an' });
  expect(addresseeOf(organisation, 'steering-committee', minh, at('Mon', '09:00')).officialId).toBe('an');
});

test('a deputy stands in for the head only while nobody is there', () => {
  expect(postsStoodInFor(organisation, son, at('Mon', '09:00'))).toEqual([]);
  expect(postsStoodInFor(organisation, son, at('Tue', '08:00'))).toEqual(['head']);
  expect(postsStoodInFor(organisation, minh, at('Tue', '13:00'))).toEqual(['head', 'vice']);
  expect(postsStoodInFor(organisation, son, at('Tue', '13:00'))).toEqual([]);
  expect(postsStoodInFor(organisation, { ...son, officialId: 'minh' }, at('Tue', '08:00'))).toEqual([]);
});

test('a deputy of itself, one from nowhere and a time that ends before it begins are refused', () => {
  const [first, ...rest] = organisation.deputies;
  const withFirst = (change: object) => ({ ...organisation, deputies: [{ ...first!, ...change }, ...rest] });

  expect(defectOf(organisation, at('Mon', '09:00'))).toBeNull();
  expect(defectOf(withFirst({ deputyPostId: 'head' }), at('Mon', '09:00'))).toContain('its own deputy');
  expect(defectOf(withFirst({ deputyPostId: 'ghost' }), at('Mon', '09:00'))).toContain('names post ghost');
  expect(defectOf(withFirst({ until: at('Mon', '00:00') }), at('Mon', '09:00'))).toContain('before it begins');
});

describe('who answers for a matter', () => {
  const apology = { action: 'sign-apology', officeId: 'land', procedureCode: '1.005129' } as const;

  test('is the head and those above, by their post; then whoever has a mandate, with its basis', () => {
    const found = answerableFor(organisation, apology, at('Wed', '09:00'));

    expect(found.map(({ officialId, by }) => [officialId, by])).toEqual([
      ['hoa', 'head'],
      ['an', 'head'],
      ['minh', 'mandate'],
    ]);
    expect(found.at(-1)).toMatchObject({ legalBasis: 'Decision 12', forOfficeId: 'land', postId: 'officer' });
  });

  test('has a mandate under no post of an office that has ended, whatever its tenures say', () => {
    const [, land] = organisation.offices;
    const [mandate] = organisation.mandates;
    const merged = {
      ...organisation,
      offices: [...organisation.offices, { ...land!, id: 'old', validUntil: at('Wed', '12:00'), successorId: 'land' }],
      posts: [...organisation.posts, { id: 'old-officer', officeId: 'old', name: 'Old', roles: ['official'] as const }],
      tenures: [
        ...organisation.tenures,
        { officialId: 'minh', postId: 'old-officer', from: at('Mon', '00:00'), until: null },
      ],
      mandates: [{ ...mandate!, postId: null, officialId: 'minh' }],
    };
    const posts = (time: string) =>
      answerableFor(merged, apology, at('Wed', time)).flatMap(({ by, postId }) => (by === 'mandate' ? postId : []));

    expect(posts('11:00')).toEqual(['officer', 'old-officer']);
    expect(posts('12:00')).toEqual(['officer']);
  });

  test('is the deputy too while the head is away, and not after', () => {
    expect(mayAnswer(organisation, 'son', apology, at('Tue', '09:00'))).toBe(true);
    expect(mayAnswer(organisation, 'hoa', apology, at('Tue', '09:00'))).toBe(true);
    expect(mayAnswer(organisation, 'son', apology, at('Wed', '09:00'))).toBe(false);
  });

  test.each([
    ['before the mandate begins', apology, at('Tue', '23:59'), false],
    ['from its first instant', apology, at('Wed', '00:00'), true],
    ['at the instant it ends', apology, at('Thu', '00:00'), false],
    ['for another procedure', { ...apology, procedureCode: '9.999999' }, at('Wed', '09:00'), false],
    ['for something else', { ...apology, action: 'decide' }, at('Wed', '09:00'), false],
    ['for another office', { ...apology, officeId: 'authority' }, at('Wed', '09:00'), false],
  ] as const)('a mandate %s', (_, matter, instant, expected) => {
    expect(mayAnswer(organisation, 'minh', matter, instant)).toBe(expected);
  });

  test('a mandate is given either to a post or to a person', () => {
    const [mandate] = organisation.mandates;
    const both = { ...organisation, mandates: [{ ...mandate!, officialId: 'minh' }] };
    const person = { ...organisation, mandates: [{ ...mandate!, officialId: 'minh', postId: null }] };

    expect(defectOf(both, at('Mon', '09:00'))).toContain('either to a post or to an official');
    expect(defectOf(person, at('Mon', '09:00'))).toBeNull();
    expect(mayAnswer(person, 'minh', apology, at('Wed', '09:00'))).toBe(true);
  });
});
