import { at, Life, procedure as plain } from '../test/office';
import type { Command, ProcedureVersion } from './index';

const inWords = (name: string) => ({ vi: name, en: name, de: name });
const description: NonNullable<ProcedureVersion['description']> = {
  ...{ kind: 'service', names: inWords('Sample'), field: 'land', level: 'commune', competentAuthority: 'A' },
  ...{ legalDocuments: [], checklist: [], fee: null, result: { name: inWords('Result') }, sample: true },
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
