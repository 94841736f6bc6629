import { at, calendar, lan, minh, procedure } from '../test/office';
import {
  addresseeOf,
  concernedBy,
  isConcerned,
  parseOrganisation,
  parseProcedureVersion,
  requireNotConcerned,
  RoutedToConcerned,
  type Concerned,
  type ProcedureKind,
} from './index';

const organisation = parseOrganisation({
  offices: [
    office('commune', null, 'chair'),
    office('centre', 'commune', 'director'),
    office('land', 'centre', 'land-head'),
  ],
  posts: [
    ...['chair', 'director', 'land-head'].map((id, index) => ({
      id,
      officeId: ['commune', 'centre', 'land'][index]!,
      name: id,
      roles: ['head' as const],
    })),
    { id: 'land-officer', officeId: 'land', name: 'Officer', roles: ['official'] },
  ],
  officials: ['an', 'binh', 'hoa', 'minh'].map((id) => ({ id, name: id, email: null })),
  tenures: [
    tenure('an', 'chair'),
    tenure('binh', 'director'),
    tenure('hoa', 'land-head'),
    tenure('minh', 'land-officer'),
  ],
});

function office(id: string, parentId: string | null, headPostId: string) {
  return { id, name: id, parentId, headPostId, receptionPostId: null, codePrefix: 'H41', calendarId: null };
}

function tenure(officialId: string, postId: string) {
  return { officialId, postId, from: at('Mon', '00:00'), until: null };
}

const person = (officialId: string): Concerned => ({ officialId, officeId: null });
const unit = (officeId: string): Concerned => ({ officialId: null, officeId });
const officer = { officialId: 'minh', postId: 'land-officer', officeId: 'land' };

test('an official is concerned in every post, an office in each of its posts, and nobody by a service', () => {
  expect(isConcerned(person('minh'), { ...minh, officeId: 'elsewhere' })).toBe(true);
  expect(isConcerned(person('minh'), lan)).toBe(false);
  expect(isConcerned(unit('land'), minh)).toBe(true);
  expect(isConcerned(unit('land'), { officialId: null, officeId: 'land' })).toBe(true);
  expect(isConcerned(unit('land'), lan)).toBe(false);
  expect(isConcerned(null, minh)).toBe(false);
  expect(() => requireNotConcerned(unit('land'), minh)).toThrow(RoutedToConcerned);
  expect(() => requireNotConcerned(unit('land'), lan)).not.toThrow();
});

test.each<[string, Concerned | null, 'head-of-office' | 'head-of-parent-office' | 'head-of-authority', string]>([
  ['of a service the head is told', null, 'head-of-office', 'hoa'],
  ['a head it is about is passed over', person('hoa'), 'head-of-office', 'binh'],
  ['so is the head of an office it is about', unit('land'), 'head-of-office', 'binh'],
  ['also further up', person('binh'), 'head-of-parent-office', 'an'],
  ['at the top the next below is told', person('an'), 'head-of-authority', 'binh'],
  ['somebody else’s complaint changes nothing', person('binh'), 'head-of-office', 'hoa'],
])('%s', (_, concerned, tell, expected) => {
  expect(addresseeOf(organisation, tell, officer, at('Mon', '09:00'), concerned).officialId).toBe(expected);
});

describe('an intake', () => {
  const procedureOf = (kind: ProcedureKind) =>
    parseProcedureVersion({
      ...procedure,
      calendarId: calendar.id,
      description: {
        kind,
        names: 'Khiếu nại',
        field: 'complaints',
        level: 'commune',
        competentAuthority: 'Chủ tịch',
        result: { name: 'Quyết định' },
      },
    });

  test('of a complaint must say whom it is about; a petition may', () => {
    expect(() => concernedBy(null, procedureOf('complaint'), organisation)).toThrow('about must be sent');
    expect(concernedBy({ officialId: 'minh' }, procedureOf('complaint'), organisation)).toEqual(person('minh'));
    expect(concernedBy({ officeId: 'land' }, procedureOf('petition'), organisation)).toEqual(unit('land'));
    expect(concernedBy(null, procedureOf('petition'), organisation)).toBeNull();
  });

  test('of a service is about nobody', () => {
    expect(concernedBy(null, procedure, organisation)).toBeNull();
    for (const service of [procedure, procedureOf('service')]) {
      expect(() => concernedBy({ officialId: 'minh' }, service, organisation)).toThrow('about must not be sent');
    }
  });

  test.each([
    [{}, 'about must name one'],
    [{ officialId: 'minh', officeId: 'land' }, 'about must name one'],
    [{ officialId: 'nobody' }, 'about.officialId is not'],
    [{ officeId: 'nowhere' }, 'about.officeId is not'],
  ])('about %j is refused', (about, refusal) => {
    expect(() => concernedBy(about, procedureOf('complaint'), organisation)).toThrow(refusal);
  });
});
