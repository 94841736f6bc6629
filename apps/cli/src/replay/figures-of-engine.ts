import type { WorkCalendar } from '#calendar';
import type { DossierEvent, Recorder } from '#contracts';
import { dossierFrom, punctuality, type Dossier, type Organisation, type ProcedureVersion } from '#domain';
import { countOf, NOBODY_YET, type Figures, type Punctualities } from './figures';

/** What the engine's own figures are made from. */
export interface Lived {
  /** By dossier, oldest first. */
  readonly events: ReadonlyMap<string, readonly DossierEvent[]>;
  readonly organisation: Organisation;
  readonly procedure: ProcedureVersion;
  readonly calendar: Pick<WorkCalendar, 'timeZone'>;
  /** Ends that `desk` refused. */
  readonly refusedEnds: number;
  /** Figures are as of this instant of the log; rungs that rang later do not count. */
  readonly lastInstant: string;
}

/** The figures as the journal tells them. */
export function figuresOfEngine({
  events,
  organisation,
  procedure,
  calendar,
  refusedEnds,
  lastInstant,
}: Lived): Figures {
  const histories = [...events.values()];
  const dossiers = histories.map(dossierFrom);
  const settled = dossiers.filter(({ endedAt }) => endedAt !== null);
  const nameOf = (officialId: string) => organisation.officials.find(({ id }) => id === officialId)?.name ?? officialId;
  const rang = (of: 'appointmentAt' | 'legalDueAt') => escalationsAt(dossiers, rungAt(procedure, of), lastInstant);
  const late = settled.filter(
    ({ firstDue, processedAt }) =>
      firstDue.appointmentAt !== null && processedAt !== null && processedAt > firstDue.appointmentAt,
  );
  return {
    received: dossiers.filter(({ code }) => code !== null).length,
    settled: settled.length,
    open: dossiers.length - settled.length,
    refusedEnds,
    handOvers: histories.flat().filter(({ type }) => type === 'dossier-handed-over').length,
    appointment: against(settled, 'appointmentAt', calendar),
    legal: against(settled, 'legalDueAt', calendar),
    appointmentEscalations: rang('appointmentAt').length,
    legalEscalations: rang('legalDueAt').length,
    lateByResponsible: countOf(late.map(({ responsibility }) => nameOf(responsibility[0]?.officialId ?? ''))),
    lateByHolder: countOf(late.map((dossier) => nameOf(holderAtAppointment(dossier, procedure)))),
  };
}

/** Who recorded the standing escalations up to the log's last instant. */
export function recorders({
  events,
  lastInstant,
}: Pick<Lived, 'events' | 'lastInstant'>): ReadonlyMap<Recorder, number> {
  const standing = [...events.values()].flatMap((history) => dossierFrom(history).escalations);
  const counted = standing.filter(({ dueAt }) => dueAt <= lastInstant).map(({ recordedBy }) => recordedBy);
  return countOf(counted) as ReadonlyMap<Recorder, number>;
}

/** As the escalation names them: whoever that was then. */
function holderAtAppointment({ firstDue, clockStartedAt, escalations }: Dossier, procedure: ProcedureVersion): string {
  const due = escalations.find(({ rung }) => rung === rungAt(procedure, 'appointmentAt'));
  if (due) return due.responsible.officialId;
  return (firstDue.appointmentAt ?? '') < (clockStartedAt ?? '') ? NOBODY_YET : 'no escalation on record';
}

function rungAt({ serviceLevel }: ProcedureVersion, of: 'appointmentAt' | 'legalDueAt'): string | null {
  return serviceLevel.ladder.find((rung) => rung.of === of && rung.offset === null)?.name ?? null;
}

function escalationsAt(dossiers: readonly Dossier[], rung: string | null, lastInstant: string) {
  return dossiers.flatMap(({ escalations }) =>
    escalations.filter((escalation) => escalation.rung === rung && escalation.dueAt <= lastInstant),
  );
}

function against(
  settled: readonly Dossier[],
  which: 'appointmentAt' | 'legalDueAt',
  calendar: Pick<WorkCalendar, 'timeZone'>,
): Punctualities {
  const found = settled.flatMap(({ firstDue, processedAt }) => {
    const dueAt = firstDue[which];
    return dueAt !== null && processedAt !== null ? [punctuality(calendar, dueAt, processedAt)] : [];
  });
  const count = (wanted: (typeof found)[number]) => found.filter((one) => one === wanted).length;
  return { early: count('early'), onTime: count('on-time'), late: count('late') };
}
