import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  calendarIdOf,
  conditions,
  scopeOf,
  scopesOf,
  signedInLately,
  type Action as PolicyAction,
  type Condition,
  type FourEyesAct,
  type Scope,
} from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { postsOf, type MyPost } from './posts-of';

/** Who asks, in which post, and what they may do. */
export interface MeView {
  readonly official: { readonly id: string; readonly name: string };
  /** The post they act in. */
  readonly post: MyPost;
  /** All they hold or stand in for now. */
  readonly posts: readonly MyPost[];
  /** How far each action reaches from the post they act in, and from those it stands in for; absent: not at all. */
  readonly rights: Readonly<Record<string, Scope>>;
  /** Which acts take two persons in the offices of this organisation, and when. */
  readonly conditions: Readonly<Partial<Record<FourEyesAct, Condition>>>;
  /** Which of their rights need a sign-in of the last five minutes. */
  readonly signedInLately: readonly PolicyAction[];
  /** By whose clock their office works, an IANA name; null while no calendar is loaded. */
  readonly timeZone: string | null;
}

/** What a page shows its user of themselves: who they are, and what they may do. */
@Controller('me')
export class MeController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  @Get()
  @Action('read-own-rights')
  @ApiOperation({
    summary: 'Who the caller is, which posts they act in now, and how far each right reaches',
    description: 'A right that is absent is none. What depends on a dossier says `GET /dossiers/{dossierId}/commands`.',
  })
  async read(@CurrentCaller() caller: Caller): Promise<MeView> {
    const { manager } = this.dataSource;
    const { actor, organisation, rights, at } = await this.access.subjectOf(manager, caller);
    const posts = postsOf(organisation, actor.officialId, at);
    const post = posts.find(({ id }) => id === actor.postId);
    if (!post) throw new RangeError(`${actor.officialId} acts in ${actor.postId} without holding it.`);
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarIdOf(organisation, actor.officeId, at));
    const official = organisation.officials.find(({ id }) => id === actor.officialId);
    return {
      official: { id: actor.officialId, name: official?.name ?? actor.officialId },
      post,
      posts,
      rights: scopesOf(rights),
      conditions: Object.fromEntries(organisation.fourEyes.map((command) => [command, conditions[command]])),
      signedInLately: signedInLately.filter((action) => scopeOf(action, rights) !== null),
      timeZone: calendar?.timeZone ?? null,
    };
  }
}
