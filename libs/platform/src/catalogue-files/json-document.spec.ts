import { readJson } from './json-document';

const text = `{
  "code": "1",
  "serviceLevel": {
    "steps": [
      { "code": "examine", "limit": null },
      { "code": "sign", "a/b": [10, 20] }
    ]
  }
}`;

describe('a value of a JSON text', () => {
  test.each<[string, string[], { line: number; column: number }]>([
    ['the whole', [], { line: 1, column: 1 }],
    ['a field', ['code'], { line: 2, column: 11 }],
    ['an object in a list', ['serviceLevel', 'steps', '1'], { line: 6, column: 7 }],
    ['a field of it', ['serviceLevel', 'steps', '0', 'limit'], { line: 5, column: 37 }],
    ['below a key of any letters', ['serviceLevel', 'steps', '1', 'a/b', '1'], { line: 6, column: 37 }],
  ])('is found: %s', (_, path, place) => {
    expect(readJson(text).placeOf(path)).toEqual(place);
  });

  test.each<[string, string[], { line: number; column: number }]>([
    ['a field that is missing', ['serviceLevel', 'ladder'], { line: 3, column: 19 }],
    ['a list that is too short', ['serviceLevel', 'steps', '7', 'code'], { line: 4, column: 14 }],
    ['the inside of a text', ['code', 'length'], { line: 2, column: 11 }],
  ])('that is not there is looked for where it belongs: %s', (_, path, place) => {
    expect(readJson(text).placeOf(path)).toEqual(place);
  });

  test('is what JSON.parse makes of it', () => {
    expect(readJson(text)).toMatchObject({ value: JSON.parse(text) as unknown, defects: [] });
  });
});

test.each<[string, string, object]>([
  ['breaks off', '{\n  "code": ', { line: 2, column: 11, rule: 'is no JSON: value expected' }],
  ['lacks a comma', '{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3, rule: 'is no JSON: comma expected' }],
  ['has a comma too many', '[\n  1,\n]', { line: 3, column: 1, rule: 'is no JSON: value expected' }],
  ['is commented', '// why\n1', { line: 1, column: 1, rule: 'is no JSON: invalid comment token' }],
  ['begins with a mark of its byte order', '\uFEFF{}', { line: 1, column: 1 }],
  ['is empty', '', { line: 1, column: 1 }],
  [
    'says a key twice',
    '{\r\n  "a": 1,\r\n  "b": [{ "c": 1, "c": 2 }]\r\n}',
    { line: 3, column: 19, rule: 'says c twice' },
  ],
])('a text that %s is told of, where it does', (_, broken, defect) => {
  expect(readJson(broken).defects[0]).toMatchObject(defect);
});
