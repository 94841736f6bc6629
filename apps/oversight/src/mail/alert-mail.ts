import type { Addressee, DueInstantName, PostHolder } from '#contracts';

/** What a mail says of an alert: codes, posts and instants, nothing of the applicant. */
export interface AlertMailData {
  readonly dossierId: string;
  /** Null until an online submission is accepted. */
  readonly code: string | null;
  readonly procedureCode: string;
  readonly generation: number;
  readonly rung: string;
  readonly of: DueInstantName;
  /** The rung's instant. */
  readonly dueAt: Date;
  /** The due instant the rung hangs on; null if unknown. */
  readonly ofDueAt: Date | null;
  readonly responsible: PostHolder;
  readonly addressee: Addressee;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const dueInstantWords: { readonly [Name in DueInstantName]: string } = {
  acceptanceDueAt: 'answer to the online submission',
  stepDueAt: 'limit of the current step',
  appointmentAt: 'date promised to the applicant',
  legalDueAt: 'legal limit',
};

/** The mail to the person told. `timeZone` is an IANA name; every instant in the text is in that zone. */
export function alertMail(alert: AlertMailData, timeZone: string): MailText {
  const dossier = nameOf(alert);
  const what = duePhrase(alert, timeZone);
  return {
    subject: `${dossier}: ${what}`,
    text: `Dossier ${dossier} needs you.

What fell due:  ${what}
Alert:          "${alert.rung}" of ${wallTime(alert.dueAt, timeZone)}
Responsible:    post ${alert.responsible.postId}, office ${alert.responsible.officeId}

What to do: ${isToResponsible(alert) ? handlingSteps : `take the case up, say why it is late and until when it will be settled:\n${acknowledgementOf(alert)}`}

All times: ${timeZone}. Until somebody acknowledges, later alerts of this dossier are sent as prescribed.
`,
  };
}

/** By its code, if it has one. */
export function nameOf({ code, procedureCode }: AlertMailData): string {
  return code ?? `online submission for ${procedureCode}`;
}

/** What fell due, and when if that is known. */
export function duePhrase({ of, ofDueAt }: AlertMailData, timeZone: string): string {
  return `${dueInstantWords[of]}${ofDueAt === null ? '' : `, due ${wallTime(ofDueAt, timeZone)}`}`;
}

/** Both the official and the post: whoever handles a case in one post may be its head in another. */
export function isToResponsible({ responsible, addressee }: AlertMailData): boolean {
  return addressee.officialId === responsible.officialId && addressee.postId === responsible.postId;
}

/** An alert is acknowledged by the head, not by the official responsible. */
const handlingSteps = 'settle the case, hand it over, or ask the head for an extension.';

/** The request that acknowledges it. */
export function acknowledgementOf({ dossierId, generation, rung }: AlertMailData): string {
  return `POST /alerts/${dossierId}/${generation}/${encodeURIComponent(rung)}/acknowledgement
{"plannedAt": "<a UTC instant, YYYY-MM-DDThh:mm:ss.sssZ>", "reasonCode": "<why it is late, like survey-delayed>"}`;
}

/** For example `2026-11-25 17:00`. */
export function wallTime(at: Date, timeZone: string): string {
  // Swedish is the locale whose customary form is that of ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}
