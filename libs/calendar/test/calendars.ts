import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inherited, parseOwnCalendar, parseWorkCalendar, type Limit } from '../src/index';

function kept(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '../../../catalogue/calendars', `${name}.json`), 'utf8'));
}

export const vietNam = parseWorkCalendar(kept('vn-office'));
export const netherlands = parseWorkCalendar(kept('nl-office'));
/** A commune of its own hours, seasons and closures on top of the country's days off. */
export const hoaQuan = inherited(vietNam, parseOwnCalendar(kept('hoa-quan-commune')));

/** An instant as the clock on the wall in Vinh shows it. */
export function vinh(wall: string): string {
  return new Date(`${wall.replace(' ', 'T')}+07:00`).toISOString();
}

export const hours = (amount: number): Limit => ({ amount, unit: 'WORKING_HOUR' });
export const workingDays = (amount: number): Limit => ({ amount, unit: 'WORKING_DAY' });
export const calendarDays = (amount: number): Limit => ({ amount, unit: 'CALENDAR_DAY' });
export const months = (amount: number): Limit => ({ amount, unit: 'MONTH' });
export const sameDay: Limit = { unit: 'SAME_DAY', cutOff: '15:00', dueBy: '17:00' };
