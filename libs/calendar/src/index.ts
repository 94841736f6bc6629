export * from './due';
export { endOfWorkingDay, localDate } from './day';
export * from './explanation';
export type { Instant, LocalDate } from './instant';
export type { Limit } from './limit';
export * from './work-calendar';
export { shiftByWorkingTime, workingMsBetween } from './working-time';
