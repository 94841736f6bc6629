import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleMeant } from './rule-words';

const words = JSON.parse(readFileSync(join(__dirname, '../words/vi/frame.json'), 'utf8')) as { rule: object };

test.each([
  ['must be a working day of the office', 'working-day', {}],
  ['must lie after the present appointment and after now', 'after-appointment', {}],
  ['must lie after now', 'after-now', {}],
  ['must be shorter than or equal to 2000 characters', 'too-long', { most: '2000' }],
  ['must have at least 3 characters', 'too-short', { least: '3' }],
  ['must not be less than -1', 'at-least', { least: '-1' }],
  ['must be the 12000 charged', 'amount', {}],
  ['should not be empty', 'missing', {}],
  ['must rhyme', 'other', {}],
])('what a service says, "%s", is %s', (rule, word, values) => {
  expect(ruleMeant(rule)).toEqual({ word, values });
  expect(Object.keys(words.rule)).toContain(word);
});
