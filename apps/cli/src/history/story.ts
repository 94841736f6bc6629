import type { ApplicantNotified, DossierEvent } from '#contracts';
import type { Bodies, FeeLedger, Lateness, PromisedInstant } from '#domain';

/** How names are written: ids become what people call them, of a dossier its code. Falls back to the id. */
export type NameOf = (id: string | null) => string;

/** The dossier's life as people would tell it: one line an event, in the office's own time. */
export function storyOf(events: readonly DossierEvent[], nameOf: NameOf, timeZone: string): readonly string[] {
  return events.map((event) => `${wall(event.time, timeZone)}  ${told(event, nameOf, timeZone)}`);
}

/** How late a dossier was, or is, and for each who held it: what they held after the breach, and their share. */
export function latenessStoryOf(lateness: Lateness | null, nameOf: NameOf, timeZone: string): readonly string[] {
  if (!lateness?.breach || lateness.lateMs === 0) return [];
  const { of, promisedAt, breach, lateMs, takenOverMs, formula, shares } = lateness;
  const holder = breach.holder === null ? 'somebody in the system before' : nameOf(breach.holder.officialId);
  const broken = `held by ${holder} when it was missed, ${wall(breach.at, timeZone)}`;
  return [
    `LATE: ${hours(lateMs)} after the ${promises[of]} of ${wall(promisedAt, timeZone)}; ${broken}`,
    ...(takenOverMs > 0 ? [`  ${hours(takenOverMs)} of it had passed when it was taken over`] : []),
    ...shares.map(({ holder: { officialId, postId }, heldLateMs, shareMs }) => {
      const who = `${nameOf(officialId)} (${nameOf(postId)})`;
      return `  ${who}: held ${hours(heldLateMs)} of it; share by ${formula ?? ''} ${hours(shareMs)}`;
    }),
  ];
}

/** The sums of a dossier's money, one line a currency, in its smallest unit; nothing where nothing was charged. */
export function feesStoryOf({ totals }: FeeLedger): readonly string[] {
  return totals.map(
    ({ currency, chargedMinor, paidMinor, refundedMinor, dueMinor }) =>
      `FEES: ${chargedMinor} ${currency} charged, ${paidMinor} paid, ${refundedMinor} given back, ${dueMinor} due`,
  );
}

const promises: Readonly<Record<PromisedInstant, string>> = {
  acceptanceDueAt: 'acceptance limit',
  appointmentAt: 'appointment',
  legalDueAt: 'legal limit',
};

/** One notice, with its entry in the stream `notices`; both texts are null until it has ended. */
export interface ToldNotice extends Pick<
  ApplicantNotified,
  'causeSequence' | 'kind' | 'by' | 'attempts' | 'reasonCode'
> {
  readonly state: ApplicantNotified['outcome'] | 'pending';
  /** Real time. */
  readonly settledAt: string | null;
  readonly body: string | null;
  readonly hash: string | null;
}

/** What the applicant was told, a line each. */
export function noticeStoryOf(
  notices: readonly Omit<ToldNotice, 'body' | 'hash'>[],
  timeZone: string,
): readonly string[] {
  return notices.map(({ causeSequence, kind, state, by, attempts, reasonCode, settledAt }) => {
    const how = [by && `by ${by}`, attempts > 1 && `${attempts} attempts`, reasonCode].filter(Boolean).join(', ');
    const when = settledAt === null ? '' : `, ${wall(settledAt, timeZone)}`;
    return `APPLICANT: of entry ${causeSequence} (${kind}) ${state}${how === '' ? '' : ` (${how})`}${when}`;
  });
}

/** Which bodies were late with a step or an opinion of their own. The apology is the lead's, whoever was late. */
export function bodiesStoryOf({ leadOfficeId, bodies }: Bodies, nameOf: NameOf): readonly string[] {
  return bodies.flatMap(({ officeId, steps, opinions }) => {
    const late = [
      ...steps.map(({ step, lateMs }) => ({ lateMs, what: `step "${step}"` })),
      ...opinions.map(({ lateMs, answeredAt }) => ({
        lateMs,
        what: answeredAt === null ? 'an opinion it has not given' : 'an opinion',
      })),
    ].filter(({ lateMs }) => lateMs > 0);
    const owed = officeId === leadOfficeId ? '' : `; ${nameOf(leadOfficeId)} owes the apology`;
    return late.map(({ what, lateMs }) => `${nameOf(officeId)}: ${hours(lateMs)} late with ${what}${owed}`);
  });
}

function hours(workingMs: number): string {
  const minutes = Math.round(workingMs / 60_000);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function told(event: DossierEvent, nameOf: NameOf, timeZone: string): string {
  const { actor } = event.data;
  const proposer = 'proposedBy' in event.data ? event.data.proposedBy : null;
  const by = nameOf(actor.officialId) + (proposer ? ` (proposed by ${nameOf(proposer.officialId)})` : '');
  switch (event.type) {
    case 'dossier-submitted':
      return `submitted online; ${nameOf(event.data.holder.officialId)} answers for its acceptance`;
    case 'dossier-received': {
      const { code, holder, deadlines, takenOver, takenOverFrom, clockStartedAt } = event.data;
      const before = takenOverFrom
        ? `, open in ${takenOverFrom.system} as ${takenOverFrom.number} since ${wall(clockStartedAt, timeZone)}`
        : '';
      const promised =
        deadlines.due.appointmentAt === null
          ? 'no date promised'
          : `promised for ${wall(deadlines.due.appointmentAt, timeZone)}`;
      return `received by ${by} as ${code}${before}, ${promised}${takenOver ? ' (taken over)' : ''}; ${nameOf(holder.officialId)} answers for it`;
    }
    case 'dossier-refused':
      return `not accepted by ${by}: ${event.data.reasonCode}`;
    case 'dossier-handed-over':
      return `handed over to ${nameOf(event.data.to.officialId)}${event.data.step === null ? '' : ` for step "${event.data.step}"`} by ${by}`;
    case 'hand-over-accepted':
      return `hand-over accepted by ${by}`;
    case 'hand-over-sent-back':
      return `sent back to ${nameOf(event.data.to.officialId)} by ${by}: ${event.data.reasonCode}`;
    case 'dossier-reassigned':
      return `reassigned to ${nameOf(event.data.to.officialId)} by ${by}: ${event.data.reasonCode}`;
    case 'dossier-supplement-requested':
      return `supplement requested by ${by}: ${event.data.components.join(', ')}; ${standsStill(event, timeZone)}`;
    case 'dossier-supplement-received':
      return `supplement received by ${by}; the clock runs again`;
    case 'dossier-payment-requested':
      return `payment of ${event.data.amountMinor} ${event.data.currency} requested by ${by}; ${standsStill(event, timeZone)}`;
    case 'dossier-payment-received':
      return `payment received by ${by}; the clock runs again`;
    case 'dossier-payment-cancelled':
      return `payment request cancelled by ${by}: ${event.data.reasonCode}; the clock runs again`;
    case 'dossier-suspended':
      return `suspended by ${by}: ${event.data.reasonCode}; ${standsStill(event, timeZone)}`;
    case 'dossier-resumed':
      return `resumed by ${by}; the clock runs again`;
    case 'dossier-extended':
      return `extended by ${by} to ${wall(event.data.appointmentAt, timeZone)}: ${event.data.reasonCode}`;
    case 'dossier-recomputed': {
      const { due } = event.data.deadlines;
      const next = due.appointmentAt ?? due.legalDueAt ?? due.acceptanceDueAt;
      return `recomputed by ${by} (${event.data.legalBasis}): due ${next === null ? 'never' : wall(next, timeZone)}`;
    }
    case 'dossier-rebound': {
      const { previousProcedureCode, procedureCode, reasonCode, due } = event.data;
      const next = due.appointmentAt ?? due.legalDueAt;
      const promised = next === null ? 'no date is promised' : `due ${wall(next, timeZone)}`;
      return `put from procedure ${previousProcedureCode} under ${procedureCode} by ${by} (${reasonCode}); by that, ${promised}`;
    }
    case 'dossier-escalated': {
      const { rung, responsible, addressee, recordedBy } = event.data;
      return `RANG: ${rung}; ${nameOf(responsible.officialId)} was responsible, ${nameOf(addressee.officialId ?? addressee.postId)} was told (recorded by ${recordedBy})`;
    }
    case 'applicant-reminded':
      return `the applicant is to be reminded: an answer is awaited until ${wall(event.data.answerDueAt, timeZone)}`;
    case 'apology-drafted':
      return `an apology was drafted for the appointment of ${wall(event.data.appointmentAt, timeZone)}; ${nameOf(event.data.addressee.officialId ?? event.data.addressee.postId)} is to sign it`;
    case 'consent-presumed':
      return `consent presumed on silence (${event.data.legalBasis}); the clock runs again`;
    case 'escalation-acknowledged': {
      const { rung, plannedAt, reasonCode } = event.data;
      return `${by} took up ${rung}, planned for ${wall(plannedAt, timeZone)}${reasonCode === null ? '' : `: ${reasonCode}`}`;
    }
    case 'escalation-withdrawn':
      return `${event.data.rung} withdrawn: ${event.data.reason}`;
    case 'opinion-requested': {
      const { asked, dueAt, questionCode } = event.data;
      return `${by} asked ${nameOf(asked.officialId)} (${nameOf(asked.officeId)}) for an opinion by ${wall(dueAt, timeZone)}: ${questionCode}`;
    }
    case 'opinion-given': {
      const { outcome, reasonCode } = event.data;
      return `opinion given by ${by}: ${outcome}${reasonCode === null ? '' : ` (${reasonCode})`}`;
    }
    case 'opinion-presumed':
      return `no opinion from ${nameOf(event.data.asked.officeId)}: consent by law (${event.data.legalBasis ?? ''}, recorded by ${event.data.recordedBy})`;
    case 'dossier-withdrawal-requested':
      return `withdrawal asked for; the clock stands still`;
    case 'dossier-withdrawal-declined':
      return `withdrawal declined by ${by}: ${event.data.reasonCode}`;
    case 'dossier-processed':
      return `processed by ${by}: ${event.data.result}`;
    case 'dossier-returned':
      return `returned to ${event.data.to} by ${by} (${event.data.proof})`;
    case 'dossier-withdrawn':
      return `withdrawal confirmed by ${by}`;
    case 'dossier-stopped':
      return `stopped by ${by}: ${event.data.reasonCode}${event.data.legalBasis === null ? '' : ` (${event.data.legalBasis})`}`;
    case 'dossier-corrected':
      return `corrected by ${by}: ${event.data.field} (${event.data.reasonCode})`;
    case 'fee-charged': {
      const { amountMinor, currency, basis, collectedAt, feeId } = event.data;
      return `fee of ${amountMinor} ${currency} charged by ${by} for ${basis} (${collectedAt}, ${feeId})`;
    }
    case 'fee-paid':
      return `fee of ${event.data.amountMinor} paid to ${by}, receipt ${event.data.receiptNumber} (${event.data.feeId})`;
    case 'papers-checked': {
      const found = event.data.papers.map(({ component, state }) => `${component} ${state}`);
      return `papers checked by ${by}: ${found.join(', ')}`;
    }
    case 'dossier-linked':
      return `noted by ${by} as ${event.data.kind} of dossier ${nameOf(event.data.otherDossierId)}`;
    case 'attachment-added': {
      const { mediaType, bytes, componentCode, sha256 } = event.data;
      const paper = componentCode === null ? '' : ` as ${componentCode}`;
      return `file added by ${by}${paper}: ${mediaType}, ${bytes} bytes, SHA-256 ${sha256}`;
    }
    case 'attachment-withdrawn':
      return `file taken back by ${by}: ${event.data.reasonCode} (${event.data.attachmentId})`;
    case 'fee-cancelled':
      return `fee cancelled by ${by}: ${event.data.reasonCode} (${event.data.feeId})`;
    case 'fee-refunded':
      return `${event.data.amountMinor} of the fee given back by ${by}: ${event.data.reasonCode} (${event.data.feeId})`;
  }
}

function standsStill({ data }: { readonly data: { readonly answerDueAt: string | null } }, timeZone: string): string {
  const { answerDueAt } = data;
  return `the clock stands still${answerDueAt === null ? '' : `, an answer is awaited until ${wall(answerDueAt, timeZone)}`}`;
}

/** A moment as the clock on the office's wall showed it. */
export function wall(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    Date.parse(instant),
  );
}
