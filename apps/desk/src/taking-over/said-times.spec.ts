import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkCalendar } from '#calendar';
import { dueSaid, timeSaid } from './said-times';

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);

test.each([
  ['2026-11-20 08:00', '2026-11-20T01:00:00.000Z'],
  ['2026-11-20T08:00:01.5', '2026-11-20T01:00:01.500Z'],
  ['2026-11-20 08:00+07:00', '2026-11-20T01:00:00.000Z'],
  ['2026-11-20T08:00:00-05:30', '2026-11-20T13:30:00.000Z'],
  ['2026-11-20T01:00:00Z', '2026-11-20T01:00:00.000Z'],
])('%s is read by the wall of the office, or by its offset', (said, instant) => {
  expect(timeSaid(vietNam, said, 'from')).toBe(instant);
});

test.each(['2026-02-30 08:00', '2026-02-30T08:00:00+07:00', '2026-11-20 25:00', '2026-11-20T08:00:00+99:00'])(
  '%s does not exist, and is not taken for another',
  (said) => {
    expect(() => timeSaid(vietNam, said, 'from')).toThrow('from is no time that exists');
  },
);

test('a day is the end of its working time, and after a day off of the next', () => {
  expect(dueSaid(vietNam, '2026-11-23', 'appointmentAt')).toBe('2026-11-23T10:30:00.000Z');
  expect(dueSaid(vietNam, '2026-11-24', 'appointmentAt')).toBe('2026-11-25T10:30:00.000Z'); // Culture Day
  expect(() => dueSaid(vietNam, '2026-02-30', 'appointmentAt')).toThrow('appointmentAt is no time that exists');
});
