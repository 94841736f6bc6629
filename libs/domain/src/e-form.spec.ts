import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import shipped from '../../../catalogue/procedures/sample-death-registration.json';
import { AnswersInvalid, answersTo, parseProcedureVersion, procedureDefects, type EForm } from './index';

const form = parseProcedureVersion(shipped).description!.eForm!;
const given = { deceasedName: 'Đinh Canary', diedOn: '2024-02-29', diedAt: 'Xóm 5', relation: 'child' };

function errorsOf(said: object, of: EForm | null = form): readonly string[] {
  try {
    answersTo(of, said);
    return [];
  } catch (error) {
    if (!(error instanceof AnswersInvalid)) throw error;
    return error.errors.map(({ field, rule }) => `${field} ${rule}`);
  }
}

test('answers stand in the order of the form, with what was asked, in words of each language', () => {
  const answers = answersTo(form, { ...given, residenceRemoved: true });

  expect(answers.map(({ name, words }) => [name, words.vi])).toEqual([
    ['deceasedName', 'Đinh Canary'],
    ['diedOn', '29/02/2024'],
    ['diedAt', 'Xóm 5'],
    ['relation', 'Con'],
    ['residenceRemoved', 'Có'],
  ]);
  expect(answers[3]).toMatchObject({ value: 'child', words: { de: 'Kind' } });
});

test('a name that every object knows is no field', () => {
  const sent = JSON.parse('{"__proto__": 1, "constructor": 2}') as object;

  expect(errorsOf(Object.assign(sent, given))).toEqual([
    'eForm.__proto__ is no field of this form',
    'eForm.constructor is no field of this form',
  ]);
});

test('everything that is wrong is told at once, by field and rule', () => {
  const said = {
    deceasedName: '',
    diedOn: '2023-02-29',
    relation: 'friend',
    copies: 1.5,
    residenceRemoved: 'yes',
    age: 3,
  };

  expect(errorsOf(said)).toEqual([
    'eForm.age is no field of this form',
    'eForm.deceasedName must have at least 1 characters',
    'eForm.diedOn must be a day, YYYY-MM-DD',
    'eForm.diedAt must be answered',
    'eForm.relation must be one of spouse, child, parent, relative, organisation',
    'eForm.copies must be a whole number',
    'eForm.residenceRemoved must be true or false',
  ]);
  expect(errorsOf({ ...given, copies: 21 })).toEqual(['eForm.copies must not be greater than 20']);
  expect(errorsOf({}, null)).toEqual(['eForm must not be sent: the procedure has none']);
});

/** Any checker of JSON Schema must say the same: the subset is no language of its own. */
const ajv = new Ajv2020({ strict: true, strictTypes: false, ownProperties: true, keywords: ['titles', 'order'] });
addFormats(ajv);

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('a', 'b', '2024-02-29', '1900-02-29', '2023-13-01', '😀😀😀'),
);
const title = fc.constant({ vi: 'v', en: 'e', de: 'd' });
const field = fc.oneof(
  fc.record({
    type: fc.constant('string' as const),
    titles: title,
    minLength: fc.nat(3),
    maxLength: fc.integer({ min: 3, max: 5 }),
  }),
  fc.record({ type: fc.constant('string' as const), titles: title, format: fc.constant('date' as const) }),
  fc.record({
    type: fc.constant('string' as const),
    titles: title,
    oneOf: fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
      .map((codes) => codes.map((code) => ({ const: code, titles: { vi: code, en: code, de: code } }))),
  }),
  fc.record({
    type: fc.constant('integer' as const),
    titles: title,
    minimum: fc.integer({ min: -3, max: 0 }),
    maximum: fc.nat(3),
  }),
  fc.record({ type: fc.constant('boolean' as const), titles: title }),
);
const names = fc.constantFrom('a', 'b', 'c', 'constructor');
const forms: fc.Arbitrary<EForm> = fc
  .tuple(
    fc.dictionary(names, field, { minKeys: 1, noNullPrototype: true }),
    fc.subarray(['a', 'b', 'c', 'constructor']),
  )
  .map(([properties, required]) => ({
    type: 'object',
    properties,
    order: Object.keys(properties),
    required: required.filter((name) => Object.hasOwn(properties, name)),
    unevaluatedProperties: false,
  }));
const value = fc.oneof(
  fc.constantFrom<unknown>('a', '2024-02-29', 0, 1, true),
  text,
  fc.integer({ min: -5, max: 5 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, [], {}),
  fc.jsonValue(),
);
/** Answers of the right kinds come up often enough to be right. */
const said = fc
  .oneof(fc.dictionary(fc.oneof(names, fc.constantFrom('toString', 'x')), value), fc.object())
  .filter((answers) => !Object.hasOwn(answers, '__proto__')); // Which Ajv lets pass; see the test above.

test('whatever is said to whatever form, it is answered or refused by its one error, as JSON Schema says', () => {
  fc.assert(
    fc.property(forms, said, (some, answers) => {
      const sent = JSON.parse(JSON.stringify(answers)) as object;
      expect([errorsOf(sent, some).length === 0, sent]).toEqual([ajv.compile(some)(sent), sent]);
    }),
    { numRuns: 300 },
  );
});

describe('a form that cannot be is a defect of its procedure:', () => {
  const defects = (change: object) => {
    const { description, ...rest } = shipped;
    const found = procedureDefects({
      ...rest,
      description: { ...description, eForm: { ...description.eForm, ...change } },
    });
    return found.map(({ path }) => path.slice(2).join('.'));
  };
  const name = { type: 'string', titles: { vi: 'v', en: 'e', de: 'd' } };

  test.each<[string, object, string]>([
    [
      'a word that is not of the subset',
      { properties: { a: { ...name, maxLength: 5, pattern: '^a' } } },
      'properties.a.pattern',
    ],
    ['a field without its title', { properties: { a: { type: 'boolean' } } }, 'properties.a'],
    ['an order that leaves one out', { order: ['deceasedName'] }, 'order'],
    ['a required one that there is not', { required: ['grave'] }, 'required.0'],
    [
      'a number below its least',
      { properties: { a: { ...name, type: 'integer', minimum: 2, maximum: 1 } }, order: ['a'], required: [] },
      'properties.a',
    ],
  ])('%s', (_, change, path) => {
    expect(defects(change)[0]).toContain(path);
  });

  test('none', () => expect(defects({})).toEqual([]));
});
