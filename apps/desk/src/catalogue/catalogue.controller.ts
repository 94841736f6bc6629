import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import { parseWorkCalendar, type WorkCalendar } from '#calendar';
import { checkAgainst, schema } from '#contracts';
import { DossierError, FieldInvalid, procedureVersionSchema, repeated, type ProcedureVersion } from '#domain';
import { Action, canonicalJson, CurrentCaller, sha256Hex, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';

/** Thrown when a version that was loaded before comes with other content: versions never change. */
export class VersionChanged extends DossierError {
  readonly code = 'VERSION_CHANGED';
  readonly kind = 'conflict';

  constructor(
    readonly what: string,
    readonly version: string,
  ) {
    super(`${what} version ${version} was loaded before with other content; give the new content a new version.`);
  }
}

interface CatalogueLoad {
  readonly calendars: readonly object[];
  readonly procedures: readonly ProcedureVersion[];
}

const broken = checkAgainst(
  schema.record<CatalogueLoad>({
    calendars: schema.listOf<object>({ json: { type: 'object' } }),
    procedures: schema.listOf(procedureVersionSchema),
  }),
  'catalogue',
);

/** Procedures and work calendars. */
@Controller('catalogue')
export class CatalogueController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Adds versions that are not there yet, all or none. Idempotent; what was loaded once never changes. */
  @Post()
  @Action('load-catalogue')
  @ApiOperation({ summary: 'Adds versions of procedures and calendars, all or none; a version never changes' })
  async load(@CurrentCaller() caller: Caller, @Body() body: object): Promise<{ added: number }> {
    const rule = broken(body);
    if (rule !== null) throw new FieldInvalid('catalogue', `breaks a rule: ${rule}`);
    const { calendars, procedures } = body as CatalogueLoad;
    for (const procedure of procedures) requireDistinctRungs(procedure);
    const parsed = calendars.map((calendar) => parseWorkCalendar(calendar));
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'catalogue');
      const { actor } = await this.access.subjectOf(manager, caller);
      const addedCalendars = await this.addAll(manager, parsed, addCalendar);
      for (const procedure of procedures) await requireCalendar(manager, procedure);
      const addedProcedures = await this.addAll(manager, procedures, addProcedure);
      const added = addedCalendars + addedProcedures;
      if (added > 0) {
        const sha256 = sha256Hex(canonicalJson({ calendars: parsed, procedures }));
        const counts = { procedures: addedProcedures, calendars: addedCalendars };
        await this.journal.add(manager, 'catalogue', 'catalogue-loaded', { actor, sha256, ...counts });
      }
      return { added };
    });
  }

  private async addAll<T>(manager: EntityManager, things: readonly T[], add: Add<T>): Promise<number> {
    let added = 0;
    for (const thing of things) if (await add(manager, thing, sha256Hex(canonicalJson(thing)))) added += 1;
    return added;
  }
}

/** A rung's name is the key of its escalation. */
function requireDistinctRungs({ code, serviceLevel: { ladder } }: ProcedureVersion): void {
  const twice = repeated(ladder.map(({ name }) => name));
  if (twice !== null) throw new FieldInvalid('procedures', `names rung "${twice}" twice in procedure ${code}`);
}

async function requireCalendar(manager: EntityManager, { code, calendarId }: ProcedureVersion): Promise<void> {
  const [known] = await manager.query<unknown[]>('select 1 from desk.work_calendar where id = $1 limit 1', [
    calendarId,
  ]);
  if (!known)
    throw new FieldInvalid('procedures', `calendar ${calendarId} of procedure ${code} is not in the catalogue`);
}

/** Adds one version; true when it was not there. @throws VersionChanged */
type Add<T> = (manager: EntityManager, thing: T, sha256: string) => Promise<boolean>;

async function addCalendar(manager: EntityManager, calendar: WorkCalendar, sha256: string): Promise<boolean> {
  const { id, version } = calendar;
  const [known] = await manager.query<{ sha256: string }[]>(
    'select sha256 from desk.work_calendar where id = $1 and version = $2',
    [id, version],
  );
  if (known && known.sha256 !== sha256) throw new VersionChanged(`calendar ${id}`, version);
  if (known) return false;
  await manager.query('insert into desk.work_calendar (id, version, sha256, body) values ($1, $2, $3, $4)', [
    id,
    version,
    sha256,
    JSON.stringify(calendar),
  ]);
  return true;
}

async function addProcedure(manager: EntityManager, procedure: ProcedureVersion, sha256: string): Promise<boolean> {
  const { code, version } = procedure;
  const [known] = await manager.query<{ sha256: string }[]>(
    'select sha256 from desk.procedure_version where code = $1 and version = $2',
    [code, version],
  );
  if (known && known.sha256 !== sha256) throw new VersionChanged(`procedure ${code}`, String(version));
  if (known) return false;
  await manager.query('insert into desk.procedure_version (code, version, sha256, body) values ($1, $2, $3, $4)', [
    code,
    version,
    sha256,
    JSON.stringify(procedure),
  ]);
  return true;
}
