/**
 * A Friday at nine in Vietnam, before New Year and Tết, at which the offices of tests begin their day whenever the tests run: the
 * days that a test names lie ahead, the calendars and procedures of the catalogue hold, and nobody works at night. A map of time,
 * as `migrate` takes it.
 */
export const ordinaryMorning = { mapped: '2026-11-27T02:00:00.000Z', speed: 1 } as const;
