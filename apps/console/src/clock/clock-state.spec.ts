import { clockStateOf } from './clock-state';

const hour = 3_600_000;
const running = { status: 'in-process', clockRuns: true } as const;

test('what is due within a working day is soon, what is past is late', () => {
  expect(clockStateOf(running, 20 * hour)).toBe('on-time');
  expect(clockStateOf(running, 8 * hour)).toBe('soon');
  expect(clockStateOf(running, -1)).toBe('late');
});

test('a clock that stands still is neither late nor soon', () => {
  expect(clockStateOf({ status: 'awaiting-supplement', clockRuns: false }, -hour)).toBe('paused');
});

test('once the result lies ready nothing is late any more', () => {
  expect(clockStateOf({ status: 'processed', clockRuns: false }, -hour)).toBe('done');
});

test('where nothing limits nothing is late', () => expect(clockStateOf(running, null)).toBe('on-time'));
