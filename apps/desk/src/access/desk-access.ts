import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  ActionForbidden,
  DossierNotFound,
  holderOf,
  holdsPost,
  officesBelow,
  policy,
  scopeOf,
  type Action,
  type Dossier,
  type Organisation,
  type Role,
  type Scope,
  type Service,
} from '#domain';
import { AccessPolicy, Clock, type Caller } from '#platform';
import { OrganisationDirectory } from '../organisation/organisation-directory';

/** Who acts, with the rights of the post held now. */
export interface Subject {
  readonly actor: PostHolder;
  readonly rights: readonly (Role | Service)[];
  readonly organisation: Organisation;
}

/** The post that may load the first organisation, when no post exists yet. Whoever holds the issuer's key can take it. */
export const FOUNDING_POST = 'founding-administrator';

/** Asks the policy table for the post a caller holds now; what a caller may not see does not exist for them. */
@Injectable()
export class DeskAccess extends AccessPolicy {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly directory: OrganisationDirectory,
  ) {
    super();
  }

  /** The guard's question, before the body is read. @throws ActionForbidden */
  override async allow(caller: Caller, action: string): Promise<void> {
    if (!isAction(action)) throw new ActionForbidden(action);
    this.scope(await this.subjectOf(this.dataSource.manager, caller), action);
  }

  /** The caller with the rights of now. A post that is not (or no longer) held gives none. */
  async subjectOf(manager: EntityManager, caller: Caller): Promise<Subject> {
    const organisation = await this.directory.current(manager);
    if (caller.kind === 'service') {
      const id = `service:${caller.service}`;
      const actor = { officialId: id, postId: id, officeId: id };
      return { actor, rights: caller.service === 'desk' ? [] : [caller.service], organisation };
    }
    const { officialId, postId, officeId } = caller;
    const actor = { officialId, postId, officeId };
    if (organisation.posts.length === 0) {
      return { actor, rights: postId === FOUNDING_POST ? ['administrator'] : [], organisation };
    }
    const held = holdsPost(organisation, actor, this.clock.now());
    const post = organisation.posts.find(({ id }) => id === postId);
    return { actor, rights: held && post ? post.roles : [], organisation };
  }

  /** How far the subject may do the action. @throws ActionForbidden when not at all */
  scope(subject: Subject, action: Action): Scope {
    const scope = scopeOf(action, subject.rights);
    if (scope === null) throw new ActionForbidden(action);
    return scope;
  }

  /**
   * @throws DossierNotFound where the subject may not even see the dossier, ActionForbidden where it may see it only.
   */
  require(subject: Subject, action: Action, dossier: Dossier): void {
    if (this.reaches(subject, action, dossier)) return;
    if (this.reaches(subject, 'read-dossier', dossier)) throw new ActionForbidden(action);
    throw new DossierNotFound(dossier.dossierId);
  }

  /** @throws ActionForbidden where the subject's right does not reach that office */
  requireOffice(subject: Subject, action: Action, officeId: string): void {
    const offices = officesOf(subject, this.scope(subject, action));
    if (offices !== null && !offices.includes(officeId)) throw new ActionForbidden(action);
  }

  /** The offices whose dossiers the subject may see; null means all. */
  officesInSight(subject: Subject, action: Action = 'read-dossier'): readonly string[] | null {
    return officesOf(subject, this.scope(subject, action));
  }

  private reaches(subject: Subject, action: Action, dossier: Dossier): boolean {
    const scope = scopeOf(action, subject.rights);
    if (scope === null) return false;
    const holder = holderOf(dossier);
    if (scope === 'own-dossier') return holder.officialId === subject.actor.officialId;
    const offices = officesOf(subject, scope);
    if (offices === null) return true;
    const lead = action === 'give-opinion' ? [] : [dossier.officeId, holder.officeId];
    const asked = opinionActions.includes(action) ? dossier.opinions.map((opinion) => opinion.asked.officeId) : [];
    return [...lead, ...asked].some((office) => offices.includes(office));
  }
}

/** What whoever is asked for an opinion may do with a dossier of others: read it, and answer. */
const opinionActions: readonly Action[] = ['read-dossier', 'give-opinion'];

function officesOf({ actor, organisation }: Subject, scope: Scope): readonly string[] | null {
  switch (scope) {
    case 'everywhere':
      return null;
    case 'offices-below':
      return officesBelow(organisation, actor.officeId);
    case 'own-office':
    case 'own-dossier':
      return [actor.officeId];
  }
}

/** Whether the policy has such an action. */
export function isAction(action: string): action is Action {
  return Object.hasOwn(policy, action);
}
