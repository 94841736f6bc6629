import type { WaitReason } from './procedure';

/** Names of rungs that no ladder gives: those of a wait, and of a promise that was broken. */
export const reminderOf = (reason: WaitReason): string => `${reason}-reminder`;
export const silenceOf = (reason: WaitReason): string => `${reason}-silence`;
/** The first, the second ... of one generation. */
export const brokenPromise = (count: number | ''): string => `broken-promise-${count}`;

export const reservedRung = /^(?:(?:supplement|payment|other-body)-(?:reminder|silence)|broken-promise-\d+)$/;
