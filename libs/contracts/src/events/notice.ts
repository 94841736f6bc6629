import { integer, oneOf, orNull, record, uuid } from '../schema';

/** What an applicant is told of. */
export const noticeKinds = [
  'received',
  'refused',
  'supplement',
  'payment',
  'reminder',
  'apology',
  'ready',
  'stopped',
  'withdrawn',
  'message',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** By which way: to a mailbox, or to a telephone (SMS, Zalo) by whatever gateway the office has. */
export const noticeMeans = ['e-mail', 'phone'] as const;
export type NoticeMeans = (typeof noticeMeans)[number];

/**
 * How it ended. `sent`: the mail server or gateway accepted it. `failed`: it refused the address, or a day's attempts were in
 * vain. `not-possible`: the applicant left no way to be reached, or the data was erased. `not-sent`: this stack has no way to
 * reach them.
 */
export const noticeOutcomes = ['sent', 'failed', 'not-possible', 'not-sent'] as const;
export type NoticeOutcome = (typeof noticeOutcomes)[number];

export const noticeReasons = [
  'address-refused',
  'not-accepted',
  'no-contact',
  'erased',
  'no-channel',
  'answered',
] as const;
export type NoticeReason = (typeof noticeReasons)[number];

/**
 * What became of a notice to an applicant: it is what an appeal starts from. Told in the stream `notices`, because it may come
 * after the end of its dossier. Not where to, and not what was written.
 */
export interface ApplicantNotified {
  readonly dossierId: string;
  /** The entry of the dossier's stream that the applicant was told of; of a `message`, the entry of the stream `messages`. */
  readonly causeSequence: number;
  readonly kind: NoticeKind;
  /** Null where none was tried. */
  readonly by: NoticeMeans | null;
  readonly outcome: NoticeOutcome;
  /** How often it was handed over; a repeat carried the same id. */
  readonly attempts: number;
  /** Null where it was sent. */
  readonly reasonCode: NoticeReason | null;
}

export const applicantNotifiedSchema = record<ApplicantNotified>({
  dossierId: uuid,
  causeSequence: integer(1),
  kind: oneOf(noticeKinds),
  by: orNull(oneOf(noticeMeans)),
  outcome: oneOf(noticeOutcomes),
  attempts: integer(),
  reasonCode: orNull(oneOf(noticeReasons)),
});
