import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { WorkCalendar } from '#calendar';
import { DossierError, type Dossier, type ProcedureVersion, type Timekeeping } from '#domain';
import { Clock } from '#platform';

/** Thrown when no such procedure, or version of it, was ever loaded. */
export class ProcedureUnknown extends DossierError {
  readonly code = 'PROCEDURE_UNKNOWN';
  readonly kind = 'invalid';

  constructor(readonly procedureCode: string) {
    super(`procedureCode ${procedureCode} is not in the catalogue.`);
  }
}

/** Procedures and work calendars. Versions never change, so what was read once is kept. */
@Injectable()
export class Catalogue {
  private readonly timekeepings = new Map<string, Timekeeping>();

  constructor(private readonly clock: Clock) {}

  /** What the deadlines of a dossier are computed with: the versions it was accepted with. */
  async timekeepingOf(manager: EntityManager, dossier: Dossier): Promise<Timekeeping> {
    return this.timekeeping(manager, dossier.procedureCode, dossier.procedureVersion, dossier.calendar);
  }

  /** What a new dossier is computed with: the newest version of the procedure and of its calendar. @throws ProcedureUnknown */
  async newestTimekeeping(manager: EntityManager, procedureCode: string): Promise<Timekeeping> {
    const [row] = await manager.query<{ version: number; calendar: string }[]>(
      `select p.version, c.id || '/' || c.version as calendar
       from desk.procedure_version p join desk.work_calendar c on c.id = p.body ->> 'calendarId'
       where p.code = $1 order by p.version desc, c.ordinal desc limit 1`,
      [procedureCode],
    );
    if (!row) throw new ProcedureUnknown(procedureCode);
    return this.timekeeping(manager, procedureCode, row.version, row.calendar);
  }

  private async timekeeping(
    manager: EntityManager,
    code: string,
    version: number,
    calendarReference: string,
  ): Promise<Timekeeping> {
    const key = `${code}\n${version}\n${calendarReference}`;
    const known = this.timekeepings.get(key);
    if (known) return known;
    const [row] = await manager.query<{ procedure: ProcedureVersion; calendar: WorkCalendar }[]>(
      `select p.body as procedure, c.body as calendar from desk.procedure_version p, desk.work_calendar c
       where p.code = $1 and p.version = $2 and c.id || '/' || c.version = $3`,
      [code, version, calendarReference],
    );
    if (!row) throw new ProcedureUnknown(code);
    const timekeeping: Timekeeping = { ...row, wakeAt: (instant) => this.clock.wakeAt(instant) };
    this.timekeepings.set(key, timekeeping);
    return timekeeping;
  }
}
