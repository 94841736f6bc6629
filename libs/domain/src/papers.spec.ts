import { at, Life, procedure as plain } from '../test/office';
import { papersOf, type Command, type PaperGiven, type ProcedureVersion } from './index';

const inWords = (name: string) => ({ vi: name, en: name, de: name });
const description: NonNullable<ProcedureVersion['description']> = {
  ...{ kind: 'service', names: inWords('Sample'), field: 'land', level: 'commune', competentAuthority: 'A' },
  ...{ legalDocuments: [], checklist: [], eForm: null, fee: null, result: { name: inWords('Result') }, sample: true },
  ...{ channels: ['desk'] },
  components: ['form', 'Map.2'].map((code) => {
    return { code, name: inWords(code), originals: 1, copies: 0, required: true };
  }),
};
const ask = (...components: readonly string[]): Command => ({
  ...{ name: 'request-supplement', reasonCode: 'document-missing', components },
  ...{ legalBasis: null, approvedBy: null },
});
const asked = (components: readonly string[], procedure: ProcedureVersion) =>
  Life.received().then(at('Mon', '09:00'), ask(...components), { procedure });

test('only what the procedure describes can be asked for: the letter calls it by its name', () => {
  const described = { ...plain, description };

  expect(asked(['Map.2', 'form'], described).dossier.status).toBe('awaiting-supplement');
  expect(() => asked(['form', 'deed'], described)).toThrow(
    expect.objectContaining({
      code: 'FIELD_INVALID',
      field: 'components',
      rule: 'must be those of procedure 1.005129 (form, Map.2), not "deed"',
    }),
  );
});

test.each([
  ['says nothing of itself', null],
  ['describes no component', { ...description, components: [] }],
])('where the procedure %s, any code can be asked for', (_, own) => {
  expect(asked(['deed'], { ...plain, description: own }).dossier.status).toBe('awaiting-supplement');
});

describe('which papers lie there', () => {
  const described = { ...plain, description };
  const check = (...papers: readonly PaperGiven[]): Command => ({ name: 'check-papers', papers });
  const list = (life: Life) =>
    papersOf(life.facts).map(({ component, state, originals, sequence }) => [component, state, originals, sequence]);

  test('what was found last of each holds, since its entry; what was asked for and came is looked at anew', () => {
    const life = Life.received();
    const then = (time: string, command: Command) => life.then(at('Mon', time), command, { procedure: described });

    then(
      '09:00',
      check({ component: 'form', state: 'present' }, { component: 'Map.2', state: 'present', originals: 3 }),
    );
    expect(list(life)).toEqual([
      ['form', 'present', 1, 2],
      ['Map.2', 'present', 3, 2],
    ]);
    then('09:10', ask('Map.2'));
    expect(list(life)).toEqual([
      ['form', 'present', 1, 2],
      ['Map.2', 'missing', 0, 3],
    ]);
    then('10:00', { name: 'receive-supplement' });
    expect(list(life)).toEqual([
      ['form', 'present', 1, 2],
      ['Map.2', 'not-looked-at', 0, 4],
    ]);
  });

  test('what is found as the supplement comes is an entry of its own right behind it', () => {
    const life = asked(['form', 'Map.2'], described);
    const papers = [
      { component: 'form', state: 'present' },
      { component: 'Map.2', state: 'missing' },
    ] as const;

    life.then(at('Mon', '10:00'), { name: 'receive-supplement', papers }, { procedure: described });

    expect(life.types.slice(-2)).toEqual(['dossier-supplement-received', 'papers-checked']);
    expect(list(life)).toEqual([
      ['form', 'present', 1, 4],
      ['Map.2', 'missing', 0, 4],
    ]);
  });

  test.each([
    ['papers', [{ component: 'deed', state: 'missing' }]],
    [
      'papers.1.component',
      [
        { component: 'form', state: 'missing' },
        { component: 'form', state: 'present' },
      ],
    ],
    ['papers.0.state', [{ component: 'form', state: 'missing', copies: 1 }]],
    ['papers.0.originals', [{ component: 'form', state: 'present', originals: 0, copies: 0 }]],
  ] as const)('what cannot be is refused at %s', (field, papers) => {
    const refused = expect.objectContaining({ code: 'FIELD_INVALID', field });

    expect(() => Life.received().then(at('Mon', '09:00'), check(...papers), { procedure: described })).toThrow(refused);
  });
});
