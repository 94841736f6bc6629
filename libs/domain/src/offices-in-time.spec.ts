import fc from 'fast-check';
import {
  addresseeOf,
  calendarIdOf,
  organisationDefects,
  isWithin,
  officeAt,
  officesUpward,
  parseOrganisation,
  type Organisation,
} from './index';

/** The first defect in words. */
const defectOf = (...asked: Parameters<typeof organisationDefects>) => organisationDefects(...asked)[0]?.rule ?? null;

/*
 * Domain notes, section 2.1: on 30 June 2025 the districts ended; the town of Đô Lương and eight communes became the commune of
 * Đô Lương. An instant in Vinh is seven hours ahead of the one written here.
 */
const lastDay = '2025-06-30T09:00:00.000Z';
const merger = '2025-06-30T17:00:00.000Z';
const later = '2025-07-01T02:00:00.000Z';

const merged = [
  'do-luong-town',
  'bac-son',
  'nam-son',
  'da-son',
  'dang-son',
  'luu-son',
  'thinh-son',
  'van-son',
  'yen-son',
];

const organisation = parseOrganisation({
  offices: [
    office('nghe-an', null, { calendarId: 'nghe-an' }),
    office('do-luong-district', 'nghe-an', { validUntil: merger, successorId: 'do-luong', calendarId: 'district' }),
    ...merged.map((id) => office(id, 'do-luong-district', { validUntil: merger, successorId: 'do-luong' })),
    office('do-luong', 'nghe-an', { validFrom: merger }),
  ],
  posts: [
    ...['nghe-an', 'do-luong-district', ...merged, 'do-luong'].map((id) => post(id, 'head')),
    { id: 'administrator', officeId: 'nghe-an', name: 'A', roles: ['administrator'] },
  ],
  officials: ['chair', 'district-chair', 'mayor', 'commune-chair', 'admin'].map((id) => ({
    id,
    name: id,
    email: null,
  })),
  tenures: [
    tenure('chair', 'nghe-an-head'),
    tenure('district-chair', 'do-luong-district-head', merger),
    tenure('mayor', 'do-luong-town-head', merger),
    tenure('commune-chair', 'do-luong-head'),
    tenure('admin', 'administrator'),
  ],
});

function office(id: string, parentId: string | null, rest: object = {}): object {
  return { id, name: id, parentId, headPostId: `${id}-head`, receptionPostId: null, codePrefix: 'H41.1', ...rest };
}

function post(officeId: string, role: string): object {
  return { id: `${officeId}-${role}`, officeId, name: role, roles: [role] };
}

function tenure(officialId: string, postId: string, until: string | null = null): object {
  return { officialId, postId, from: '2020-01-01T00:00:00.000Z', until };
}

/** The same with one office otherwise. */
function changed(id: string, change: object): Organisation {
  const offices = organisation.offices.map((one) => (one.id === id ? { ...one, ...change } : one));
  return parseOrganisation({ ...organisation, offices });
}

test('a merge: nine offices are one from the instant they end, and themselves until then', () => {
  expect(merged.map((id) => officeAt(organisation, id, lastDay)?.id)).toEqual(merged);
  expect(new Set(merged.map((id) => officeAt(organisation, id, merger)?.id))).toEqual(new Set(['do-luong']));
  expect(defectOf(organisation, later)).toBeNull();
});

test('after several reforms an office is what its successor’s successor is', () => {
  const reform = '2027-01-01T00:00:00.000Z';
  const renamed = parseOrganisation({
    ...organisation,
    offices: [
      ...changed('do-luong', { validUntil: reform, successorId: 'do-luong-ward' }).offices,
      office('do-luong-ward', 'nghe-an', { validFrom: reform }),
    ],
    posts: [...organisation.posts, post('do-luong-ward', 'head')],
  });

  expect(defectOf(renamed, later)).toBeNull();
  expect(officeAt(renamed, 'bac-son', later)?.id).toBe('do-luong');
  expect(officeAt(renamed, 'bac-son', reform)?.id).toBe('do-luong-ward');
});

test('what a merged commune received is reached from its successor, and what stands above is what stands there now', () => {
  expect(isWithin(organisation, 'bac-son', 'do-luong', lastDay)).toBe(false);
  expect(isWithin(organisation, 'bac-son', 'do-luong', later)).toBe(true);
  expect(isWithin(organisation, 'bac-son', 'do-luong-district', later)).toBe(false);
  expect(officesUpward(organisation, 'bac-son', lastDay).map(({ id }) => id)).toEqual([
    'bac-son',
    'do-luong-district',
    'nghe-an',
  ]);
  expect(officesUpward(organisation, 'bac-son', later).map(({ id }) => id)).toEqual(['do-luong', 'nghe-an']);
});

test('a rung and the calendar follow the successor', () => {
  const official = { officialId: 'lan', postId: 'bac-son-clerk', officeId: 'do-luong-town' };

  expect(addresseeOf(organisation, 'head-of-office', official, lastDay).officialId).toBe('mayor');
  expect(addresseeOf(organisation, 'head-of-office', official, later).officialId).toBe('commune-chair');
  expect(calendarIdOf(organisation, 'bac-son', lastDay)).toBe('district');
  expect(calendarIdOf(organisation, 'bac-son', later)).toBe('nghe-an');
});

test('an office that becomes one of those below it still has above it what stood above', () => {
  const downward = changed('do-luong', { parentId: 'do-luong-district' });

  expect(officesUpward(downward, 'bac-son', later).map(({ id }) => id)).toEqual(['do-luong', 'nghe-an']);
});

test.each<[string, Organisation, RegExp]>([
  [
    'an office that ends with posts that hold dossiers and names no successor',
    changed('bac-son', { successorId: null }),
    /ends office bac-son without a successor, although its post bac-son-head may hold dossiers/,
  ],
  ['a successor of an office that does not end', changed('nghe-an', { successorId: 'do-luong' }), /does not end/],
  [
    'a successor that begins too late',
    changed('do-luong', { validFrom: later }),
    /does not exist when that ends at 2025-06-30T17/,
  ],
  ['a successor that ends with it', changed('bac-son', { successorId: 'yen-son' }), /does not exist when that ends/],
  [
    'a circle of successors',
    changed('do-luong', { validUntil: merger, successorId: 'bac-son' }),
    /makes office bac-son a successor of itself|makes office do-luong a successor of itself/,
  ],
  [
    'an office that ends before it begins',
    changed('bac-son', { validFrom: later }),
    /ends office bac-son before it begins/,
  ],
  ['a successor that nobody knows', changed('bac-son', { successorId: 'atlantis' }), /names office atlantis/],
  ['a long circle of parents', changed('nghe-an', { parentId: 'bac-son' }), /puts office nghe-an below itself/],
])('refused: %s', (_, candidate, expected) => {
  expect(defectOf(candidate, later)).toMatch(expected);
});

test('an office whose posts hold no dossiers may end without a successor', () => {
  const archive = office('archive', 'nghe-an', { headPostId: 'archive-auditor', validUntil: merger });
  const candidate = parseOrganisation({
    ...organisation,
    offices: [...organisation.offices, archive],
    posts: [...organisation.posts, post('archive', 'auditor')],
  });

  expect(defectOf(candidate, later)).toBeNull();
  expect(officeAt(candidate, 'archive', later)).toBeNull();
  expect(officesUpward(candidate, 'archive', later).map(({ id }) => id)).toEqual(['archive', 'nghe-an']);
});

test('property: whatever is loaded without defect, no office of it is lost, and none becomes one that has ended', () => {
  const instants = Array.from({ length: 6 }, (_, year) => `203${year}-01-01T00:00:00.000Z`);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 1 });
  const index = fc.nat({ max: 5 });
  const offices = fc.array(
    fc.record({ parent: maybe(index), successor: maybe(index), begins: maybe(index), ends: maybe(index) }),
    { minLength: 2, maxLength: 6 },
  );
  let sound = 0;
  fc.assert(
    fc.property(offices, index, (drawn, now) => {
      const id = (one: number | null) => (one === null ? null : `o${one % drawn.length}`);
      const candidate = parseOrganisation({
        offices: drawn.map(({ parent, successor, begins, ends }, own) =>
          office(`o${own}`, id(parent), {
            validFrom: begins === null ? null : instants[begins],
            validUntil: ends === null ? null : instants[ends],
            successorId: ends === null ? null : id(successor),
          }),
        ),
        posts: [...drawn.map((_, own) => post(`o${own}`, 'head')), post('o0', 'administrator')],
        officials: [{ id: 'admin', name: 'A', email: null }],
        tenures: [tenure('admin', 'o0-administrator')],
      });
      fc.pre(defectOf(candidate, later) === null);
      sound += 1;
      for (const { id: one } of candidate.offices) {
        const present = officeAt(candidate, one, instants[now]!);
        expect(present).not.toBeNull();
        expect((present?.validUntil ?? '9999') > instants[now]!).toBe(true);
        expect(officesUpward(candidate, one, instants[now]!)[0]).toBe(present);
      }
    }),
    { numRuns: 300, maxSkipsPerRun: 1_000 },
  );
  expect(sound).toBeGreaterThan(100);
});
