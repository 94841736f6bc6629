import { optionsOf } from './options';

const people = [
  { id: '1', name: 'Đức' },
  { id: '2', name: 'Em' },
  { id: '3', name: 'Dung' },
  { id: '4', name: 'Ân' },
  { id: '5', name: 'Anh' },
];
const labels = (language: string) => optionsOf(people, language).map(({ label }) => label);

test('names stand in the order of the reader’s language', () => {
  expect(labels('vi')).toEqual(['Anh', 'Ân', 'Dung', 'Đức', 'Em']);
  expect(labels('de')).toEqual(['Ân', 'Anh', 'Đức', 'Dung', 'Em']);
});

test('what is chosen is the id', () => {
  expect(optionsOf([{ id: 'lan', name: 'Lan' }], 'vi')).toEqual([{ value: 'lan', label: 'Lan' }]);
});
