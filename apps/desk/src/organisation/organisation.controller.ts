import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import {
  defectOf,
  FieldInvalid,
  organisationChanges,
  parseOrganisation,
  type Official,
  type Organisation,
} from '#domain';
import { Action, canonicalJson, Clock, CurrentCaller, sha256Hex, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';
import { OrganisationDirectory } from './organisation-directory';

/** What a load did. */
export interface Loaded {
  readonly version: number;
  /** False when exactly this was loaded last: nothing was written. */
  readonly changed: boolean;
}

/** Offices, posts and people. */
@Controller()
export class OrganisationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly directory: OrganisationDirectory,
    private readonly journal: OrganisationJournal,
    private readonly clock: Clock,
  ) {}

  /** Replaces the whole organisation by a new version. Idempotent: the same content again changes nothing. */
  @Post('organisation')
  @Action('load-organisation')
  @ApiOperation({ summary: 'Replaces offices, posts and people by a new version; the same again changes nothing' })
  async load(@CurrentCaller() caller: Caller, @Body() body: object): Promise<Loaded> {
    const organisation = parseOrganisation(body);
    const defect = defectOf(organisation, this.clock.now());
    if (defect !== null) throw new FieldInvalid('organisation', defect);
    return this.write(caller, organisation);
  }

  /** How to reach an official. For the services that tell people, nobody else. */
  @Get('officials/:officialId')
  @Action('read-contact')
  @ApiOperation({ summary: 'How to reach an official; for the services that tell people' })
  async contact(@Param('officialId') officialId: string): Promise<Official & { officialId: string }> {
    const { officials } = await this.directory.current(this.dataSource.manager);
    const official = officials.find(({ id }) => id === officialId);
    if (!official) throw new NotFoundException(`No official ${officialId} is known here.`);
    return { ...official, officialId };
  }

  private async write(caller: Caller, organisation: Organisation): Promise<Loaded> {
    const sha256 = sha256Hex(canonicalJson(organisation));
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'organisation');
      const subject = await this.access.subjectOf(manager, caller);
      const [last] = await manager.query<{ version: number; body: unknown }[]>(
        'select version, body from desk.organisation order by version desc limit 1',
      );
      const before = last ? parseOrganisation(last.body) : null;
      // By what it says, not by the form it was stored in.
      if (last && canonicalJson(before) === canonicalJson(organisation)) {
        return { version: last.version, changed: false };
      }
      this.access.scope(subject, 'load-organisation'); // Of two first loads the second has no right any more.
      await requireCalendars(manager, organisation);
      const version = (last?.version ?? 0) + 1;
      await manager.query('insert into desk.organisation (version, sha256, body) values ($1, $2, $3)', [
        version,
        sha256,
        JSON.stringify(organisation),
      ]);
      const { offices, posts, officials } = organisation;
      const counts = { offices: offices.length, posts: posts.length, officials: officials.length };
      await this.journal.add(manager, 'organisation', 'organisation-loaded', {
        actor: subject.actor,
        sha256,
        ...counts,
      });
      const changes = organisationChanges(before, organisation).map((change) => ({
        actor: subject.actor,
        version,
        ...change,
      }));
      await this.journal.addAll(manager, 'organisation', 'organisation-changed', changes);
      return { version, changed: true };
    });
  }
}

/** An office whose calendar is nowhere could promise nothing. @throws FieldInvalid naming the first such office */
async function requireCalendars(manager: EntityManager, { offices }: Organisation): Promise<void> {
  const wanted = offices.flatMap(({ calendarId }) => calendarId ?? []);
  const [missing] = await manager.query<{ id: string }[]>(
    'select id from unnest($1::text[]) wanted (id) where id not in (select id from desk.work_calendar) limit 1',
    [wanted],
  );
  if (!missing) return;
  const office = offices.find(({ calendarId }) => calendarId === missing.id);
  throw new FieldInvalid(
    'organisation',
    `names calendar ${missing.id} for office ${office?.id ?? ''}, which is not in the catalogue: load it first`,
  );
}
