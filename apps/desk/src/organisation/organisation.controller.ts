import { Body, Controller, Get, Headers, HttpCode, NotFoundException, Param, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { OrganisationChange } from '#contracts';
import {
  defectOf,
  lostTenures,
  organisationChanges,
  parseOrganisation,
  type Official,
  type Organisation,
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

/** What an edited organisation would change. */
export interface OrganisationPreview {
  /** Why it would be refused, in words; null where it would be taken. */
  readonly defect: string | null;
  readonly changes: readonly OrganisationChange[];
  /** Who loses a post, or loses it earlier, and how many open dossiers they hold now. */
  readonly losing: readonly { readonly officialId: string; readonly postId: string; readonly openDossiers: number }[];
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
  @ApiOperation({ summary: 'What an edited organisation would change, and who loses a post with open dossiers' })
  async preview(@CurrentCaller() caller: Caller, @Body() body: object): Promise<OrganisationPreview> {
    const { manager } = this.dataSource;
    const after = parseOrganisation(body);
    const before = await this.directory.current(manager);
    const subject = await this.access.subjectOf(manager, caller);
    const lost = lostTenures(before, after);
    const counts = await manager.query<{ id: string; count: number }[]>(
      `select holder_official_id as id, count(*)::integer as count from desk.dossier
       where ended_at is null and holder_official_id = any($1) and ${notAbout('$2', '$3')} group by 1`,
      [lost.map(({ officialId }) => officialId), subject.actor.officialId, this.access.officesActedIn(subject)],
    );
    return {
      defect: defectOf(after, this.clock.now()),
      changes: organisationChanges(before, after),
      losing: lost.map(({ officialId, postId }) => {
        return { officialId, postId, openDossiers: counts.find(({ id }) => id === officialId)?.count ?? 0 };
      }),
    };
  }

  /**
   * Replaces the whole organisation by a new version. Idempotent: the same content again changes nothing.
   *
   * @throws OrganisationStale where If-Match names another version than the present one; FourEyes where it takes two here
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
