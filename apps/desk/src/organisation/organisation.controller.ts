import { Body, Controller, Get, Headers, HttpCode, NotFoundException, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { OrganisationChange } from '#contracts';
import {
  leavings,
  organisationChanges,
  organisationDefects,
  parseOrganisation,
  type Leaving,
  type Official,
  type Organisation,
  type OrganisationDefect,
} from '#domain';
import { Action, Clock, CurrentCaller, type Caller } from '#platform';
import { DeskAccess, notAbout } from '../access/desk-access';
import { etagOf } from '../lookup/dossier-view';
import { OrganisationDirectory } from './organisation-directory';
import { OrganisationLoader, type Loaded } from './organisation-loader';

/** The organisation as it is edited. */
export interface OrganisationView {
  /** Also the ETag. */
  readonly version: number;
  readonly organisation: Organisation;
}

/** Somebody who leaves a post, and what would lie with them. */
export interface LeavingWithWork extends Leaving {
  /** Open dossiers that they hold in the office of that post now. */
  readonly openDossiers: number;
}

/** What an edited organisation would change. */
export interface OrganisationPreview {
  /** Because of what it would be refused; none where it would be taken. */
  readonly defects: readonly OrganisationDefect[];
  readonly changes: readonly OrganisationChange[];
  /** Who leaves a post, or is away from it for a time, with who acts there then and the open dossiers they hold now. */
  readonly leaving: readonly LeavingWithWork[];
}

/** Offices, posts and people. */
@Controller()
export class OrganisationController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly directory: OrganisationDirectory,
    private readonly loader: OrganisationLoader,
    private readonly clock: Clock,
  ) {}

  @Get('organisation')
  @Action('read-organisation')
  @ApiOperation({ summary: 'Offices, posts and people as one document, as it is loaded; the ETag is its version' })
  async read(@Res({ passthrough: true }) response: Response): Promise<OrganisationView> {
    const { manager } = this.dataSource;
    const version = await this.directory.latestVersion(manager);
    response.setHeader('etag', etagOf(version));
    return { version, organisation: await this.directory.current(manager) };
  }

  /** Changes nothing. */
  @Post('organisation/previews')
  @Action('read-organisation')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What an edited organisation would change, what it breaks, and who leaves a post with open dossiers',
  })
  async preview(@CurrentCaller() caller: Caller, @Body() body: object): Promise<OrganisationPreview> {
    const { manager } = this.dataSource;
    const after = parseOrganisation(body);
    const before = await this.directory.current(manager);
    const subject = await this.access.subjectOf(manager, caller);
    const leaving = leavings(before, after, this.clock.now());
    const counts = await manager.query<{ official: string; office: string; count: number }[]>(
      `select holder_official_id as official, holder_office_id as office, count(*)::integer as count from desk.dossier
       where ended_at is null and holder_official_id = any($1) and ${notAbout('$2', '$3')} group by 1, 2`,
      [leaving.map(({ officialId }) => officialId), subject.actor.officialId, this.access.officesActedIn(subject)],
    );
    return {
      defects: organisationDefects(after, this.clock.now()),
      changes: organisationChanges(before, after),
      leaving: leaving.map((one) => {
        const { officeId } = before.posts.find(({ id }) => id === one.postId) ?? { officeId: null };
        const held = counts.find(({ official, office }) => official === one.officialId && office === officeId);
        return { ...one, openDossiers: held?.count ?? 0 };
      }),
    };
  }

  /**
   * Replaces the whole organisation by a new version. Idempotent: the same content again changes nothing.
   *
   * @throws FieldInvalid naming the first field that breaks a rule; OrganisationStale where If-Match names another version than the
   *   present one; FourEyes where it takes two here
   */
  @Post('organisation')
  @Action('load-organisation')
  @ApiHeader({ name: 'if-match', required: false, description: 'The version that was edited.' })
  @ApiOperation({ summary: 'Replaces offices, posts and people by a new version; the same again changes nothing' })
  async load(
    @CurrentCaller() caller: Caller,
    @Body() body: object,
    @Headers('if-match') ifMatch?: string,
  ): Promise<Loaded> {
    return this.dataSource.transaction((manager) =>
      this.loader.load(manager, body, { caller, proposedBy: null, ifMatch: ifMatch ?? null }),
    );
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
}
