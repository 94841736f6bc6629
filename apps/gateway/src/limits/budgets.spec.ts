import { Budgets, PageHits } from './budgets';

test('a session has so many requests saved up, and then so many a second; another session has its own', () => {
  const budgets = new Budgets();
  for (let count = 0; count < 150; count += 1) budgets.take('session', 'lan', 0);

  expect(() => budgets.take('session', 'lan', 0)).toThrow('Too many requests');
  expect(() => budgets.take('session', 'minh', 0)).not.toThrow();
  expect(() => budgets.take('presence', 'lan', 0)).not.toThrow();
  for (let count = 0; count < 50; count += 1) budgets.take('session', 'lan', 1_000);
  expect(() => budgets.take('session', 'lan', 1_000)).toThrow('Too many requests');
});

test('whoever has nothing left is told how long to wait, and has one again then', () => {
  const budgets = new Budgets();
  for (let count = 0; count < 30; count += 1) budgets.take('stream', 'lan', 0);

  expect(budgets.waitS('stream', 'lan', 0)).toBe(2);
  expect(budgets.waitS('stream', 'lan', 1_000)).toBe(1);
  expect(budgets.waitS('stream', 'lan', 2_000)).toBeNull();
});

test('whoever makes up keys fills no memory: what is not heard of for longest is forgotten', () => {
  const budgets = new Budgets();
  for (let count = 0; count < 30; count += 1) budgets.take('stream', 'lan', 0);
  for (let count = 0; count < 9_999; count += 1) budgets.take('stream', `made up ${count}`, 0);
  expect(budgets.waitS('stream', 'lan', 0)).not.toBeNull();
  for (let count = 0; count < 10_000; count += 1) budgets.take('stream', `more ${count}`, 0);

  expect(budgets.waitS('stream', 'lan', 0)).toBeNull();
});

test('a page is opened so often a minute; the one too many is told until when', async () => {
  const hits = new PageHits();
  await hits.increment('an address', 60_000, 2);
  expect(await hits.increment('an address', 60_000, 2)).toMatchObject({ totalHits: 2, isBlocked: false });
  expect(await hits.increment('an address', 60_000, 2)).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
  expect(await hits.increment('another', 60_000, 2)).toMatchObject({ totalHits: 1, isBlocked: false });
});
