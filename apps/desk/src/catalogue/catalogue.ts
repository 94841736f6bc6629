import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDate, parseWorkCalendar, type Instant, type WorkCalendar } from '#calendar';
import {
  calendarInForce,
  calendarReference,
  DossierError,
  isInForce,
  nextInForce,
  parseProcedureVersion,
  ProcedureNotInForce,
  versionOfReceipt,
  type Dossier,
  type ProcedureVersion,
  type Timekeeping,
  type VersionInTime,
  type VersionOfReceiptBasis,
} from '#domain';
import { Clock } from '#platform';

/** Thrown when no such procedure, or version of it, was ever loaded. */
export class ProcedureUnknown extends DossierError {
  readonly code = 'PROCEDURE_UNKNOWN';
  readonly kind = 'invalid';

  readonly errors = [{ field: 'procedureCode', rule: 'is not in the catalogue' }];

  constructor(readonly procedureCode: string) {
    super(`procedureCode ${procedureCode} is not in the catalogue.`);
  }
}

/** Thrown when a dossier names a calendar version that is not loaded. */
export class CalendarUnknown extends DossierError {
  readonly code = 'CALENDAR_UNKNOWN';
  readonly kind = 'conflict';

  constructor(readonly calendar: string) {
    super(`Calendar ${calendar} is not in the catalogue.`);
  }
}

/** Which versions there are as of the catalogue's last entry; filled as they are asked for. */
export interface PresentVersions {
  readonly asOf: number;
  /** Of a procedure, with the calendar of an office; newest first. */
  readonly procedures: Map<string, readonly StoredVersion[]>;
  readonly newestCalendars: Map<string, WorkCalendar>;
}

/** What was asked for already, or is being asked for. */
type Asked = PresentVersions | Promise<PresentVersions>;

/**
 * Procedures and work calendars. Versions never change, so what was read once is kept; which of them there are is kept until the
 * stream `catalogue` goes on, without which nothing in it changes.
 */
@Injectable()
export class Catalogue {
  private readonly procedures = new Map<string, ProcedureVersion>();
  private readonly calendars = new Map<string, WorkCalendar>();
  private present: PresentVersions = { asOf: 0, procedures: new Map(), newestCalendars: new Map() };

  constructor(private readonly clock: Clock) {}

  /** What there is now: one small question, which a command asks together with its others. */
  async now(manager: EntityManager): Promise<PresentVersions> {
    const [last] = await manager.query<{ sequence: number }[]>(
      `select coalesce(max(sequence), 0) as sequence from desk.journal where stream = 'catalogue'`,
    );
    const asOf = last?.sequence ?? 0;
    if (this.present.asOf !== asOf) this.present = { asOf, procedures: new Map(), newestCalendars: new Map() };
    return this.present;
  }

  /** What the deadlines of a dossier are computed with: the versions it was accepted with. */
  async timekeepingOf(manager: EntityManager, dossier: Dossier, now: Asked = this.now(manager)): Promise<Timekeeping> {
    const [timekeeping] = await this.timekeepingsOf(manager, [dossier], now);
    if (!timekeeping) throw new RangeError('One dossier has one timekeeping.');
    return timekeeping;
  }

  /** The same for an act on it: by the newest calendar that was decided upon, where that moves the dossier not. */
  async timekeepingInForce(
    manager: EntityManager,
    dossier: Dossier,
    now: Asked = this.now(manager),
  ): Promise<Timekeeping> {
    const own = await this.timekeepingOf(manager, dossier, now);
    if (own.calendar === own.presentCalendar) return own;
    const decided = await decidedAfter(manager, own.calendar);
    if (decided === null) return own;
    return { ...own, calendar: calendarInForce(dossier, own, await this.calendar(manager, decided)) };
  }

  /** Those of many dossiers, in their order. */
  async timekeepingsOf(
    manager: EntityManager,
    dossiers: readonly Dossier[],
    now: Asked = this.now(manager),
  ): Promise<readonly Timekeeping[]> {
    const { newestCalendars } = await now;
    const found: Timekeeping[] = [];
    for (const dossier of dossiers) {
      const procedure = await this.procedure(manager, dossier.procedureCode, dossier.procedureVersion);
      const calendar = await this.calendar(manager, dossier.calendar);
      const present = await kept(newestCalendars, calendar.id, () => this.newestCalendar(manager, calendar.id));
      found.push(this.timekeeping(procedure, calendar, present));
    }
    return found;
  }

  /**
   * What a new dossier is computed with: the newest version of the procedure that is in force at the instant, and of the calendar
   * of the office, or where it has none (null) the procedure's. @throws ProcedureUnknown, ProcedureNotInForce, CalendarUnknown
   */
  async newestTimekeeping(
    manager: EntityManager,
    procedureCode: string,
    officesCalendarId: string | null,
    at: Instant,
    now: Asked = this.now(manager),
  ): Promise<Timekeeping> {
    const versions = await this.versions(manager, procedureCode, officesCalendarId, now);
    for (const version of versions) {
      const calendar = await this.calendarOf(manager, version);
      const on = localDate(calendar, at);
      if (isInForce(version, on)) {
        const procedure = await this.procedure(manager, procedureCode, version.version);
        return this.timekeeping(procedure, calendar, calendar);
      }
      if (version === versions.at(-1)) throw new ProcedureNotInForce(procedureCode, on, nextInForce(versions, on));
    }
    throw new ProcedureUnknown(procedureCode);
  }

  /**
   * What a dossier is computed with that was received before it came here: the version of the procedure that was in force then, else
   * the earliest since; of the calendar the newest, by which the instant is told. Days are those of the newest version's calendar.
   * @throws ProcedureUnknown, ProcedureNotInForce, CalendarUnknown
   */
  async timekeepingOfReceipt(
    manager: EntityManager,
    procedureCode: string,
    officesCalendarId: string | null,
    receivedAt: (calendar: WorkCalendar) => Instant,
  ): Promise<{ readonly timekeeping: Timekeeping; readonly basis: VersionOfReceiptBasis }> {
    const versions = await this.versions(manager, procedureCode, officesCalendarId, this.now(manager));
    const [newest] = versions;
    if (!newest) throw new ProcedureUnknown(procedureCode);
    const calendar = await this.calendarOf(manager, newest);
    const on = localDate(calendar, receivedAt(calendar));
    const found = versionOfReceipt(versions, on, localDate(calendar, this.clock.now()));
    if (!found) throw new ProcedureNotInForce(procedureCode, on, nextInForce(versions, on));
    const procedure = await this.procedure(manager, procedureCode, found.version.version);
    const own = await this.calendarOf(manager, found.version);
    return { timekeeping: this.timekeeping(procedure, own, own), basis: found.basis };
  }

  private async versions(
    manager: EntityManager,
    procedureCode: string,
    officesCalendarId: string | null,
    now: Asked,
  ): Promise<readonly StoredVersion[]> {
    const { procedures } = await now;
    const key = `${procedureCode} ${officesCalendarId ?? ''}`;
    const versions = procedures.get(key) ?? (await versionsOf(manager, procedureCode, officesCalendarId));
    if (versions.length > 0) procedures.set(key, versions); // Of codes that nobody loaded there is no end.
    return versions;
  }

  private async calendarOf(
    manager: EntityManager,
    { calendarId, calendarVersion }: StoredVersion,
  ): Promise<WorkCalendar> {
    if (calendarVersion === null) throw new CalendarUnknown(calendarId);
    return this.calendar(manager, calendarReference(calendarId, calendarVersion));
  }

  /** What new dossiers are handled under at the instant, by code; see {@link newestTimekeeping}. */
  async proceduresInForce(
    manager: EntityManager,
    officesCalendarId: string | null,
    at: Instant,
  ): Promise<readonly ProcedureVersion[]> {
    const now = this.now(manager);
    const rows = await manager.query<{ code: string }[]>(
      'select distinct code from desk.procedure_version order by code',
    );
    const found: ProcedureVersion[] = [];
    for (const { code } of rows) {
      try {
        found.push((await this.newestTimekeeping(manager, code, officesCalendarId, at, now)).procedure);
      } catch (error) {
        if (!(error instanceof ProcedureNotInForce)) throw error; // A draft, one to come, one withdrawn: none of this list.
      }
    }
    return found;
  }

  /**
   * The newest version of an office's calendar; where it has none (null), of the one most procedures are counted by. Null while
   * there is none at all. @throws CalendarUnknown
   */
  async calendarOfOffice(manager: EntityManager, officesCalendarId: string | null): Promise<WorkCalendar | null> {
    const { newestCalendars } = await this.now(manager);
    const id = officesCalendarId ?? (await mostUsedCalendar(manager));
    return id === null ? null : kept(newestCalendars, id, () => this.newestCalendar(manager, id));
  }

  private timekeeping(procedure: ProcedureVersion, calendar: WorkCalendar, presentCalendar: WorkCalendar): Timekeeping {
    return { procedure, calendar, presentCalendar, wakeAt: (instant) => this.clock.wakeAt(instant) };
  }

  /** @throws ProcedureUnknown for a code of which no version was ever loaded */
  async requireKnown(manager: EntityManager, code: string): Promise<void> {
    const rows = await manager.query<unknown[]>('select 1 from desk.procedure_version where code = $1 limit 1', [code]);
    if (rows.length === 0) throw new ProcedureUnknown(code);
  }

  /** One version of a procedure. @throws ProcedureUnknown for one that was never loaded */
  async procedure(manager: EntityManager, code: string, version: number): Promise<ProcedureVersion> {
    return kept(this.procedures, `${code}/${version}`, async () => {
      const [row] = await manager.query<{ body: unknown }[]>(
        'select body from desk.procedure_version where code = $1 and version = $2',
        [code, version],
      );
      if (!row) throw new ProcedureUnknown(code);
      return parseProcedureVersion(row.body);
    });
  }

  private async newestCalendar(manager: EntityManager, id: string): Promise<WorkCalendar> {
    const [row] = await manager.query<{ version: string }[]>(
      'select version from desk.work_calendar where id = $1 order by ordinal desc limit 1',
      [id],
    );
    if (!row) throw new CalendarUnknown(id);
    return this.calendar(manager, calendarReference(id, row.version));
  }

  private async calendar(manager: EntityManager, reference: string): Promise<WorkCalendar> {
    return kept(this.calendars, reference, async () => {
      const [row] = await manager.query<{ body: unknown }[]>(
        `select body from desk.work_calendar where id || '/' || version = $1`,
        [reference],
      );
      if (!row) throw new CalendarUnknown(reference);
      return parseWorkCalendar(row.body);
    });
  }
}

async function mostUsedCalendar(manager: EntityManager): Promise<string | null> {
  const [row] = await manager.query<{ id: string }[]>(
    `select id from desk.procedure_version join desk.work_calendar on id = procedure_version.body->>'calendarId'
     group by id order by count(distinct code) desc, id limit 1`,
  );
  return row?.id ?? null;
}

/** The newest version of a calendar after that one of which somebody decided that it applies to open dossiers; null: none. */
async function decidedAfter(manager: EntityManager, { id, version }: WorkCalendar): Promise<string | null> {
  const [row] = await manager.query<{ reference: string }[]>(
    `select decided.reference
     from desk.journal entry, jsonb_array_elements_text(entry.body::jsonb->'data'->'calendars') decided (reference)
       join desk.work_calendar newer on newer.id || '/' || newer.version = decided.reference
       join desk.work_calendar own on own.id = newer.id and own.ordinal < newer.ordinal
     where stream = 'catalogue' and type = 'recomputation-decided' and entry.body::jsonb->'data'->>'decision' = 'apply'
       and own.id = $1 and own.version = $2
     order by newer.ordinal desc limit 1`,
    [id, version],
  );
  return row?.reference ?? null;
}

interface StoredVersion extends VersionInTime {
  readonly calendarId: string;
  /** The newest version of it; null where none was loaded. */
  readonly calendarVersion: string | null;
}

/** The versions of a procedure, newest first, each with the calendar that a new dossier would be counted by. */
async function versionsOf(
  manager: EntityManager,
  procedureCode: string,
  officesCalendarId: string | null,
): Promise<readonly StoredVersion[]> {
  return manager.query<StoredVersion[]>(
    `select p.*,
       (select c.version from desk.work_calendar c where c.id = p."calendarId" order by c.ordinal desc limit 1)
         as "calendarVersion"
     from (select version, state, coalesce($2, body->>'calendarId') as "calendarId",
             coalesce(body->>'validFrom', body->'description'->>'validFrom') as "validFrom",
             withdrawn_from::text as "withdrawnFrom"
           from desk.procedure_version where code = $1) p
     order by version desc`,
    [procedureCode, officesCalendarId],
  );
}

/** What was read before, else what is read now; a failed reading leaves nothing behind. */
async function kept<T>(known: Map<string, T>, key: string, read: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = await read();
  known.set(key, value);
  return value;
}
