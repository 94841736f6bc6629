import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid, changedBetween, daysChanged, type ChangedDay, type WorkCalendar } from '#calendar';
import { dueInstantNames, type DueInstants, type RecomputationDecided, type RecomputationDecision } from '#contracts';
import {
  calendarReference,
  DossierError,
  dueByPresentCalendar,
  isMoved,
  transitions,
  type Dossier,
  type KeptDates,
  type MovedDossier,
  type Timekeeping,
} from '#domain';
import type { Caller } from '#platform';
import { DeskAccess, notAbout } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { Operations, type Applied, type Operation, type Page, type Which } from '../operation/operations';

/** Thrown when a calendar came after the decision: what it would move was never shown to whoever decided. */
export class RecomputationOutdated extends DossierError {
  readonly code = 'RECOMPUTATION_OUTDATED';
  readonly kind = 'conflict';

  constructor(
    readonly operationId: string,
    readonly calendar: string,
  ) {
    super(`Operation ${operationId} was decided before ${calendar} was loaded; look again, decide again.`);
  }
}

/** What somebody decides. */
export type Decision = Pick<RecomputationDecided, 'operationId' | 'decision' | 'legalBasis' | 'calendarId'>;

export interface Preview {
  readonly checked: number;
  readonly moved: readonly MovedDossier[];
  /** Dossiers of which the newest calendar says nothing, and why; they would stay as they are. */
  readonly failed: readonly { readonly dossierId: string; readonly reason: string }[];
  /** To go on after; null when it was the last page. */
  readonly next: string | null;
}

/** What a page of it did; `failed` counts the dossiers of which the newest calendar says nothing. */
export type Recomputed = Omit<Applied, 'left'> & { readonly failed: number };

/** What newer versions of the work calendars do to dossiers that are open. */
@Injectable()
export class Recomputation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly operations: Operations,
  ) {}

  /**
   * What calendars that are not loaded yet would do to the open dossiers counted by the versions before them.
   * Otherwise {@link preview}.
   */
  async previewOf(caller: Caller, calendars: readonly WorkCalendar[], page: Page): Promise<Preview> {
    const ids = calendars.map(({ id }) => id);
    return this.look(caller, ids, page, (known) => calendars.find(({ id }) => id === known.id) ?? known);
  }

  /** Reads only; nothing is locked. Complaints about the caller are neither shown nor counted; a decision moves them all the same. */
  async preview(caller: Caller, calendarId: string | null, page: Page): Promise<Preview> {
    return this.look(caller, calendarId === null ? null : [calendarId], page, (known) => known);
  }

  private async look(
    caller: Caller,
    calendarIds: readonly string[] | null,
    page: Page,
    newestOf: (known: WorkCalendar) => WorkCalendar,
  ): Promise<Preview> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const { where, parameters } = countedBy(calendarIds);
    const shown = {
      where: `${where} and ${notAbout('$5', '$6')}`,
      parameters: [...parameters, subject.actor.officialId, this.access.officesActedIn(subject)],
    };
    const { dossiers, next } = await this.operations.openDossiers(shown, page);
    const timekeepings = await this.catalogue.timekeepingsOf(manager, dossiers);
    const kept = await keptCalendars(manager);
    const changes = changesByVersions();
    const moved: MovedDossier[] = [];
    const failed: { dossierId: string; reason: string }[] = [];
    for (const [index, known] of timekeepings.entries()) {
      const dossier = dossiers[index];
      if (!dossier) continue;
      const timekeeping = { ...known, presentCalendar: newestOf(known.presentCalendar) };
      try {
        const then = dueByPresentCalendar(dossier, timekeeping);
        if (isMoved(dossier.due, then))
          moved.push(movedTo(dossier, then, timekeeping, { kept, changes: changes(timekeeping) }));
      } catch (error) {
        if (!(error instanceof CalendarNotValid)) throw error;
        failed.push({ dossierId: dossier.dossierId, reason: error.message });
      }
    }
    return { checked: dossiers.length, moved, failed, next };
  }

  /** Journals the decision, once. @throws OperationDecidedOtherwise */
  async decide(caller: Caller, decision: Decision): Promise<void> {
    await this.operations.decide(caller, recomputation, decision.operationId, async ({ actor }, manager) => {
      return { actor, ...decision, calendars: await newestCalendars(manager, decision.calendarId) };
    });
  }

  /** @throws OperationUndecided, RecomputationOutdated: what was moved until then stays */
  async apply(caller: Caller, operationId: string, page: Page): Promise<Recomputed> {
    const { left, ...applied } = await this.operations.apply(caller, recomputation, operationId, page);
    return { ...applied, failed: left.filter(({ because }) => because instanceof CalendarNotValid).length };
  }
}

const recomputation: Operation<'recomputation-decided'> = {
  name: 'RECOMPUTATION',
  event: 'recomputation-decided',
  stream: 'catalogue',
  decides: ['decision', 'legalBasis', 'calendarId'],
  which: ({ decision, calendarId }) =>
    decision === 'apply' ? countedBy(calendarId === null ? null : [calendarId]) : null,
  commandOn: (_, { data: { operationId, legalBasis, calendars } }, { presentCalendar }) => {
    const newest = referenceOf(presentCalendar);
    if (!calendars.includes(newest)) throw new RecomputationOutdated(operationId, newest);
    return { name: 'recompute', operationId, legalBasis };
  },
};

/** The dossiers whose due instants can move, of some calendars or of all (null). */
function countedBy(calendarIds: readonly string[] | null): Which {
  return {
    where: `status = any($3) and ($4::text[] is null or split_part(state->>'calendar', '/', 1) = any($4))`,
    parameters: [transitions.recompute.from, calendarIds],
  };
}

async function newestCalendars(manager: EntityManager, calendarId: string | null): Promise<readonly string[]> {
  const rows = await manager.query<{ id: string; version: string }[]>(
    `select distinct on (id) id, version from desk.work_calendar where $1::text is null or id = $1
     order by id, ordinal desc`,
    [calendarId],
  );
  return rows.map(({ id, version }) => calendarReference(id, version));
}

/** The calendars, `id/version`, of which the last decision is to keep dates, with that. */
async function keptCalendars(manager: EntityManager): Promise<ReadonlyMap<string, KeptDates>> {
  const rows = await manager.query<(KeptDates & { calendar: string; decision: RecomputationDecision })[]>(
    `select distinct on (calendar) calendar, entry.body::jsonb->>'time' as "decidedAt",
       entry.body::jsonb->'data'->>'decision' as decision, entry.body::jsonb->'data'->>'legalBasis' as "legalBasis"
     from desk.journal entry, jsonb_array_elements_text(entry.body::jsonb->'data'->'calendars') calendar
     where stream = 'catalogue' and type = 'recomputation-decided'
     order by calendar, sequence desc`,
  );
  const kept = rows.filter(({ decision }) => decision === 'keep');
  return new Map(kept.map(({ calendar, decidedAt, legalBasis }) => [calendar, { decidedAt, legalBasis }]));
}

/** The changes between a dossier's calendar and the newest, worked out once for each pair of versions. */
function changesByVersions(): (timekeeping: Timekeeping) => readonly ChangedDay[] {
  const known = new Map<string, readonly ChangedDay[]>();
  return ({ calendar, presentCalendar }) => {
    const pair = `${referenceOf(calendar)} ${referenceOf(presentCalendar)}`;
    const changes = known.get(pair) ?? daysChanged(calendar, presentCalendar);
    known.set(pair, changes);
    return changes;
  };
}

function movedTo(
  { dossierId, code, officeId, procedureCode, due, responsibility }: Dossier,
  then: DueInstants,
  { presentCalendar }: Timekeeping,
  { kept, changes }: { readonly kept: ReadonlyMap<string, KeptDates>; readonly changes: readonly ChangedDay[] },
): MovedDossier {
  const instants = [...dueInstantNames.flatMap((name) => [due[name], then[name]])].filter((at) => at !== null).sort();
  const last = instants.at(-1) ?? '';
  const first = responsibility[0]?.from ?? last;
  const to = referenceOf(presentCalendar);
  return {
    dossierId,
    code,
    officeId,
    procedureCode,
    to,
    timeZone: presentCalendar.timeZone,
    kept: kept.get(to) ?? null,
    before: due,
    then,
    because: changedBetween(presentCalendar, changes, first, last),
  };
}

function referenceOf({ id, version }: WorkCalendar): string {
  return calendarReference(id, version);
}
