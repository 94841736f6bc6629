import { menuOf } from './pages';

const pathsFor = (...rights: string[]) =>
  menuOf(Object.fromEntries(rights.map((right) => [right, 'everywhere']))).map(({ path }) => path);

test('the day begins where one has work: a clerk at the queue, an administrator without it at the calendars', () => {
  expect(pathsFor('read-queue', 'receive', 'read-catalogue')[0]).toBe('/queue');
  expect(pathsFor('preview-recomputation', 'read-procedure-states', 'load-catalogue')[0]).toBe('/admin/calendars');
});

test('a page that is reached from others, or that a right opens which one has not, stands in no menu', () => {
  expect(pathsFor('read-dossier', 'read-procedure-states')).toEqual(['/admin/catalogue']);
});
