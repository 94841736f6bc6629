import { allPages, totalOf } from './pages';

test('page after page is asked for, each shown with what came so far, and the progress ends also where asking fails', async () => {
  const shown: [number, string | undefined][] = [];
  let stops = 0;
  const progress = { update: (done: number, note?: string) => void shown.push([done, note]), stop: () => (stops += 1) };
  const answers = { first: { checked: 3, moved: 1, next: 'b' }, b: { checked: 2, moved: 2, next: null } };
  const ask = (after: string | null) => Promise.resolve(after === null ? answers.first : answers.b);

  const pages = await allPages(progress, ask, (so) => `${totalOf(so, 'moved')} moved`);

  expect(pages).toEqual([answers.first, answers.b]);
  expect(shown).toEqual([
    [3, '1 moved'],
    [5, '3 moved'],
  ]);
  await expect(
    allPages(
      progress,
      () => Promise.reject(new Error('away')),
      () => '',
    ),
  ).rejects.toThrow('away');
  expect(stops).toBe(2);
});
