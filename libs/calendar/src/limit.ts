/** How long something may take. ISO 8601 durations cannot say "working day". */
export interface Limit {
  readonly amount: number;
  readonly unit: 'WORKING_HOUR' | 'WORKING_DAY' | 'CALENDAR_DAY' | 'MONTH';
}
