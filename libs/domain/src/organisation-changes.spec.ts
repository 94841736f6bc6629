import fc from 'fast-check';
import { organisationChanges, parseOrganisation, type Organisation } from './index';

const since = '2025-06-30T17:00:00.000Z';
const organisation = parseOrganisation({
  offices: ['centre', 'bac-son'].map((id) => ({
    id,
    name: id,
    parentId: null,
    headPostId: 'head',
    receptionPostId: null,
    codePrefix: 'H41.1',
  })),
  posts: [{ id: 'head', officeId: 'centre', name: 'Head', roles: ['head'] }],
  officials: [{ id: 'hoa', name: 'Đặng Thị Hoa', email: 'hoa@example' }],
  tenures: [{ officialId: 'hoa', postId: 'head', from: since, until: null }],
});

const short = ({ kind, change, officeId, postId, officialId }: ReturnType<typeof organisationChanges>[number]) =>
  [change, kind, officeId, postId, officialId].filter((word) => word !== null).join(' ');

test('the first version is told thing by thing', () => {
  expect(organisationChanges(null, organisation).map(short)).toEqual([
    'added office centre head',
    'added office bac-son head',
    'added post centre head',
    'added official hoa',
    'added tenure centre head hoa',
  ]);
});

test('what ends, begins and changes is told alone, with its instants and without names', () => {
  const until = '2026-12-31T17:00:00.000Z';
  const next: Organisation = {
    ...organisation,
    offices: organisation.offices.map((one) =>
      one.id === 'bac-son' ? { ...one, validUntil: until, successorId: 'centre' } : one,
    ),
    officials: [{ id: 'hoa', name: 'Đặng Thị Hoa', email: 'other@example' }],
    tenures: [{ ...organisation.tenures[0]!, until }],
    absences: [{ officialId: 'hoa', from: since, until }],
    deputies: [{ postId: 'head', deputyPostId: 'head', from: since, until: null }],
  };

  const changes = organisationChanges(organisation, next);

  expect(changes.map(short)).toEqual([
    'changed office bac-son head',
    'changed official hoa',
    'changed tenure centre head hoa',
    'added deputy centre head',
    'added absence hoa',
  ]);
  expect(changes[0]).toMatchObject({ successorId: 'centre', until });
  expect(changes[2]).toMatchObject({ from: since, until });
  expect(JSON.stringify(changes)).not.toMatch(/Đặng|example/);
  expect(
    organisationChanges(next, organisation)
      .map(({ change }) => change)
      .sort(),
  ).toEqual(['changed', 'changed', 'changed', 'removed', 'removed']);
});

test('property: followed from version to version, the changes say at each what there is', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });
  const version = fc.array(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), until: fc.option(fc.constant(since), { nil: null }) }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(ids, version), { minLength: 1, maxLength: 6 }), (drawn) => {
      let before: Organisation | null = null;
      const followed = new Map<string, string | null>();
      for (const [officials, absences] of drawn) {
        const once = [...new Map(absences.map((one) => [one.id, one])).values()];
        const after: Organisation = {
          ...organisation,
          officials: officials.map((id) => ({ id, name: id, email: null })),
          absences: once.map(({ id, until }) => ({ officialId: id, from: since, until })),
        };
        for (const { kind, change, officialId, until } of organisationChanges(before, after)) {
          if (kind !== 'official' && kind !== 'absence') continue;
          if (change === 'removed') followed.delete(`${kind} ${officialId ?? ''}`);
          else followed.set(`${kind} ${officialId ?? ''}`, until);
        }
        const expected = new Map<string, string | null>([
          ...officials.map((id) => [`official ${id}`, null] as const),
          ...once.map(({ id, until }) => [`absence ${id}`, until] as const),
        ]);
        expect(new Map([...followed].sort())).toEqual(new Map([...expected].sort()));
        expect(organisationChanges(after, after)).toEqual([]);
        before = after;
      }
    }),
  );
});
