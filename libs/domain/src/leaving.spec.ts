import { leavings, parseOrganisation, type Organisation, type PostTenure } from './index';

const day = (date: string) => `${date}T17:00:00.000Z`;
const now = day('2026-11-24');
const held = (officialId: string, from: string, until: string | null = null): PostTenure => ({
  officialId,
  postId: 'head',
  from: day(from),
  until: until === null ? null : day(until),
});

const office = { id: 'centre', name: 'Centre', parentId: null, headPostId: 'head', receptionPostId: null };

function organisationOf(tenures: readonly PostTenure[], absences: Organisation['absences'] = []): Organisation {
  return parseOrganisation({
    offices: [{ ...office, codePrefix: 'H41.1' }],
    posts: [{ id: 'head', officeId: 'centre', name: 'Head', roles: ['head'] }],
    officials: ['minh', 'hoa'].map((id) => ({ id, name: id, email: null })),
    tenures,
    absences,
  });
}

function told(before: readonly PostTenure[], after: readonly PostTenure[]): readonly string[] {
  return leavings(organisationOf(before), organisationOf(after), now).map(
    ({ officialId, from, actingOfficialId }) => `${officialId} from ${from.slice(0, 10)}, then ${actingOfficialId}`,
  );
}

test('who held the post before, and holds it again, leaves it when the present tenure ends', () => {
  const earlier = held('minh', '2019-01-01', '2021-01-01');
  const present = held('minh', '2024-01-01');

  const next = [earlier, { ...present, until: day('2027-01-31') }, held('hoa', '2027-01-31')];

  expect(told([earlier, present], next)).toEqual(['minh from 2027-01-31, then hoa']);
});

test('who stays leaves nothing, whatever is corrected about when they began', () => {
  expect(told([held('minh', '2024-01-01')], [held('minh', '2023-06-01')])).toEqual([]);
  expect(told([held('minh', '2024-01-01')], [held('minh', '2023-06-01', '2027-01-31')])).toEqual([
    'minh from 2027-01-31, then null',
  ]);
  expect(told([held('minh', '2024-01-01')], [held('minh', '2026-12-31')])).toEqual(['minh from 2026-11-24, then null']);
});

test('a tenure that is over is left by nobody, and one to come from when it would have begun', () => {
  expect(told([held('minh', '2019-01-01', '2021-01-01')], [held('minh', '2019-01-01', '2020-01-01')])).toEqual([]);
  expect(told([held('minh', '2019-01-01', '2021-01-01')], [])).toEqual([]);
  expect(told([held('minh', '2027-01-31')], [])).toEqual(['minh from 2027-01-31, then null']);
  expect(told([held('minh', '2024-01-01')], [])).toEqual(['minh from 2026-11-24, then null']);
});

test('who is away is told from when, not before now, until when, for as long as something of it lies ahead', () => {
  const tenures = [held('minh', '2024-01-01')];
  const absent = (from: string, until: string) => [{ officialId: 'minh', from: day(from), until: day(until) }];
  const away = (absences: Organisation['absences']) =>
    leavings(organisationOf(tenures), organisationOf(tenures, absences), now);

  expect(away(absent('2026-11-01', '2026-12-01'))).toMatchObject([
    { officialId: 'minh', because: 'absence', from: now, until: day('2026-12-01') },
  ]);
  expect(away(absent('2026-11-01', '2026-11-20'))).toEqual([]);
});
