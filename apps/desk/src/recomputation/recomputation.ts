import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid, changedBetween, daysChanged, type ChangedDay, type WorkCalendar } from '#calendar';
import { dueInstantNames, type DueInstants, type RecomputationDecided } from '#contracts';
import {
  calendarReference,
  CommandNotAllowed,
  decide,
  DossierError,
  dueByPresentCalendar,
  isMoved,
  NothingToRecompute,
  transitions,
  type Dossier,
  type MovedDossier,
  type Timekeeping,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, notAbout } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { occurredAtOf } from '../command/dossier-commands';
import { DossierStore } from '../command/dossier-store';
import { RungRecorder } from '../escalation/rung-recorder';
import { OrganisationJournal } from '../journal/organisation-journal';

/** Thrown when dossiers are to be moved by an operation that nobody decided, or that was decided otherwise. */
export class RecomputationUndecided extends DossierError {
  readonly code = 'RECOMPUTATION_UNDECIDED';
  readonly kind = 'conflict';

  constructor(readonly operationId: string) {
    super(`Nobody has decided to apply operation ${operationId}.`);
  }
}

/** Thrown when an operation was decided before, and otherwise. */
export class RecomputationDecidedOtherwise extends DossierError {
  readonly code = 'RECOMPUTATION_DECIDED_OTHERWISE';
  readonly kind = 'conflict';

  constructor(readonly operationId: string) {
    super(`Operation ${operationId} was decided before, and otherwise; use a new one.`);
  }
}

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

export interface PageOfOpen {
  readonly calendarId: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface Preview {
  readonly checked: number;
  readonly moved: readonly MovedDossier[];
  /** Dossiers of which the newest calendar says nothing, and why; they would stay as they are. */
  readonly failed: readonly { readonly dossierId: string; readonly reason: string }[];
  /** To go on after; null when it was the last page. */
  readonly next: string | null;
}

export interface Applied {
  readonly checked: number;
  readonly moved: number;
  readonly failed: number;
  readonly next: string | null;
}

/** What newer versions of the work calendars do to dossiers that are open. */
@Injectable()
export class Recomputation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly store: DossierStore,
    private readonly rungs: RungRecorder,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Reads only; nothing is locked. Complaints about the caller are neither shown nor counted; a decision moves them all the same. */
  async preview(caller: Caller, page: PageOfOpen): Promise<Preview> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const shownTo = { officialId: subject.actor.officialId, offices: this.access.officesActedIn(subject) };
    const dossiers = await openDossiers(manager, page, shownTo);
    const timekeepings = await this.catalogue.timekeepingsOf(manager, dossiers);
    const changes = changesByVersions();
    const moved: MovedDossier[] = [];
    const failed: { dossierId: string; reason: string }[] = [];
    for (const [index, timekeeping] of timekeepings.entries()) {
      const dossier = dossiers[index];
      if (!dossier) continue;
      try {
        const then = dueByPresentCalendar(dossier, timekeeping);
        if (isMoved(dossier.due, then)) moved.push(movedTo(dossier, then, timekeeping, changes(timekeeping)));
      } catch (error) {
        if (!(error instanceof CalendarNotValid)) throw error;
        failed.push({ dossierId: dossier.dossierId, reason: error.message });
      }
    }
    return { checked: dossiers.length, moved, failed, next: nextOf(dossiers, page) };
  }

  /** Journals the decision, once. @throws RecomputationDecidedOtherwise */
  async decide(caller: Caller, decision: Decision): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'catalogue');
      const before = await decisionOn(manager, decision.operationId);
      if (before && !isSame(before, decision)) throw new RecomputationDecidedOtherwise(decision.operationId);
      if (before) return;
      const { operationId, decision: what, legalBasis, calendarId } = decision;
      const { actor } = await this.access.subjectOf(manager, caller);
      const calendars = await newestCalendars(manager, calendarId);
      const decided = { actor, operationId, decision: what, legalBasis, calendarId, calendars };
      await this.journal.add(manager, 'catalogue', 'recomputation-decided', decided);
    });
  }

  /** @throws RecomputationUndecided, RecomputationOutdated: what was moved until then stays */
  async apply(caller: Caller, operationId: string, page: Omit<PageOfOpen, 'calendarId'>): Promise<Applied> {
    const { manager } = this.dataSource;
    const decided = await decisionOn(manager, operationId);
    if (decided?.decision !== 'apply') throw new RecomputationUndecided(operationId);
    const dossiers = await openDossiers(manager, { ...page, calendarId: decided.calendarId });
    let moved = 0;
    let failed = 0;
    for (const { dossierId } of dossiers) {
      try {
        await this.recompute(caller, dossierId, decided);
        moved += 1;
      } catch (error) {
        if (error instanceof CalendarNotValid) failed += 1;
        // Ended or moved meanwhile: nothing is left to do.
        else if (!(error instanceof NothingToRecompute || error instanceof CommandNotAllowed)) throw error;
      }
    }
    return { checked: dossiers.length, moved, failed, next: nextOf(dossiers, page) };
  }

  private async recompute(
    caller: Caller,
    dossierId: string,
    { operationId, legalBasis, calendars }: RecomputationDecided,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const stored = await this.store.lock(manager, dossierId);
      const subject = await this.access.subjectOf(manager, caller);
      const occurredAt = occurredAtOf({ occurredAt: null }, subject, this.clock.now(), stored.state);
      const recordedAt = this.clock.realNow().toISOString();
      const { dossier } = await this.rungs.record(manager, stored, occurredAt, { recordedBy: 'command', recordedAt });
      const timekeeping = await this.catalogue.timekeepingOf(manager, dossier.state);
      const newest = referenceOf(timekeeping.presentCalendar);
      if (!calendars.includes(newest)) throw new RecomputationOutdated(operationId, newest);
      const act = { ...timekeeping, actor: subject.actor, occurredAt };
      const facts = decide(dossier.state, { name: 'recompute', operationId, legalBasis }, act);
      await this.store.add(manager, dossier, facts, { recordedAt, byPeople: true });
    });
  }
}

/** Without somebody to show them to, all. */
async function openDossiers(
  manager: EntityManager,
  { calendarId, after, limit }: PageOfOpen,
  shownTo: { readonly officialId: string | null; readonly offices: readonly string[] } = nobody,
): Promise<readonly Dossier[]> {
  const rows = await manager.query<{ state: Dossier }[]>(
    `select state from desk.dossier
     where ended_at is null and status = any($1) and dossier_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
       and ($3::text is null or starts_with(state->>'calendar', $3 || '/'))
       and ${notAbout('$5', '$6')}
     order by dossier_id limit $4`,
    [transitions.recompute.from, after, calendarId, limit, shownTo.officialId, shownTo.offices],
  );
  return rows.map(({ state }) => state);
}

const nobody = { officialId: null, offices: [] };

function nextOf(dossiers: readonly Dossier[], { limit }: Pick<PageOfOpen, 'limit'>): string | null {
  return dossiers.length === limit ? (dossiers.at(-1)?.dossierId ?? null) : null;
}

async function decisionOn(manager: EntityManager, operationId: string): Promise<RecomputationDecided | null> {
  const [row] = await manager.query<{ data: RecomputationDecided }[]>(
    `select body::jsonb->'data' as data from desk.journal
     where stream = 'catalogue' and type = 'recomputation-decided' and body::jsonb->'data'->>'operationId' = $1`,
    [operationId],
  );
  return row?.data ?? null;
}

function isSame(before: Decision, now: Decision): boolean {
  return (['decision', 'legalBasis', 'calendarId'] as const).every((name) => before[name] === now[name]);
}

async function newestCalendars(manager: EntityManager, calendarId: string | null): Promise<readonly string[]> {
  const rows = await manager.query<{ id: string; version: string }[]>(
    `select distinct on (id) id, version from desk.work_calendar where $1::text is null or id = $1
     order by id, ordinal desc`,
    [calendarId],
  );
  return rows.map(({ id, version }) => calendarReference(id, version));
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
  changes: readonly ChangedDay[],
): MovedDossier {
  const instants = [...dueInstantNames.flatMap((name) => [due[name], then[name]])].filter((at) => at !== null).sort();
  const last = instants.at(-1) ?? '';
  const first = responsibility[0]?.from ?? last;
  return {
    dossierId,
    code,
    officeId,
    procedureCode,
    to: referenceOf(presentCalendar),
    before: due,
    then,
    because: changedBetween(presentCalendar, changes, first, last),
  };
}

function referenceOf({ id, version }: WorkCalendar): string {
  return calendarReference(id, version);
}
