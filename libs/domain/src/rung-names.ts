import type { StopReason } from '#contracts';

/** Names of rungs that no ladder gives: those of a wait, and of a promise that was broken. */
export const reminderOf = (reason: StopReason): string => `${reason}-reminder`;
export const silenceOf = (reason: StopReason): string => `${reason}-silence`;
/** The first, the second ... of one generation. */
export const brokenPromise = (count: number | ''): string => `broken-promise-${count}`;

export const reservedRung = /^(?:(?:supplement|payment|other-body)-(?:reminder|silence)|broken-promise-\d+)$/;
