import { Slots } from './slots';

test('a slot that was handed on is not given away a second time', async () => {
  const slots = new Slots(1);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string) =>
    slots.run(() => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });

  const all = [run('first'), run('second')];
  ends.get('first')!();
  await all[0];
  all.push(run('third'));
  expect(begun).toEqual(['first', 'second']);

  ends.get('second')!();
  await all[1];
  ends.get('third')!();
  await Promise.all(all);
  expect(begun).toEqual(['first', 'second', 'third']);
});

test('a task that fails gives its slot back', async () => {
  const slots = new Slots(1);
  await expect(slots.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  await expect(slots.run(() => Promise.resolve('done'))).resolves.toBe('done');
});
