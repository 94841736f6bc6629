import { localDate, type Instant, type WorkCalendar } from '#calendar';

/** How an act stands to the instant it was due. */
export type Punctuality = 'early' | 'on-time' | 'late';

/**
 * Early: on an earlier local day than the due instant's. On time: on that day and not after the instant. Late: after it.
 * Measured at "processed"; an extension does not make a dossier on time, so it is asked of the first due instant too.
 */
export function punctuality(calendar: Pick<WorkCalendar, 'timeZone'>, dueAt: Instant, doneAt: Instant): Punctuality {
  if (doneAt > dueAt) return 'late';
  return localDate(calendar, doneAt) < localDate(calendar, dueAt) ? 'early' : 'on-time';
}
