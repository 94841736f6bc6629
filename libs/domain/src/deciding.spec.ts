import fc from 'fast-check';
import { at, Life, procedure } from '../test/office';
import {
  answerableFor,
  DecisionNotMandated,
  parseOrganisation,
  requireMandateToDecide,
  transitions,
  type CommandName,
  type Dossier,
  type Mandate,
  type Organisation,
} from './index';

const noMandates = parseOrganisation({
  offices: [
    { id: 'authority', name: 'A', parentId: null, headPostId: 'chair', receptionPostId: null, codePrefix: 'H41.1' },
    {
      id: 'desk',
      name: 'D',
      parentId: 'authority',
      headPostId: 'director',
      receptionPostId: null,
      codePrefix: 'H41.1',
    },
    {
      id: 'land',
      name: 'L',
      parentId: 'authority',
      headPostId: 'land-head',
      receptionPostId: null,
      codePrefix: 'H41.1',
    },
  ],
  posts: [
    { id: 'chair', officeId: 'authority', name: 'Chair', roles: ['head'] },
    { id: 'director', officeId: 'desk', name: 'Director', roles: ['head'] },
    { id: 'desk-clerk', officeId: 'desk', name: 'Clerk', roles: ['clerk'] },
    { id: 'land-head', officeId: 'land', name: 'Head', roles: ['head'] },
    { id: 'land-officer', officeId: 'land', name: 'Officer', roles: ['official'] },
    { id: 'land-senior', officeId: 'land', name: 'Senior', roles: ['official'] },
  ],
  officials: ['an', 'binh', 'lan', 'hoa', 'minh', 'son'].map((id) => ({ id, name: id, email: null })),
  tenures: [
    ['an', 'chair'],
    ['binh', 'director'],
    ['lan', 'desk-clerk'],
    ['hoa', 'land-head'],
    ['minh', 'land-officer'],
    ['son', 'land-senior'],
    ['son', 'desk-clerk'],
  ].map(([officialId, postId]) => ({ officialId, postId, from: at('Mon', '00:00'), until: null })),
  deputies: [{ postId: 'land-senior', deputyPostId: 'land-officer', from: at('Mon', '00:00'), until: null }],
  absences: [{ officialId: 'son', from: at('Wed', '08:00'), until: at('Wed', '12:00') }],
  mandates: [],
  fourEyes: [],
});

const mandate: Mandate = {
  officialId: null,
  postId: 'land-senior',
  action: 'decide',
  procedureCode: null,
  officeId: 'land',
  from: at('Tue', '00:00'),
  until: at('Fri', '00:00'),
  legalBasis: 'Decision 12/QD-UBND',
};

const people = {
  an: { officialId: 'an', postId: 'chair', officeId: 'authority' },
  binh: { officialId: 'binh', postId: 'director', officeId: 'desk' },
  hoa: { officialId: 'hoa', postId: 'land-head', officeId: 'land' },
  minh: { officialId: 'minh', postId: 'land-officer', officeId: 'land' },
  son: { officialId: 'son', postId: 'land-senior', officeId: 'land' },
  sonAtTheDesk: { officialId: 'son', postId: 'desk-clerk', officeId: 'desk' },
};

/** Received at the desk, held by Minh of the land office. */
const dossier: Dossier = {
  ...Life.received().then(at('Mon', '09:00'), { name: 'hand-over', to: people.minh, step: null }).dossier,
  decidingOfficeId: 'land',
};

function withMandates(...mandates: readonly Mandate[]): Organisation {
  return { ...noMandates, mandates };
}

function mayDecide(
  who: keyof typeof people,
  organisation: Organisation,
  instant: string,
  command: CommandName = 'mark-processed',
  of: Dossier = dossier,
): boolean {
  try {
    requireMandateToDecide(command, of, { organisation, actor: people[who], at: instant });
    return true;
  } catch (error) {
    if (error instanceof DecisionNotMandated) return false;
    throw error;
  }
}

const wednesday = at('Wed', '14:00');

test.each([
  ['nothing is declared', withMandates(), true],
  ['only signing is', withMandates({ ...mandate, action: 'sign-apology' }), true],
  ['another procedure has one', withMandates({ ...mandate, procedureCode: '9.999999' }), true],
  ['another office has one', withMandates({ ...mandate, officeId: 'desk' }), true],
  ['one has ended', withMandates({ ...mandate, until: wednesday }), true],
  ['the office has one', withMandates(mandate), false],
  ['this procedure has one', withMandates({ ...mandate, procedureCode: procedure.code }), false],
  ['an office above has one', withMandates({ ...mandate, officeId: 'authority' }), false],
])('where %s, an official without a mandate may decide: see the last column', (_, organisation, expected) => {
  expect(mayDecide('minh', organisation, wednesday)).toBe(expected);
});

test('the post that is mandated decides, so do the head and those above; the head of another office does not', () => {
  const organisation = withMandates(mandate);

  expect(mayDecide('son', organisation, wednesday)).toBe(true);
  expect(mayDecide('hoa', organisation, wednesday)).toBe(true);
  expect(mayDecide('an', organisation, wednesday)).toBe(true);
  expect(mayDecide('binh', organisation, wednesday)).toBe(false);
  expect(mayDecide('sonAtTheDesk', organisation, wednesday)).toBe(false);
});

test('who stands in for the mandated post decides while its holder is away, and not after', () => {
  const organisation = withMandates(mandate);

  expect(mayDecide('minh', organisation, at('Wed', '07:59'))).toBe(false);
  expect(mayDecide('minh', organisation, at('Wed', '08:00'))).toBe(true);
  expect(mayDecide('minh', organisation, at('Wed', '12:00'))).toBe(false);
});

test('a mandate given to a person holds in each post of theirs, and nobody stands in for it', () => {
  const organisation = withMandates({ ...mandate, officialId: 'son', postId: null });

  expect(mayDecide('son', organisation, wednesday)).toBe(true);
  expect(mayDecide('sonAtTheDesk', organisation, wednesday)).toBe(true);
  expect(mayDecide('minh', organisation, at('Wed', '09:00'))).toBe(false);
});

test('to hand the dossier to an office that has declared nothing opens no way round', () => {
  const handed = Life.received().then(at('Mon', '09:00'), { name: 'hand-over', to: people.binh, step: null });
  const away: Dossier = { ...handed.dossier, decidingOfficeId: 'land' };

  expect(mayDecide('binh', withMandates(mandate), wednesday, 'mark-processed', away)).toBe(false);
  expect(mayDecide('son', withMandates(mandate), wednesday, 'mark-processed', away)).toBe(true);
});

test('only what decides is asked', () => {
  const asked = (Object.keys(transitions) as CommandName[]).filter(
    (command) => !mayDecide('minh', withMandates(mandate), wednesday, command),
  );

  expect(asked).toEqual(['stop', 'mark-processed']);
});

test('the refusal names who may, once', () => {
  const organisation = withMandates(mandate, { ...mandate, officeId: 'authority' });
  const ask = () =>
    requireMandateToDecide(
      'stop',
      { ...dossier, decidingOfficeId: 'desk' },
      { organisation, actor: people.minh, at: wednesday },
    );

  expect(ask).toThrow(
    expect.objectContaining({
      code: 'DECISION_NOT_MANDATED',
      kind: 'forbidden',
      answerable: expect.arrayContaining([expect.objectContaining({ officialId: 'son', by: 'mandate' })]) as unknown,
    }),
  );
  expect(ask).toThrow(/son \(land-senior\)/);
});

test('whoever answers for the deciding office, as GET /mandates says, is never refused, and nobody else passes', () => {
  const anyMandate = fc.record({
    officialId: fc.constant(null),
    postId: fc.constantFrom(...noMandates.posts.map(({ id }) => id)),
    action: fc.constantFrom('decide' as const, 'sign-apology' as const),
    procedureCode: fc.constantFrom(null, procedure.code, '9.999999'),
    officeId: fc.constantFrom('authority', 'desk', 'land'),
    from: fc.constantFrom(at('Mon', '00:00'), at('Wed', '00:00')),
    until: fc.constantFrom(null, at('Thu', '00:00')),
    legalBasis: fc.constant('Decision'),
  });
  const who = fc.constantFrom(...(Object.keys(people) as (keyof typeof people)[]));
  const when = fc.constantFrom(at('Tue', '09:00'), at('Wed', '09:00'), at('Thu', '09:00'));
  fc.assert(
    fc.property(fc.array(anyMandate, { maxLength: 3 }), who, when, (mandates, name, instant) => {
      const organisation = withMandates(...mandates);
      const matter = { action: 'decide', officeId: 'land', procedureCode: procedure.code } as const;
      const answerable = answerableFor(organisation, matter, instant);
      const { officialId, postId } = people[name];
      const named = answerable.some((one) => one.officialId === officialId && one.postId === postId);
      const declared = answerable.some(({ by }) => by === 'mandate');

      expect(mayDecide(name, organisation, instant)).toBe(named || !declared);
    }),
  );
});
