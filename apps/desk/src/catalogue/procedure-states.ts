import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { localDate, type LocalDate } from '#calendar';
import { FieldInvalid, ProcedureStateConflict, type VersionInTime } from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';
import { ProcedureUnknown } from './catalogue';

/** One version of a procedure, and the zone whose days its days are. */
interface Version extends VersionInTime {
  readonly timeZone: string;
}

/** A version as it is shown. */
export type VersionView = VersionInTime;

/** What becomes of versions of procedures, as journalled acts of the catalogue's stream. */
@Injectable()
export class ProcedureStates {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Every version that was loaded, newest first. @throws ProcedureUnknown */
  async list(code: string): Promise<readonly VersionView[]> {
    const versions = await versionsOf(this.dataSource.manager, code, null);
    if (versions.length === 0) throw new ProcedureUnknown(code);
    return versions.map(viewOf);
  }

  /** Brings a draft into use; one that is in use stays so. @throws ProcedureUnknown, ProcedureStateConflict */
  async publish(caller: Caller, code: string, version: number, legalBasis: string): Promise<VersionView> {
    return this.change(code, version, async (manager, before) => {
      if (before.state === 'published') return viewOf(before);
      if (before.state !== 'draft') throw new ProcedureStateConflict(code, version, before.state, 'draft');
      const { actor } = await this.access.subjectOf(manager, caller);
      const then = { ...viewOf(before), state: 'published' as const };
      await save(manager, code, then);
      const act = { actor, procedureCode: code, procedureVersion: version, legalBasis };
      await this.journal.add(manager, 'catalogue', 'procedure-published', act);
      return then;
    });
  }

  /**
   * From a day on, today's where none is named, a version takes no new dossiers; the same again changes nothing.
   *
   * @throws ProcedureUnknown, ProcedureStateConflict, FieldInvalid for a day that is past: what was promised stays promised
   */
  async withdraw(
    caller: Caller,
    code: string,
    version: number,
    { legalBasis, from }: { readonly legalBasis: string; readonly from: LocalDate | null },
  ): Promise<VersionView> {
    return this.change(code, version, async (manager, before) => {
      if (before.state === 'withdrawn' && (from ?? before.withdrawnFrom) === before.withdrawnFrom)
        return viewOf(before);
      if (before.state !== 'published') throw new ProcedureStateConflict(code, version, before.state, 'published');
      const today = localDate(before, this.clock.now());
      const withdrawnFrom = from ?? today;
      if (withdrawnFrom < today) throw new FieldInvalid('from', `must not lie before today, ${today}`);
      const { actor } = await this.access.subjectOf(manager, caller);
      const then = { ...viewOf(before), state: 'withdrawn' as const, withdrawnFrom };
      await save(manager, code, then);
      const act = { actor, procedureCode: code, procedureVersion: version, legalBasis, from: withdrawnFrom };
      await this.journal.add(manager, 'catalogue', 'procedure-withdrawn', act);
      return then;
    });
  }

  private async change(
    code: string,
    version: number,
    work: (manager: EntityManager, before: Version) => Promise<VersionView>,
  ): Promise<VersionView> {
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'catalogue');
      const [before] = await versionsOf(manager, code, version);
      if (!before) throw new ProcedureUnknown(code);
      return work(manager, before);
    });
  }
}

async function versionsOf(manager: EntityManager, code: string, version: number | null): Promise<readonly Version[]> {
  return manager.query<Version[]>(
    `select version, state, coalesce(body->>'validFrom', body->'description'->>'validFrom') as "validFrom",
       withdrawn_from::text as "withdrawnFrom",
       (select c.body->>'timeZone' from desk.work_calendar c where c.id = p.body->>'calendarId' limit 1) as "timeZone"
     from desk.procedure_version p where code = $1 and ($2::integer is null or version = $2) order by version desc`,
    [code, version],
  );
}

async function save(
  manager: EntityManager,
  code: string,
  { version, state, withdrawnFrom }: VersionView,
): Promise<void> {
  await manager.query(
    'update desk.procedure_version set state = $3, withdrawn_from = $4 where code = $1 and version = $2',
    [code, version, state, withdrawnFrom],
  );
}

function viewOf({ version, state, validFrom, withdrawnFrom }: VersionInTime): VersionView {
  return { version, state, validFrom, withdrawnFrom };
}
