import { instantAt, typedDay, typedTime } from './typed-moment';

test.each(['24/11/2026', '24.11.2026', '24-11-2026', ' 24/11/2026 ', '2026-11-24'])('%s is a day', (text) => {
  expect(typedDay(text)).toBe('2026-11-24');
});

test('one digit will do for day and month', () => expect(typedDay('1/2/2027')).toBe('2027-02-01'));

test.each(['31/2/2026', '0/1/2026', '24/11/26', 'tomorrow', '', '24/11'])('%p is no day', (text) => {
  expect(typedDay(text)).toBeNull();
});

test.each([
  ['16:30', '16:30'],
  ['16h30', '16:30'],
  ['9.05', '09:05'],
  ['7h', '07:00'],
])('%s is the time %s', (text, time) => expect(typedTime(text)).toBe(time));

test.each(['24:00', '12:60', 'noon', ''])('%p is no time', (text) => expect(typedTime(text)).toBeNull());

test('a wall clock’s moment is an instant of its zone, whatever zone the computer is in', () => {
  expect(instantAt('2026-11-24', '16:30', 'Asia/Ho_Chi_Minh')).toBe('2026-11-24T09:30:00.000Z');
});

test('summer and winter time are those of the day itself', () => {
  expect(instantAt('2026-07-01', '08:00', 'Europe/Berlin')).toBe('2026-07-01T06:00:00.000Z');
  expect(instantAt('2026-10-25', '08:00', 'Europe/Berlin')).toBe('2026-10-25T07:00:00.000Z');
});
