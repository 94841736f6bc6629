import type { Instant } from '#calendar';
import { StartRefused } from './start-refused';

/**
 * How the time of a stack runs: one line through `mappedOrigin` at the real time `realOrigin`, steeper by `speed`.
 *
 * Stored with the stack's data. A stop moves `realOrigin` later; `speed` (mapped milliseconds per real millisecond, at
 * least 1) never changes.
 */
export interface TimeMap {
  readonly mappedOrigin: Instant;
  readonly realOrigin: Instant;
  readonly speed: number;
}

/** Thrown for a time map whose origins are no instants or whose speed is no number from 1 upwards. */
export class TimeMapInvalid extends StartRefused {
  readonly code = 'TIME_MAP_INVALID';

  constructor(readonly map: TimeMap) {
    super(`No clock can run by this time map: ${JSON.stringify(map)}.`);
  }
}

/** The one source of time of a process. All instants are UTC, ISO 8601, to the millisecond. */
export abstract class Clock {
  /** The time in which the office lives: mapped in a simulation, real in production. */
  abstract now(): Instant;

  /** The time of the server, for retries, leases and time-outs. */
  abstract realNow(): Date;

  /** The first server time at which `now()` has reached the instant; it may lie in the past. */
  abstract wakeAt(instant: Instant): Instant;
}

/**
 * The clock of a stack; `null` is production, where the mapped time is the real one.
 *
 * @throws TimeMapInvalid
 */
export function clockFrom(map: TimeMap | null): Clock {
  return map === null ? new RealClock() : new MappedClock(map);
}

/** What the office's clock shows at a real time, in milliseconds since 1970; rounded down, so that it is never ahead. */
export function mapped(map: TimeMap, realMs: number): Instant {
  return iso(mappedMs(map, realMs));
}

/** The first whole millisecond of server time at which the mapped time has reached `instant`: never early. */
export function wake(map: TimeMap, instant: Instant): Instant {
  const target = Date.parse(instant);
  const realMs = Math.ceil(Date.parse(map.realOrigin) + (target - Date.parse(map.mappedOrigin)) / map.speed);
  // A quotient that was rounded down by floating point would wake a whole mapped step too early.
  return iso(mappedMs(map, realMs) < target ? realMs + 1 : realMs);
}

function mappedMs(map: TimeMap, realMs: number): number {
  return Math.floor(Date.parse(map.mappedOrigin) + (realMs - Date.parse(map.realOrigin)) * map.speed);
}

const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Throws a RangeError for a time that is none, or of a year without four digits, where instants no longer compare as text
 * (a simulation of a month a minute gets there in 66 days): a wrong instant is worse than an error.
 */
function iso(ms: number): Instant {
  if (!(ms >= FIRST_MS && ms <= LAST_MS)) throw new RangeError('The clock shows no time between the years 0 and 9999.');
  return new Date(ms).toISOString();
}

class RealClock extends Clock {
  now(): Instant {
    return iso(Date.now());
  }

  realNow(): Date {
    return new Date();
  }

  wakeAt(instant: Instant): Instant {
    return iso(Date.parse(instant));
  }
}

class MappedClock extends Clock {
  constructor(private readonly map: TimeMap) {
    super();
    const numbers = [Date.parse(map.mappedOrigin), Date.parse(map.realOrigin), map.speed];
    if (!numbers.every(Number.isFinite) || map.speed < 1) throw new TimeMapInvalid(map);
  }

  now(): Instant {
    return mapped(this.map, Date.now());
  }

  realNow(): Date {
    return new Date();
  }

  wakeAt(instant: Instant): Instant {
    return wake(this.map, instant);
  }
}
