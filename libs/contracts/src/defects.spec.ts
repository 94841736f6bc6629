import { defectsAgainst, schema } from './index';

const { either, integer, listOf, oneOf, orNull, record, text } = schema;

interface Thing {
  readonly name: string;
  readonly size: { readonly amount: number; readonly unit: 'm' | 'km' } | { readonly far: string } | null;
}

const defects = defectsAgainst(
  listOf(
    record<Thing>({
      name: text,
      size: orNull(either(record({ amount: integer(1), unit: oneOf(['m', 'km']) }), record({ far: text }))),
    }),
  ),
);
const km = { amount: 2, unit: 'km' };

test.each<[string, unknown]>([
  [
    'each alternative',
    [
      { name: 'a', size: km },
      { name: 'b', size: { far: 'very' } },
      { name: 'c', size: null },
    ],
  ],
  ['nothing', []],
])('what keeps to the schema has no defects: %s', (_, value) => {
  expect(defects(value)).toEqual([]);
});

test.each<[string, unknown, readonly [string, string][]]>([
  ['something else', 'things', [['', 'must be array']]],
  ['a field that is missing', [{ size: null }], [['0', "must have required property 'name'"]]],
  ['a field that nobody knows', [{ name: 'a', size: null, 'co/lour': 1 }], [['0.co/lour', 'is no field of this form']]],
  ['one of several values', [{ name: 'a', size: { ...km, unit: 'ell' } }], [['0.size.unit', 'must be one of m, km']]],
  ['the nearest of the alternatives', [{ name: 'a', size: { far: 7 } }], [['0.size.far', 'must be string']]],
  ['none of the types', [{ name: 'a', size: 7 }], [['0.size', 'must be object or must be null']]],
  [
    'all of them',
    [
      { name: 1, size: { ...km, amount: 0 } },
      { name: 2, size: null },
    ],
    [
      ['0.name', 'must be string'],
      ['0.size.amount', 'must be >= 1'],
      ['1.name', 'must be string'],
    ],
  ],
])('what breaks it is told by path and rule: %s', (_, value, expected) => {
  expect(defects(value).map(({ path, rule }) => [path.join('.'), rule])).toEqual(expected);
});
