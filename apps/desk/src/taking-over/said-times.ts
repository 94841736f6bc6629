import { endOfWorkingDayFrom, instantOnWall, WallTimeInvalid, type Instant, type WorkCalendar } from '#calendar';
import { FieldInvalid } from '#domain';

/** The instant of a time as another system wrote it: with an offset, or by the clock on the office's wall. @throws FieldInvalid */
export function timeSaid({ timeZone }: Pick<WorkCalendar, 'timeZone'>, said: string, field: string): Instant {
  const [, wall = said, offset = timeZone] = /^(.+?)(Z|[+-]\d{2}:\d{2})?$/.exec(said) ?? [];
  try {
    return instantOnWall({ timeZone: offset === 'Z' ? 'UTC' : offset }, wall);
  } catch (error) {
    if (error instanceof WallTimeInvalid) throw new FieldInvalid(field, 'is no time that exists');
    throw error;
  }
}

/** The same; of a day alone the end of the office's working time, after a day off of the next working day. @throws FieldInvalid */
export function dueSaid(calendar: WorkCalendar, said: string, field: string): Instant {
  if (said.includes(':')) return timeSaid(calendar, said, field);
  timeSaid(calendar, `${said} 00:00`, field);
  return endOfWorkingDayFrom(calendar, said);
}
