import { hours, vietNam, vinh, workingDays } from '../test/calendars';
import { civilCode, explainedDue, workingMsBetween } from './index';

const in2026 = (wall: string) => vinh(`2026-${wall}`);

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
    const explanation = explainedDue(vietNam, in2026(received), hours(2), civilCode);

    expect(explanation).toMatchObject({ countedFrom: in2026(counted) });
    expect(workingMsBetween(vietNam, in2026(counted), explanation.dueAt)).toBe(2 * 3_600_000);
  });

  test.each([
    ['just before closing', '11-25T17:29:59', '11-26T17:30:00'],
    ['at closing', '11-25T17:30:00', '11-27T17:30:00'],
    ['at closing before a weekend', '11-27T17:30:00', '12-01T17:30:00'],
  ])('what comes in %s has one working day until the right evening', (_, received, due) => {
    expect(explainedDue(vietNam, in2026(received), workingDays(1), civilCode).dueAt).toBe(in2026(due));
  });
});
