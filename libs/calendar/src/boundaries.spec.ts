import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dueAfter, parseWorkCalendar, workingMsBetween, type Limit } from './index';

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../catalogue/calendars/vn-office.json'), 'utf8')),
);
const hours = (amount: number): Limit => ({ amount, unit: 'WORKING_HOUR' });
const workingDays = (amount: number): Limit => ({ amount, unit: 'WORKING_DAY' });

/** An instant of 2026 on the wall in Vinh. */
function vinh(wall: string): string {
  return new Date(`2026-${wall}+07:00`).toISOString();
}

describe('at the second before, at, and after each boundary of the working day', () => {
  test.each([
    ['just before opening', '11-25T07:29:59', '11-25T07:30:00'],
    ['at opening', '11-25T07:30:00', '11-25T07:30:00'],
    ['just after opening', '11-25T07:30:01', '11-25T07:30:01'],
    ['just before lunch', '11-25T11:29:59', '11-25T11:29:59'],
    ['at lunch', '11-25T11:30:00', '11-25T13:30:00'],
    ['just after lunch has begun', '11-25T11:30:01', '11-25T13:30:00'],
    ['just before lunch ends', '11-25T13:29:59', '11-25T13:30:00'],
    ['when lunch ends', '11-25T13:30:00', '11-25T13:30:00'],
    ['just before closing', '11-25T17:29:59', '11-25T17:29:59'],
    ['at closing', '11-25T17:30:00', '11-26T07:30:00'],
    ['just after closing', '11-25T17:30:01', '11-26T07:30:00'],
    ['at closing before a weekend', '11-27T17:30:00', '11-30T07:30:00'],
  ])('what comes in %s counts from the right instant', (_, received, counted) => {
    const { explanation, dueAt } = dueAfter(vietNam, vinh(received), hours(2));

    expect(explanation).toMatchObject({ countedFrom: vinh(counted) });
    expect(workingMsBetween(vietNam, vinh(counted), dueAt)).toBe(2 * 3_600_000);
  });

  test.each([
    ['just before closing', '11-25T17:29:59', '11-26T17:30:00'],
    ['at closing', '11-25T17:30:00', '11-27T17:30:00'],
    ['at closing before a weekend', '11-27T17:30:00', '12-01T17:30:00'],
  ])('what comes in %s has one working day until the right evening', (_, received, due) => {
    expect(dueAfter(vietNam, vinh(received), workingDays(1)).dueAt).toBe(vinh(due));
  });
});
