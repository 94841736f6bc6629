import type { Addressee, DueInstantName, PostHolder, Recorder } from '#contracts';
import type { DeliveryState } from '../mail/delivery.entity';
import type { AlertEntity, AlertState } from './alert.entity';

/** An alert as its addressee sees it. Instants are ISO 8601 UTC, mapped time but for `recordedAt` and `mail.sentAt`. */
export interface AlertView {
  /** The same for every change of this alert. */
  readonly seq: string;
  readonly dossierId: string;
  /** Null until an online submission is accepted. */
  readonly code: string | null;
  readonly procedureCode: string;
  readonly generation: number;
  readonly rung: string;
  readonly of: DueInstantName;
  /** The rung's instant. */
  readonly dueAt: string;
  /** The due instant the rung hangs on; null if the schedule it belongs to was no longer known. */
  readonly ofDueAt: string | null;
  readonly recordedAt: string;
  readonly recordedBy: Recorder;
  readonly responsible: PostHolder;
  readonly addressee: Addressee;
  readonly state: AlertState;
  /** False once a due instant has changed: the alert stands, but `desk` takes acknowledgements for the new schedule only. */
  readonly ofCurrentSchedule: boolean;
  readonly plannedAt: string | null;
  readonly acknowledgedBy: string | null;
  /** What became of the mail. It may be out although the alert is withdrawn. */
  readonly mail: { readonly state: DeliveryState; readonly reason: string | null; readonly sentAt: string | null };
}

/** The alert, read with its dossier and delivery. */
export function viewOf(alert: AlertEntity): AlertView {
  const { dossier, delivery } = alert;
  return {
    seq: alert.seq,
    dossierId: alert.dossierId,
    code: dossier.code,
    procedureCode: dossier.procedureCode,
    generation: alert.generation,
    rung: alert.rung,
    of: alert.of,
    dueAt: alert.dueAt.toISOString(),
    ofDueAt: alert.ofDueAt?.toISOString() ?? null,
    recordedAt: alert.recordedAt.toISOString(),
    recordedBy: alert.recordedBy,
    responsible: responsibleOf(alert),
    addressee: addresseeOf(alert),
    state: alert.state,
    ofCurrentSchedule: alert.generation === dossier.generation,
    plannedAt: alert.plannedAt?.toISOString() ?? null,
    acknowledgedBy: alert.acknowledgedBy,
    mail: { state: delivery.state, reason: delivery.lastError, sentAt: delivery.sentAt?.toISOString() ?? null },
  };
}

/** Who held the dossier at the rung's instant. */
export function responsibleOf(
  alert: Pick<AlertEntity, 'responsibleOfficialId' | 'responsiblePostId' | 'responsibleOfficeId'>,
): PostHolder {
  return {
    officialId: alert.responsibleOfficialId,
    postId: alert.responsiblePostId,
    officeId: alert.responsibleOfficeId,
  };
}

/** Who was told: the post where it was vacant. */
export function addresseeOf(
  alert: Pick<AlertEntity, 'addresseeOfficialId' | 'addresseePostId' | 'addresseeOfficeId'>,
): Addressee {
  return {
    officialId: alert.addresseeOfficialId,
    postId: alert.addresseePostId,
    officeId: alert.addresseeOfficeId,
  };
}
