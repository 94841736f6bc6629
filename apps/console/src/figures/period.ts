import { moved, type Days } from '../parts/days';

export const presets = ['this-month', 'last-month', 'this-year'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset, as seen from a day. What lasts still is counted up to now, so its last day may lie ahead. */
export function daysOf(preset: Preset, today: string): Days {
  const [year = 0, month = 1] = today.split('-').map(Number);
  switch (preset) {
    case 'this-month':
      return monthOf(year, month);
    case 'last-month':
      return month === 1 ? monthOf(year - 1, 12) : monthOf(year, month - 1);
    case 'this-year':
      return { from: `${year}-01-01`, until: `${year}-12-31` };
  }
}

function monthOf(year: number, month: number): Days {
  const next = month === 12 ? firstOf(year + 1, 1) : firstOf(year, month + 1);
  return { from: firstOf(year, month), until: moved(next, -1) };
}

function firstOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}
