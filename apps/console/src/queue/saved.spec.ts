import { renamed, withView, type SavedView } from './saved';

const late: SavedView = { name: 'Quá hạn', search: { q: 'unit', state: 'late' } };
const waiting: SavedView = { name: 'Chờ', search: { q: 'waiting' } };

test('a view saved under a known name takes its place', () => {
  const again = { ...late, search: { q: 'all', state: 'late' } };
  expect(withView([late, waiting], again)).toEqual([waiting, again]);
});

test('a view is renamed in its place, but not to nothing and not to the name of another', () => {
  expect(renamed([late, waiting], 'Quá hạn', ' Trễ ')).toEqual([{ ...late, name: 'Trễ' }, waiting]);
  expect(renamed([late, waiting], 'Quá hạn', 'Chờ')).toBeNull();
  expect(renamed([late, waiting], 'Quá hạn', '  ')).toBeNull();
  expect(renamed([late], 'Quá hạn', 'Quá hạn')).toEqual([late]);
});
