import { sentencesOf } from '#calendar';
import type { Language } from '#contracts';
import {
  clockRuns,
  DossierError,
  dueNames,
  explainedInstant,
  stoppedWorkingMs,
  type Dossier,
  type DueName,
  type ExplainedInstant,
  type Timekeeping,
} from '#domain';
import { clockStoppedAt, earliestOf, workingMsLeft } from '../queue/queue-row';

/** Why a dossier is due when it is: as data, and in sentences a citizen understands. */
export interface ExplanationView extends ExplainedInstant {
  readonly of: DueName;
  /** The counting in sentences; what moved it since stands in `stops`. */
  readonly why: readonly string[];
  readonly procedureCode: string;
  readonly procedureVersion: number;
  /** `id/version`, of the calendar that the instant is counted by. */
  readonly calendar: string;
  readonly timeZone: string;
  /** False while the office waits for somebody else, and at the end: then the two figures stand. */
  readonly clockRuns: boolean;
  /**
   * Working time by the newest calendar, in milliseconds: used since `startedAt` without the stops, and left until `dueAt`,
   * negative past it. Null where the calendar does not reach.
   */
  readonly workingMsUsed: number | null;
  readonly workingMsLeft: number | null;
}

/** Thrown when somebody asks why a dossier is due that nothing limits, or not in that way. */
export class NothingDue extends DossierError {
  readonly code = 'NOTHING_DUE';
  readonly kind = 'not-found';

  constructor(
    readonly dossierId: string,
    readonly of: DueName | null,
  ) {
    super(`Dossier ${dossierId} has no instant of ${of ?? 'any kind'} that it is due at.`);
  }
}

/** The reasons of one due instant; null names the earliest. @throws NothingDue */
export function explanationOf(
  dossier: Dossier,
  asked: DueName | null,
  timekeeping: Timekeeping,
  { now, language }: { readonly now: string; readonly language: Language },
): ExplanationView {
  const of = asked ?? earliestOf(dossier)?.of;
  const explained = of && explainedInstant(of, dossier, timekeeping);
  if (!of || !explained) throw new NothingDue(dossier.dossierId, asked);
  const { presentCalendar, calendar, procedure } = timekeeping;
  const until = clockStoppedAt(dossier) ?? now;
  const passedMs = workingMsLeft(presentCalendar, explained.startedAt, until);
  return {
    ...explained,
    of,
    why: explained.explanation ? sentencesOf(explained.explanation, language) : [],
    procedureCode: procedure.code,
    procedureVersion: procedure.version,
    calendar: dossier.calendar,
    timeZone: calendar.timeZone,
    clockRuns: clockRuns(dossier),
    workingMsUsed:
      passedMs === null ? null : passedMs - stoppedWorkingMs(presentCalendar, explained.startedAt, dossier),
    workingMsLeft: workingMsLeft(presentCalendar, until, explained.dueAt),
  };
}

/** The names of a dossier's due instants. */
export const dueNameList = Object.keys(dueNames) as readonly DueName[];
