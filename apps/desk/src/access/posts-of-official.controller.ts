import { Controller, Get, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { scopesOf, type Action as PolicyAction, type Scope } from '#domain';
import { Action, Clock } from '#platform';
import { postsOf } from '../me/posts-of';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import { DeskAccess } from './desk-access';

/** A post somebody holds now. */
interface HeldPost {
  readonly id: string;
  readonly name: string;
  readonly officeId: string;
  readonly officeName: string;
  /** How far which actions reach from this post, those of posts it stands in for included; an action not named is not allowed. */
  readonly rights: Readonly<Partial<Record<PolicyAction, Scope>>>;
}

/** Whom a sign-in makes somebody. */
interface PostsOfOfficial {
  readonly officialId: string;
  readonly name: string;
  /** In the organisation's order; empty for an official who holds none at present. */
  readonly posts: readonly HeldPost[];
}

/** The posts an official can act in: for the service that signs people in. */
@Controller('officials')
export class PostsOfOfficialController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly directory: OrganisationDirectory,
    private readonly clock: Clock,
  ) {}

  /** Of now. 404 where the organisation knows no such official. */
  @Get(':officialId/posts')
  @Action('read-posts-of-official')
  @ApiOperation({ summary: 'The posts an official holds now, and how far which actions reach from each; for sign-in' })
  async posts(@Param('officialId') officialId: string): Promise<PostsOfOfficial> {
    const organisation = await this.directory.current(this.dataSource.manager);
    const official = organisation.officials.find(({ id }) => id === officialId);
    if (!official) throw new NotFoundException(`No official ${officialId} is known here.`);
    const held = postsOf(organisation, officialId, this.clock.now()).filter(({ asDeputy }) => !asDeputy);
    const posts = held.map(async ({ id, name, officeId, officeName }) => {
      const { rights } = await this.access.personNamed(this.dataSource.manager, officialId, id);
      return { id, name, officeId, officeName, rights: scopesOf(rights) };
    });
    return { officialId, name: official.name, posts: await Promise.all(posts) };
  }
}
