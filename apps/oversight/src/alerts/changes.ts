import type { DossierEvent, DossierEscalated, Deadlines, DueInstants, PostHolder } from '#contracts';

/** What one event changes in the alerts. Instants as the event carries them: mapped time, but `recordedAt` (real time). */
export type Change =
  /** A dossier began, or an online submission got its code. */
  | ({ readonly kind: 'dossier-known'; readonly code: string | null; readonly procedureCode: string } & InForce)
  /** A schedule came into force. Alerts already recorded stay as they are. */
  | ({ readonly kind: 'schedule-changed' } & InForce)
  /** The dossier is handled under another procedure than was chosen first. */
  | { readonly kind: 'procedure-changed'; readonly procedureCode: string }
  | { readonly kind: 'alert-recorded'; readonly alert: RecordedAlert }
  | {
      readonly kind: 'generation-acknowledged';
      readonly generation: number;
      readonly plannedAt: string;
      readonly by: PostHolder;
    }
  | { readonly kind: 'alert-withdrawn'; readonly generation: number; readonly rung: string }
  | { readonly kind: 'dossier-ended'; readonly endedAt: string };

interface InForce {
  readonly generation: number;
  readonly due: DueInstants;
}

/** A rung that fell due unmet, as its event says it; `dueAt` is the rung's instant. */
export type RecordedAlert = Omit<DossierEscalated, 'actor'> & { readonly dueAt: string; readonly recordedAt: string };

/** What the event changes, in order. Most events change nothing here, and each of them is named. */
export function changesBy(event: DossierEvent): readonly Change[] {
  switch (event.type) {
    case 'dossier-submitted':
    case 'dossier-received': {
      const { procedureCode, deadlines } = event.data;
      const code = event.type === 'dossier-received' ? event.data.code : null;
      return [{ kind: 'dossier-known', code, procedureCode, ...inForce(deadlines) }];
    }
    case 'dossier-handed-over':
    case 'hand-over-sent-back':
    case 'dossier-supplement-received':
    case 'dossier-payment-received':
    case 'dossier-payment-cancelled':
    case 'dossier-resumed':
    case 'dossier-extended':
    case 'dossier-recomputed':
    case 'dossier-withdrawal-declined':
    case 'consent-presumed':
    case 'dossier-supplement-requested':
    case 'dossier-payment-requested':
    case 'dossier-suspended':
      return scheduleChanged(event.data.deadlines);
    case 'dossier-rebound': {
      const { procedureCode, deadlines } = event.data;
      return [{ kind: 'procedure-changed', procedureCode }, ...scheduleChanged(deadlines)];
    }
    case 'dossier-escalated':
      return [{ kind: 'alert-recorded', alert: recordedAlert(event) }];
    case 'escalation-acknowledged': {
      const { generation, plannedAt, actor } = event.data;
      return [{ kind: 'generation-acknowledged', generation, plannedAt, by: actor }];
    }
    case 'escalation-withdrawn': {
      const { generation, rung } = event.data;
      return [{ kind: 'alert-withdrawn', generation, rung }];
    }
    case 'dossier-refused':
    case 'dossier-returned':
    case 'dossier-withdrawn':
    case 'dossier-stopped':
      return [{ kind: 'dossier-ended', endedAt: event.time }];
    case 'dossier-reassigned':
    case 'hand-over-accepted':
    case 'dossier-withdrawal-requested':
    case 'applicant-reminded':
    case 'apology-drafted':
    case 'dossier-processed':
    case 'opinion-requested':
    case 'opinion-given':
    case 'opinion-presumed':
    case 'dossier-corrected':
    case 'fee-charged':
    case 'fee-paid':
    case 'dossier-linked':
    case 'attachment-added':
    case 'attachment-withdrawn':
    case 'papers-checked':
    case 'fee-refunded':
    case 'fee-cancelled':
      return [];
    default:
      return passedOver(event);
  }
}

/** An event of a newer build changes nothing here; a known one that no case names does not compile. */
function passedOver(_: never): readonly Change[] {
  return [];
}

function scheduleChanged(deadlines: Deadlines | null): readonly Change[] {
  return deadlines === null ? [] : [{ kind: 'schedule-changed', ...inForce(deadlines) }];
}

function inForce({ schedule, due }: Deadlines): InForce {
  return { generation: schedule.generation, due };
}

function recordedAlert({
  time,
  recordedat,
  data,
}: Extract<DossierEvent, { type: 'dossier-escalated' }>): RecordedAlert {
  const { generation, rung, of, responsible, addressee, recordedBy } = data;
  return { generation, rung, of, responsible, addressee, recordedBy, dueAt: time, recordedAt: recordedat };
}
