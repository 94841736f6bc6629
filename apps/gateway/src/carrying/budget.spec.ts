import { Budgets } from './budget';

test('a session has so many requests saved up, and then so many a second; another session has its own', () => {
  const budgets = new Budgets();
  for (let count = 0; count < 150; count += 1) budgets.take('lan', 0);

  expect(() => budgets.take('lan', 0)).toThrow('Too many requests');
  expect(() => budgets.take('minh', 0)).not.toThrow();
  for (let count = 0; count < 50; count += 1) budgets.take('lan', 1_000);
  expect(() => budgets.take('lan', 1_000)).toThrow('Too many requests');
});
