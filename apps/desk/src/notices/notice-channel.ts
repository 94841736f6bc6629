import type { NoticeMeans } from '#contracts';
import type { Applicant } from '../command/personal-data';
import type { NoticeWords } from './notice-words';

/** Injection token of the channels that are set, the preferred one first. */
export const NOTICE_CHANNELS = Symbol('NOTICE_CHANNELS');

/** A notice on its way. `id` is the same in every repeat, so that whoever gets it twice can tell. */
export interface OutgoingNotice {
  readonly id: string;
  readonly to: string;
  readonly words: NoticeWords;
}

/** One way to reach applicants. */
export interface NoticeChannel {
  readonly means: NoticeMeans;
  /** Where it reaches this applicant; null where they left no such address. */
  addressOf(applicant: Applicant): string | null;
  /** Resolves when the other side has accepted the notice. @throws NoticeNotAccepted */
  send(notice: OutgoingNotice): Promise<void>;
  close(): void;
}

/** Thrown when a notice was not accepted, or nobody knows: perhaps it was, and a repeat comes with the same id. */
export class NoticeNotAccepted extends Error {
  constructor(
    /** What was answered (`HTTP 503`, `451`) or went wrong on the way (`ECONNREFUSED`): nothing that names anybody. */
    readonly answer: string,
    /** True where no repeat can help: such an address is refused for good. */
    readonly isForGood: boolean,
    options?: ErrorOptions,
  ) {
    super(`A notice was not accepted: ${answer}.`, options);
    this.name = 'NoticeNotAccepted';
  }
}
