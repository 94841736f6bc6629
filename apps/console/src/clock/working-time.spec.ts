import { spokenTimeOf } from './working-time';

const hour = 3_600_000;

test('working time is spoken of in days and hours, or in hours and minutes', () => {
  expect(spokenTimeOf(19 * hour + 59 * 60_000)).toEqual({ days: 2, hours: 3, minutes: 0 });
  expect(spokenTimeOf(3 * hour + 20 * 60_000)).toEqual({ days: 0, hours: 3, minutes: 20 });
  expect(spokenTimeOf(59_999)).toEqual({ days: 0, hours: 0, minutes: 0 });
});

test('what is late is spoken of by its length', () => {
  expect(spokenTimeOf(-8 * hour)).toEqual({ days: 1, hours: 0, minutes: 0 });
});
