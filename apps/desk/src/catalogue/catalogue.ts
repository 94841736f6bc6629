import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WorkCalendar } from '#calendar';
import { calendarReference, DossierError, type Dossier, type ProcedureVersion, type Timekeeping } from '#domain';
import { Clock } from '#platform';

/** Thrown when no such procedure, or version of it, was ever loaded. */
export class ProcedureUnknown extends DossierError {
  readonly code = 'PROCEDURE_UNKNOWN';
  readonly kind = 'invalid';

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

/** Procedures and work calendars. Versions never change, so what was read once is kept. */
@Injectable()
export class Catalogue {
  private readonly procedures = new Map<string, ProcedureVersion>();
  private readonly calendars = new Map<string, WorkCalendar>();

  constructor(private readonly clock: Clock) {}

  /** What the deadlines of a dossier are computed with: the versions it was accepted with. */
  async timekeepingOf(manager: EntityManager, dossier: Dossier): Promise<Timekeeping> {
    const procedure = await this.procedure(manager, dossier.procedureCode, dossier.procedureVersion);
    const calendar = await this.calendar(manager, dossier.calendar);
    return this.timekeeping(procedure, calendar, await this.newestCalendar(manager, calendar.id));
  }

  /** What a new dossier is computed with: the newest version of the procedure and of its calendar. @throws ProcedureUnknown */
  async newestTimekeeping(manager: EntityManager, procedureCode: string): Promise<Timekeeping> {
    const [row] = await manager.query<{ version: number; calendarId: string; calendarVersion: string | null }[]>(
      `select p.version, p.body->>'calendarId' as "calendarId",
         (select c.version from desk.work_calendar c where c.id = p.body->>'calendarId' order by c.ordinal desc limit 1)
           as "calendarVersion"
       from desk.procedure_version p where p.code = $1 order by p.version desc limit 1`,
      [procedureCode],
    );
    if (!row) throw new ProcedureUnknown(procedureCode);
    if (row.calendarVersion === null) throw new CalendarUnknown(row.calendarId);
    const procedure = await this.procedure(manager, procedureCode, row.version);
    const calendar = await this.calendar(manager, calendarReference(row.calendarId, row.calendarVersion));
    return this.timekeeping(procedure, calendar, calendar);
  }

  private timekeeping(procedure: ProcedureVersion, calendar: WorkCalendar, presentCalendar: WorkCalendar): Timekeeping {
    return { procedure, calendar, presentCalendar, wakeAt: (instant) => this.clock.wakeAt(instant) };
  }

  private async procedure(manager: EntityManager, code: string, version: number): Promise<ProcedureVersion> {
    return kept(this.procedures, `${code}/${version}`, async () => {
      const [row] = await manager.query<{ body: ProcedureVersion }[]>(
        'select body from desk.procedure_version where code = $1 and version = $2',
        [code, version],
      );
      if (!row) throw new ProcedureUnknown(code);
      return row.body;
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
      const [row] = await manager.query<{ body: WorkCalendar }[]>(
        `select body from desk.work_calendar where id || '/' || version = $1`,
        [reference],
      );
      if (!row) throw new CalendarUnknown(reference);
      return row.body;
    });
  }
}

/** What was read before, else what is read now; a failed reading leaves nothing behind. */
async function kept<T>(known: Map<string, T>, key: string, read: () => Promise<T>): Promise<T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = await read();
  known.set(key, value);
  return value;
}
