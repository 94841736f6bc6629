import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parseOwnCalendar, parseWorkCalendar } from '#calendar';
import { checkAgainst, schema } from '#contracts';
import { FieldInvalid, parseProcedureVersion, requireConsistent } from '#domain';
import { Action, canonicalJson, CurrentCaller, sha256Hex, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';
import { CatalogueLoader } from './catalogue-loader';

interface CatalogueLoad {
  readonly calendars: readonly object[];
  readonly procedures: readonly object[];
}

const objects = schema.listOf<object>({ json: { type: 'object' } });
const broken = checkAgainst(schema.record<CatalogueLoad>({ calendars: objects, procedures: objects }), 'catalogue');

/** Procedures and work calendars. */
@Controller('catalogue')
export class CatalogueController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
    private readonly loader: CatalogueLoader,
  ) {}

  /**
   * Adds versions that are not there yet, all or none. Idempotent; what was loaded once never changes. A calendar that says
   * `inherits` is what one office has of its own on top of the calendar above.
   */
  @Post()
  @Action('load-catalogue')
  @ApiOperation({ summary: 'Adds versions of procedures and calendars, all or none; a version never changes' })
  async load(@CurrentCaller() caller: Caller, @Body() body: object): Promise<{ added: number }> {
    const rule = broken(body);
    if (rule !== null) throw new FieldInvalid('catalogue', `breaks a rule: ${rule}`);
    const load = body as CatalogueLoad;
    const calendars = load.calendars.filter((one) => !('inherits' in one)).map(parseWorkCalendar);
    const ownCalendars = load.calendars.filter((one) => 'inherits' in one).map(parseOwnCalendar);
    const procedures = load.procedures.map(parseProcedureVersion);
    for (const procedure of procedures) requireConsistent(procedure);
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'catalogue');
      const { actor } = await this.access.subjectOf(manager, caller);
      const addedCalendars =
        (await this.loader.addCalendars(manager, calendars)) +
        (await this.loader.addOwnCalendars(manager, ownCalendars));
      const addedProcedures = await this.loader.addProcedures(manager, procedures);
      const added = addedCalendars + addedProcedures;
      if (added > 0) {
        const sha256 = sha256Hex(canonicalJson({ calendars, ownCalendars, procedures }));
        const counts = { procedures: addedProcedures, calendars: addedCalendars };
        await this.journal.add(manager, 'catalogue', 'catalogue-loaded', { actor, sha256, ...counts });
      }
      return { added };
    });
  }
}
