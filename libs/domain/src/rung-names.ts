import type { StopReason } from '#contracts';

/** Names of rungs that no ladder gives: those of a wait, of a promise that was broken, and of an opinion's silence. */
export const reminderOf = (reason: StopReason): string => `${reason}-reminder`;
export const silenceOf = (reason: StopReason): string => `${reason}-silence`;
/** The first, the second ... of one generation. */
export const brokenPromise = (count: number | ''): string => `broken-promise-${count}`;
/** The first, the second ... opinion that a dossier asked for. */
export const opinionSilence = (count: number): string => `opinion-${count}-silence`;

export const reservedRung =
  /^(?:(?:supplement|payment|other-body)-(?:reminder|silence)|broken-promise-\d+|opinion-\d+-silence)$/;
