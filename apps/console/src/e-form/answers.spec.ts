import type { Question } from '../api/views';
import { answerInWords, answersSaid, typedOf } from './answers';

const titles = { vi: 'Hỏi', en: 'Question', de: 'Frage' };
const question = (name: string, kind: Question['kind'], required = false): Question => {
  return { name, kind, required, titles, maxLength: null, options: null };
};
const questions = [
  question('name', 'text', true),
  question('diedOn', 'day', true),
  question('relation', 'choice', true),
  question('copies', 'whole-number'),
  question('removed', 'yes-no'),
];

test('what was typed is said in the kinds of the form; what was left empty is not said', () => {
  const typed = { name: ' Đinh Văn Tư ', diedOn: '20/11/2026', relation: 'child', copies: '3', removed: 'false' };

  expect(answersSaid(questions, typed)).toEqual({
    answers: { name: 'Đinh Văn Tư', diedOn: '2026-11-20', relation: 'child', copies: 3, removed: false },
  });
  expect(answersSaid(questions, { ...typed, copies: '', removed: '' })).toEqual({
    answers: { name: 'Đinh Văn Tư', diedOn: '2026-11-20', relation: 'child' },
  });
});

test('nothing typed is no form; one that was begun must be whole', () => {
  expect(answersSaid(questions, { name: ' ' })).toEqual({ answers: null });
  expect(answersSaid(questions, { diedOn: '31/2/2026', copies: 'three' })).toEqual({
    mistakes: {
      name: 'frame:form.required',
      diedOn: 'frame:form.date-wrong',
      relation: 'frame:form.required-choice',
      copies: 'e-form:not-a-number',
    },
  });
});

test('what was answered stands in the fields so that, untouched, it says the same again', () => {
  const given = { name: 'Đinh Văn Tư', diedOn: '2026-11-20', relation: 'child', copies: 3, removed: false };
  const answers = Object.entries(given).map(([name, value]) => ({ name, titles, value, words: titles }));

  expect(typedOf(answers)).toMatchObject({ diedOn: '20/11/2026', copies: '3', removed: 'false' });
  expect(answersSaid(questions, typedOf(answers))).toEqual({ answers: given });
});

test('an answer that is only proposed is told in words', () => {
  const inVietnamese = { language: 'vi', yes: 'Có', no: 'Không' } as const;
  const told = (kind: Question['kind'], value: string | number | boolean | undefined) =>
    answerInWords({ ...question('one', kind), options: [{ code: 'child', titles }] }, value, inVietnamese);

  expect([told('day', '2026-11-20'), told('choice', 'child'), told('yes-no', false)]).toEqual([
    '20/11/2026',
    'Hỏi',
    'Không',
  ]);
  expect([told('whole-number', 3), told('text', 'Xóm 5'), told('text', undefined)]).toEqual(['3', 'Xóm 5', '–']);
});
