const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** A working day as it is spoken of; how long each day really is, the office's calendar decides, not this. */
const HOURS_OF_A_DAY = 8;

/** Working time in the two largest units that are not nothing: days and hours, or hours and minutes. */
export interface SpokenTime {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** A stretch of working time as it is spoken of, without its sign. Rounded down: what is left is never said to be more than it is. */
export function spokenTimeOf(workingMs: number): SpokenTime {
  const ms = Math.abs(workingMs);
  const hours = Math.floor(ms / HOUR_MS);
  if (hours >= HOURS_OF_A_DAY)
    return { days: Math.floor(hours / HOURS_OF_A_DAY), hours: hours % HOURS_OF_A_DAY, minutes: 0 };
  return { days: 0, hours, minutes: Math.floor((ms % HOUR_MS) / MINUTE_MS) };
}
