export { dueAt } from './due';
export * from './explanation';
export { instantOnWall, isLocalDate, localDate, WallTimeInvalid, type Instant, type LocalDate } from './instant';
export * from './limit';
export { limitInWords, sentencesOf, wallTimeInWords } from './sentences';
export { changedBetween, daysChanged, type ChangedDay } from './days-changed';
export { endOfWorkingDay, endOfWorkingDayAt, endOfWorkingDayFrom } from './timeline';
export * from './work-calendar';
export { shiftByWorkingTime, withinWorkingTime, workingMsBetween } from './working-time';
