import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { isValidAt, type Absence, type Deputy, type Office, type Official, type Post } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { etagOf } from '../lookup/dossier-view';
import { OrganisationDirectory } from '../organisation/organisation-directory';

/** Who is who in which office. Without addresses: only notices and mails use them. */
export interface DirectoryView {
  /** Of the organisation; also the ETag. */
  readonly version: number;
  /** Also those that have ended: old dossiers name them. */
  readonly offices: readonly Pick<
    Office,
    'id' | 'name' | 'parentId' | 'headPostId' | 'validFrom' | 'validUntil' | 'successorId'
  >[];
  readonly posts: readonly Post[];
  readonly officials: readonly Pick<Official, 'id' | 'name'>[];
  /** Who holds which post now. */
  readonly held: readonly { readonly officialId: string; readonly postId: string }[];
  /** Which posts stand in for which, now. */
  readonly deputies: readonly Deputy[];
  /** Who is away now, and who will be. */
  readonly absences: readonly Absence[];
}

/** Names behind the ids of offices, posts and officials. */
@Controller('directory')
export class DirectoryController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly directory: OrganisationDirectory,
  ) {}

  @Get()
  @Action('read-directory')
  @ApiOperation({
    summary: 'Offices, posts, officials and who holds what now, with their names; no addresses',
    description: 'The ETag is the version of the organisation; who holds what may change without a new one.',
  })
  async read(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<DirectoryView> {
    const { manager } = this.dataSource;
    const { organisation, at } = await this.access.subjectOf(manager, caller);
    const version = await this.directory.latestVersion(manager);
    response.setHeader('etag', etagOf(version));
    const { offices, posts, officials, tenures, deputies, absences } = organisation;
    return {
      version,
      offices: offices.map(({ id, name, parentId, headPostId, validFrom, validUntil, successorId }) => {
        return { id, name, parentId, headPostId, validFrom, validUntil, successorId };
      }),
      posts,
      officials: officials.map(({ id, name }) => ({ id, name })),
      held: tenures.filter((one) => isValidAt(one, at)).map(({ officialId, postId }) => ({ officialId, postId })),
      deputies: deputies.filter((one) => isValidAt(one, at)),
      absences: absences.filter(({ until }) => until === null || until > at),
    };
  }
}
