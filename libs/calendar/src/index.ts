export { dueAt } from './due';
export * from './explanation';
export { localDate, type Instant, type LocalDate } from './instant';
export * from './limit';
export { sentencesOf } from './sentences';
export { endOfWorkingDay } from './timeline';
export * from './work-calendar';
export { shiftByWorkingTime, workingMsBetween } from './working-time';
