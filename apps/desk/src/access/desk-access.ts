import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  actingIn,
  ActionForbidden,
  areTwo,
  becomesAt,
  DossierNotFound,
  documentTakesTwo,
  FourEyes,
  holderOf,
  isConcerned,
  isWithin,
  officeAt,
  officesUpward,
  officialsIn,
  policy,
  personsOf,
  postsActedIn,
  scopeOf,
  type Action,
  type Concerned,
  type DocumentAct,
  type Dossier,
  type FourEyesCommand,
  type Organisation,
  type Role,
  type Scope,
  type Service,
} from '#domain';
import { seeFromNowOn, seeingAs, type Sight } from '#persistence';
import { AccessPolicy, Clock, type Caller, type Refusal } from '#platform';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import { logRefusal } from './access-log';

/** Who acts, with the rights of now. */
export interface Subject {
  /** The person in the post they hold, also while they stand in for another. */
  readonly actor: PostHolder;
  /** All that their positions allow, wherever it reaches. */
  readonly rights: readonly (Role | Service)[];
  /** Where which rights reach from. */
  readonly positions: readonly Position[];
  readonly organisation: Organisation;
  /** The instant the rights are asked for. */
  readonly at: string;
}

/** The post held, or one that is stood in for; of a service, its own. */
export interface Position {
  readonly rights: readonly (Role | Service)[];
  readonly officeId: string;
  /** Whose place is taken by acting so. */
  readonly inPlaceOf: readonly string[];
}

/** Who loads a document that concerns all offices. */
export interface LoadedBy {
  readonly caller: Caller;
  /** Who proposed it, where the caller approves; null where one loads it alone. */
  readonly proposedBy: PostHolder | null;
  /** The ETag it was decided upon; null for whichever. */
  readonly ifMatch: string | null;
}

/** What a right over a dossier is decided upon. */
interface InSight {
  readonly state: Dossier;
  readonly concerned: Concerned | null;
}

/** The stream of a document, and the route under which it is loaded. */
export const streamOf = {
  'load-organisation': 'organisation',
  'load-catalogue': 'catalogue',
} as const satisfies Readonly<Record<DocumentAct, string>>;

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

  /** The guard's question, before the body is read; from then on no more exists than the caller may see. @throws ActionForbidden */
  override async allow(caller: Caller, action: string): Promise<void> {
    if (!isAction(action)) throw new ActionForbidden(action);
    const subject = await this.subjectOf(this.dataSource.manager, caller);
    const scope = this.scope(subject, action);
    const isOfAll = caller.kind === 'service' || (scope === 'everywhere' && withoutSight.includes(action));
    seeFromNowOn(isOfAll ? { of: 'everything' } : this.sightOf(subject));
  }

  override async refused(caller: Caller, refusal: Refusal): Promise<void> {
    await logRefusal(this.dataSource.manager, actorOf(caller), refusal);
  }

  /**
   * The caller with the rights of now: of the post held, and of posts it stands in for, while it does. A post that is not (or
   * no longer) held gives none.
   */
  async subjectOf(manager: EntityManager, caller: Caller): Promise<Subject> {
    const organisation = await this.directory.current(manager);
    const at = this.clock.now();
    const actor = actorOf(caller);
    return subjectIn(actor, positionsOf(caller, actor, organisation, at), organisation, at);
  }

  /** The same for a person whom a service asks about. */
  async personNamed(manager: EntityManager, officialId: string, postId: string): Promise<Subject> {
    const organisation = await this.directory.current(manager);
    const at = this.clock.now();
    const officeId = organisation.posts.find(({ id }) => id === postId)?.officeId ?? 'none';
    const actor = { officialId, postId, officeId };
    return subjectIn(actor, positionsInPosts(actor, organisation, at), organisation, at);
  }

  /** How far the subject may do the action. @throws ActionForbidden when not at all */
  scope(subject: Subject, action: Action): Scope {
    const scope = scopeOf(action, subject.rights);
    if (scope === null) throw new ActionForbidden(action);
    return scope;
  }

  /**
   * @throws DossierNotFound where the subject may not even see the dossier, or it is about them, ActionForbidden where it may see it only.
   */
  require(subject: Subject, action: Action, dossier: InSight): void {
    if (this.reaches(subject, action, dossier)) return;
    if (this.reaches(subject, 'read-dossier', dossier)) throw new ActionForbidden(action);
    throw new DossierNotFound(dossier.state.dossierId);
  }

  /**
   * The second wall before a person's command, amid the writing that sees everything: what PostgreSQL would not show them is not
   * changed by them, whatever the policy table let through.
   */
  async isInSight(manager: EntityManager, caller: Caller, subject: Subject, dossierId: string): Promise<boolean> {
    if (caller.kind === 'service') return true;
    const seen = await seeingAs(this.sightOf(subject), () =>
      manager.query<unknown[]>('select from desk.dossier where dossier_id = $1', [dossierId]),
    );
    return seen.length > 0;
  }

  /** The offices to which the subject's right to an action reaches; null means all. @throws ActionForbidden */
  officesWithin(subject: Subject, action: Action): readonly string[] | null {
    if (this.scope(subject, action) === 'everywhere') return null;
    const offices = subject.organisation.offices.map(({ id }) => id);
    return offices.filter((id) => subject.positions.some((position) => covers(subject, position, action, id)));
  }

  /** What of the dossiers exists for a person: the outer reach of their right to read them, which no list goes beyond. */
  private sightOf(subject: Subject): Sight {
    const isReader = scopeOf('read-dossier', subject.rights) !== null;
    const offices = isReader ? this.officesWithin(subject, 'read-dossier') : [];
    return {
      of: offices === null ? 'every-office' : 'offices',
      offices: offices ?? [],
      officialId: subject.actor.officialId,
      actingIn: this.officesActedIn(subject),
    };
  }

  /** The offices that are, or have become, one in which the subject acts: what is about them does not exist for the subject. */
  officesActedIn({ organisation, positions, at }: Subject): readonly string[] {
    const becomes = becomesAt(organisation, at);
    const acted = new Set(positions.map(({ officeId }) => officeId));
    return organisation.offices.map(({ id }) => id).filter((id) => acted.has(becomes(id)));
  }

  /** @throws ActionForbidden where the subject's right does not reach that office */
  requireOffice(subject: Subject, action: Action, officeId: string): void {
    const offices = this.officesWithin(subject, action);
    if (offices !== null && !offices.includes(officeId)) throw new ActionForbidden(action);
  }

  /**
   * Whether the subject may read who handed it in, of a dossier that they see. Who complains of somebody is told to the holder
   * and to heads alone.
   */
  seesApplicant(subject: Subject, dossier: InSight): boolean {
    if (dossier.concerned === null) return true;
    if (holderOf(dossier.state).officialId === subject.actor.officialId) return true;
    const heads = subject.positions.filter(({ rights }) => rights.includes('head'));
    const asHead = heads.map((position) => ({ ...position, rights: ['head' as const] }));
    return this.reaches({ ...subject, positions: asHead }, 'read-dossier', dossier);
  }

  /** The subject without what they may do in the place of one of these persons. */
  apartFrom(persons: readonly string[], subject: Subject): Subject {
    const { actor, positions, organisation, at } = subject;
    const apart = positions.filter((position) => areTwo(persons, personsOf(actor.officialId, position)));
    return subjectIn(actor, apart, organisation, at);
  }

  /** Who answers for a subject's act on a dossier as persons: also whom they stand in for, where they could not do it otherwise. */
  authorsOf(subject: Subject, action: Action, dossier: InSight): readonly string[] {
    const { actor, positions } = subject;
    const reaching = positions.filter((one) => this.reaches({ ...subject, positions: [one] }, action, dossier));
    return authorsActingBy(actor, reaching);
  }

  /** Likewise of an act that concerns no dossier. */
  authorsOfAct({ actor, positions }: Subject, action: Action): readonly string[] {
    const entitled = positions.filter(({ rights }) => scopeOf(action, rights) !== null);
    return authorsActingBy(actor, entitled);
  }

  /** As whose act it may stand, for each of the subject's positions that gives the right to it: the persons who answer for it. */
  personsFor({ actor, positions }: Subject, action: Action): readonly (readonly string[])[] {
    const entitled = positions.filter(({ rights }) => scopeOf(action, rights) !== null);
    return entitled.map((position) => personsOf(actor.officialId, position));
  }

  /** Whether it takes two where this subject would load a document. */
  takesTwoToLoad(subject: Subject, act: DocumentAct): boolean {
    return documentTakesTwo(act, subject.organisation, this.authorsOfAct(subject, act), subject.at);
  }

  /**
   * Who loads a document, asked under the lock of what is loaded: of two first loads the second has no right any more.
   *
   * @throws ActionForbidden; FourEyes where one would load alone what takes two
   */
  async loading(manager: EntityManager, act: DocumentAct, { caller, proposedBy }: LoadedBy): Promise<Subject> {
    const subject = await this.subjectOf(manager, caller);
    this.scope(subject, act);
    if (proposedBy === null && this.takesTwoToLoad(subject, act))
      throw new FourEyes(act, `/${streamOf[act]}/proposals`);
    return subject;
  }

  /** Who may approve an act that these persons propose for a dossier: of the office that decides, of the one that holds it, and of those above. */
  approversOf(
    { organisation, at }: Subject,
    command: FourEyesCommand,
    dossier: InSight,
    authors: readonly string[],
  ): readonly Subject[] {
    const { officeId, decidingOfficeId } = dossier.state;
    const around = [decidingOfficeId, holderOf(dossier.state).officeId, officeId];
    const upward = around.map((id) => officesUpward(organisation, id, at));
    const offices = [...new Set([...upward.flatMap((way) => way.slice(0, 1)), ...upward.flat()])];
    const posts = offices.flatMap(({ id }) => organisation.posts.filter((post) => post.officeId === id));
    const entitled = posts.filter(({ roles }) => scopeOf(command, roles) !== null);
    const holders = entitled.flatMap(({ id: postId, officeId }) => [
      ...officialsIn(organisation, postId, at).map((officialId) => ({ officialId, postId, officeId })),
      ...[actingIn(organisation, postId, at) ?? []].flat(),
    ]);
    const known = new Map(holders.map((holder) => [`${holder.officialId} ${holder.postId}`, holder]));
    return [...known.values()]
      .map((holder) => subjectIn(holder, positionsInPosts(holder, organisation, at), organisation, at))
      .filter((one) => scopeOf('approve', one.rights) !== null && this.reaches(one, command, dossier))
      .filter((one) => this.reaches(this.apartFrom(authors, one), command, dossier));
  }

  /** Whether the subject's right to an action reaches a dossier; never one that is about them. */
  reaches(subject: Subject, action: Action, { state: dossier, concerned }: InSight): boolean {
    const { officialId } = subject.actor;
    const becomes = becomesAt(subject.organisation, subject.at);
    const acting = [subject.actor, ...subject.positions].map(({ officeId }) => ({ officialId, officeId }));
    if (acting.some((post) => isConcerned(concerned, post, becomes))) return false;
    return subject.positions.some((position) => {
      const holder = holderOf(dossier);
      if (scopeOf(action, position.rights) === 'own-dossier') return holder.officialId === subject.actor.officialId;
      const lead = action === 'give-opinion' ? [] : [dossier.officeId, holder.officeId, dossier.decidingOfficeId];
      const asked = opinionsFor(action, dossier).map((opinion) => opinion.asked.officeId);
      const offices = [...lead, ...asked];
      return offices.some((office) => covers(subject, position, action, office));
    });
  }
}

/**
 * What concerns dossiers that whoever does it need not see: the administrator's acts on all of them, counts, the journal. Those
 * whose right to it reaches less than everywhere see what is theirs to see.
 */
const withoutSight: readonly Action[] = [
  'recompute',
  'carry-out-recomputation',
  'preview-recomputation',
  'transfer-work',
  'preview-work-transfer',
  'read-journal',
  'read-usual-time',
  'load-organisation',
  'read-organisation',
  'load-catalogue',
  'preview-catalogue',
  'publish-procedure',
  'withdraw-procedure',
  'read-procedure-states',
];

/** What whoever is or was asked for an opinion may do with a dossier of others: see what became of it, and answer. */
const opinionActions: readonly Action[] = ['read-dossier', 'give-opinion'];

/**
 * While they are asked, also read what the applicant handed in, papers and answers alike. What the office and the applicant write to each
 * other is none of theirs.
 */
const openOpinionActions: readonly Action[] = ['read-attachment', 'read-e-form'];

/** The opinions of a dossier by which an action may reach it. */
function opinionsFor(action: Action, { opinions, endedAt }: Dossier): Dossier['opinions'] {
  if (opinionActions.includes(action)) return opinions;
  return openOpinionActions.includes(action) && endedAt === null
    ? opinions.filter(({ answer }) => answer === null)
    : [];
}

function subjectIn(actor: PostHolder, positions: readonly Position[], organisation: Organisation, at: string): Subject {
  return { actor, rights: positions.flatMap(({ rights }) => rights), positions, organisation, at };
}

/** Who answers for what an actor does by one of these positions: nobody else, where their own is among them. */
function authorsActingBy({ officialId }: PostHolder, positions: readonly Position[]): readonly string[] {
  const places = positions.map(({ inPlaceOf }) => inPlaceOf);
  return personsOf(officialId, { inPlaceOf: places.some((one) => one.length === 0) ? [] : places.flat() });
}

function actorOf(caller: Caller): PostHolder {
  if (caller.kind === 'service') {
    const id = `service:${caller.service}`;
    return { officialId: id, postId: id, officeId: id };
  }
  const { officialId, postId, officeId } = caller;
  return { officialId, postId, officeId };
}

function positionsOf(caller: Caller, actor: PostHolder, organisation: Organisation, at: string): readonly Position[] {
  const { officeId, postId } = actor;
  if (caller.kind === 'service') {
    return caller.service === 'desk' ? [] : [{ rights: [caller.service], officeId, inPlaceOf: [] }];
  }
  if (organisation.posts.length === 0) {
    return postId === FOUNDING_POST ? [{ rights: ['administrator'], officeId, inPlaceOf: [] }] : [];
  }
  return positionsInPosts(actor, organisation, at);
}

function positionsInPosts(actor: PostHolder, organisation: Organisation, at: string): readonly Position[] {
  return postsActedIn(organisation, actor, at).map(({ post, inPlaceOf }) => ({
    rights: post.roles,
    officeId: post.officeId,
    inPlaceOf,
  }));
}

/** Whether a position's right to an action reaches the dossiers of an office, as what that office has become. */
function covers(
  { organisation, at }: Subject,
  { rights, officeId }: Position,
  action: Action,
  dossiersOffice: string,
): boolean {
  switch (scopeOf(action, rights)) {
    case 'everywhere':
      return true;
    case 'offices-below':
      return isWithin(organisation, dossiersOffice, officeId, at);
    case 'own-office':
    case 'own-dossier':
      return officeAt(organisation, dossiersOffice, at)?.id === officeId;
    case null:
      return false;
  }
}

/**
 * Condition on `desk.dossier` for what was received, is held or is decided in one of the offices of
 * {@link DeskAccess.officesWithin}, which the parameter holds; null: everything.
 */
export function inReach(offices: `$${number}`): string {
  return `(${offices}::text[] is null
    or office_id = any(${offices}) or holder_office_id = any(${offices}) or deciding_office_id = any(${offices}))`;
}

/** Condition on `desk.dossier` for what one of these offices was asked its opinion of. */
export function askedOf(offices: `$${number}`): string {
  return `dossier.dossier_id in (select dossier_id from desk.opinion where asked_office_id = any(${offices}))`;
}

/**
 * Condition that keeps complaints from whom they are about: the official by the first parameter, by the second the offices of
 * {@link DeskAccess.officesActedIn}. `dossierId` names the column to ask: where `desk.dossier` is joined at will, its own column
 * is null for what the wall hides, and says nothing.
 */
export function notAbout(official: `$${number}`, offices: `$${number}`, dossierId = 'dossier.dossier_id'): string {
  return `not exists (select from desk.complaint_subject about where about.dossier_id = ${dossierId}
    and (about.official_id = ${official} or about.office_id = any(${offices})))`;
}

/** Whether the policy has such an action. */
export function isAction(action: string): action is Action {
  return Object.hasOwn(policy, action);
}
