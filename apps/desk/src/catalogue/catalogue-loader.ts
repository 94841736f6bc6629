import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inherited, parseOwnCalendar, parseWorkCalendar, type OwnCalendar, type WorkCalendar } from '#calendar';
import { checkAgainst, schema } from '#contracts';
import { DossierError, FieldInvalid, parseProcedureVersion, requireConsistent, type ProcedureVersion } from '#domain';
import { canonicalJson, sha256Hex } from '#platform';
import { DeskAccess, type LoadedBy } from '../access/desk-access';
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
  readonly procedures: readonly object[];
}

const objects = schema.listOf<object>({ json: { type: 'object' } });
const broken = checkAgainst(schema.record<CatalogueLoad>({ calendars: objects, procedures: objects }), 'catalogue');

function catalogueIn(body: object) {
  const rule = broken(body);
  if (rule !== null) throw new FieldInvalid('catalogue', `breaks a rule: ${rule}`);
  const load = body as CatalogueLoad;
  const procedures = load.procedures.map(parseProcedureVersion);
  for (const procedure of procedures) requireConsistent(procedure);
  return {
    calendars: load.calendars.filter((one) => !('inherits' in one)).map(parseWorkCalendar),
    ownCalendars: load.calendars.filter((one) => 'inherits' in one).map(parseOwnCalendar),
    procedures,
  };
}

/** Adds versions of calendars and procedures in the given transaction, under the catalogue's lock. What is there stays. */
@Injectable()
export class CatalogueLoader {
  constructor(
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
  ) {}

  /** A whole document, all or none; how many versions were not there yet. @throws FieldInvalid, VersionChanged, FourEyes */
  async load(manager: EntityManager, body: object, by: LoadedBy): Promise<{ readonly added: number }> {
    const { calendars, ownCalendars, procedures } = catalogueIn(body);
    await this.journal.lock(manager, 'catalogue');
    const addedCalendars =
      (await this.addCalendars(manager, calendars)) + (await this.addOwnCalendars(manager, ownCalendars));
    const addedProcedures = await this.addProcedures(manager, procedures);
    const added = addedCalendars + addedProcedures;
    if (added > 0) {
      // What is there already may come again, by one person too.
      const { actor } = await this.access.loading(manager, 'load-catalogue', by);
      const sha256 = sha256Hex(canonicalJson({ calendars, ownCalendars, procedures }));
      const counts = { procedures: addedProcedures, calendars: addedCalendars };
      const { proposedBy } = by;
      await this.journal.add(manager, 'catalogue', 'catalogue-loaded', { actor, proposedBy, sha256, ...counts });
    }
    return { added };
  }

  /** How many were added. @throws VersionChanged */
  async addCalendars(manager: EntityManager, calendars: readonly WorkCalendar[]): Promise<number> {
    return this.each(calendars, (calendar) => addCalendar(manager, calendar, null));
  }

  /**
   * Puts what offices have of their own on top of the newest calendars above: what is given, and what was given before where
   * a calendar above is new. Answers how many calendars that made. @throws FieldInvalid for a calendar above that is not there
   */
  async addOwnCalendars(manager: EntityManager, given: readonly OwnCalendar[]): Promise<number> {
    const twice = given.find(({ id }, index) => given.findIndex((other) => other.id === id) < index);
    if (twice) throw new FieldInvalid('calendars', `name ${twice.id} twice: which of them is to hold?`);
    const all = await newestOwnCalendars(manager);
    // One that was loaded before stays as old as it is: loaded again it does not come after what followed it.
    for (const own of given) if (await isNewOwnVersion(manager, own)) all.set(own.id, own);
    return this.each(fromAboveDownward(all), async (own) => {
      const above = await newestCalendar(manager, own);
      return addCalendar(manager, inherited(above, own), own);
    });
  }

  /**
   * How many were added, all in a few statements: a province has 1,300. @throws VersionChanged, FieldInvalid for a calendar
   * that is not there
   */
  async addProcedures(manager: EntityManager, procedures: readonly ProcedureVersion[]): Promise<number> {
    await requireCalendars(manager, procedures);
    const known = await knownProcedures(manager, procedures);
    const fresh = procedures.filter((procedure) => isFresh(known, procedure));
    if (fresh.length > 0) await insertProcedures(manager, fresh);
    return fresh.length;
  }

  private async each<T>(things: readonly T[], add: (thing: T) => Promise<boolean>): Promise<number> {
    let added = 0;
    for (const thing of things) if (await add(thing)) added += 1;
    return added;
  }
}

/** Each after the one it inherits. @throws FieldInvalid for one that inherits itself, however far round */
function fromAboveDownward(all: ReadonlyMap<string, OwnCalendar>): readonly OwnCalendar[] {
  const sorted = new Set<OwnCalendar>();
  const visit = (own: OwnCalendar, below: readonly string[]): void => {
    if (below.includes(own.id)) throw new FieldInvalid('calendars', `put calendar ${own.id} above itself`);
    const above = all.get(own.inherits);
    if (above) visit(above, [...below, own.id]);
    sorted.add(own);
  };
  for (const own of all.values()) visit(own, []);
  return [...sorted];
}

/** What holds now: an office whose newest calendar is whole has nothing of its own any more. */
async function newestOwnCalendars(manager: EntityManager): Promise<Map<string, OwnCalendar>> {
  const rows = await manager.query<{ own: unknown }[]>(
    `select own from (select distinct on (id) id, own from desk.work_calendar order by id, ordinal desc) newest
     where own is not null`,
  );
  return new Map(rows.map(({ own }) => parseOwnCalendar(own)).map((own) => [own.id, own]));
}

/** @throws VersionChanged when its own version was loaded before with other content, on whatever calendar above */
async function isNewOwnVersion(manager: EntityManager, own: OwnCalendar): Promise<boolean> {
  const [known] = await manager.query<{ own: unknown }[]>(
    `select own from desk.work_calendar where id = $1 and own->>'version' = $2 limit 1`,
    [own.id, own.version],
  );
  if (known) requireSame(parseOwnCalendar(known.own), own, `calendar ${own.id}`, own.version);
  return !known;
}

async function newestCalendar(manager: EntityManager, { id, inherits }: OwnCalendar): Promise<WorkCalendar> {
  const [row] = await manager.query<{ body: unknown }[]>(
    'select body from desk.work_calendar where id = $1 order by ordinal desc limit 1',
    [inherits],
  );
  if (!row) throw new FieldInvalid('calendars', `name ${inherits} above ${id}, which is not in the catalogue`);
  return parseWorkCalendar(row.body);
}

async function addCalendar(manager: EntityManager, calendar: WorkCalendar, own: OwnCalendar | null): Promise<boolean> {
  const { id, version } = calendar;
  const [known] = await manager.query<{ body: unknown }[]>(
    'select body from desk.work_calendar where id = $1 and version = $2',
    [id, version],
  );
  if (known) {
    requireSame(parseWorkCalendar(known.body), calendar, `calendar ${id}`, version);
    return false;
  }
  await requireNothingForgotten(manager, calendar);
  await manager.query('insert into desk.work_calendar (id, version, sha256, body, own) values ($1, $2, $3, $4, $5)', [
    id,
    version,
    sha256Hex(canonicalJson(calendar)),
    JSON.stringify(calendar),
    own && JSON.stringify(own),
  ]);
  return true;
}

/** Time that was worked is counted by the newest version: it must speak of all the past that the one before spoke of. */
async function requireNothingForgotten(
  manager: EntityManager,
  { id, version, validFrom }: WorkCalendar,
): Promise<void> {
  const [before] = await manager.query<{ validFrom: string }[]>(
    `select body->>'validFrom' as "validFrom" from desk.work_calendar where id = $1 order by ordinal desc limit 1`,
    [id],
  );
  if (before && validFrom > before.validFrom) {
    throw new FieldInvalid('calendars', `must not begin later: ${id} ${version} forgets what was before ${validFrom}`);
  }
}

async function requireCalendars(manager: EntityManager, procedures: readonly ProcedureVersion[]): Promise<void> {
  const wanted = [...new Set(procedures.map(({ calendarId }) => calendarId))];
  const [missing] = await manager.query<{ id: string }[]>(
    'select id from unnest($1::text[]) wanted (id) where id not in (select id from desk.work_calendar) limit 1',
    [wanted],
  );
  if (!missing) return;
  const codes = procedures.filter(({ calendarId }) => calendarId === missing.id).map(({ code }) => code);
  throw new FieldInvalid('procedures', `calendar ${missing.id} of procedure ${codes[0] ?? ''} is not in the catalogue`);
}

/** Those of the given versions that were loaded before, by {@link keyOf}. */
async function knownProcedures(
  manager: EntityManager,
  procedures: readonly ProcedureVersion[],
): Promise<Map<string, ProcedureVersion>> {
  const rows = await manager.query<{ body: unknown }[]>(
    `select body from desk.procedure_version
     where (code, version) in (select * from unnest($1::text[], $2::integer[]))`,
    [procedures.map(({ code }) => code), procedures.map(({ version }) => version)],
  );
  return new Map(rows.map(({ body }) => parseProcedureVersion(body)).map((one) => [keyOf(one), one]));
}

/** Whether a version is to be added; from then on it is known, also to its repeat in the same load. @throws VersionChanged */
function isFresh(known: Map<string, ProcedureVersion>, procedure: ProcedureVersion): boolean {
  const before = known.get(keyOf(procedure));
  if (before) requireSame(before, procedure, `procedure ${procedure.code}`, String(procedure.version));
  known.set(keyOf(procedure), procedure);
  return before === undefined;
}

function keyOf({ code, version }: ProcedureVersion): string {
  return `${code}/${version}`;
}

async function insertProcedures(manager: EntityManager, procedures: readonly ProcedureVersion[]): Promise<void> {
  await manager.query(
    `insert into desk.procedure_version (code, version, sha256, body, state)
     select code, version, sha256, body::jsonb, body::jsonb->>'state'
     from unnest($1::text[], $2::integer[], $3::text[], $4::text[]) given (code, version, sha256, body)`,
    [
      procedures.map(({ code }) => code),
      procedures.map(({ version }) => version),
      procedures.map((procedure) => sha256Hex(canonicalJson(procedure))),
      procedures.map((procedure) => JSON.stringify(procedure)),
    ],
  );
}

/** By what they say, not by the form they were stored in. @throws VersionChanged */
function requireSame(known: object, given: object, what: string, version: string): void {
  if (canonicalJson(known) !== canonicalJson(given)) throw new VersionChanged(what, version);
}
