import type { Approval } from '../api/views';
import { worthShowing } from './worth-showing';

const proposal = (command: Approval['command'], state: Approval['state']) => ({ command, state }) as Approval;

test('of each command the newest is shown, as long as there is something to do about it', () => {
  const [open, declined] = [proposal('extend', 'open'), proposal('stop', 'declined')];
  expect(worthShowing([open, declined, proposal('extend', 'declined')])).toEqual([open, declined]);
});

test('what was declined before is not shown once it was approved, withdrawn or lapsed', () => {
  const decided = (['approved', 'withdrawn', 'lapsed'] as const).map((state) => proposal('extend', state));
  for (const newest of decided) expect(worthShowing([newest, proposal('extend', 'declined')])).toEqual([]);
  expect(worthShowing([proposal('extend', 'outdated')])).toHaveLength(1);
});
