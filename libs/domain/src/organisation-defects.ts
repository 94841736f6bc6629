import type { Instant } from '#calendar';
import { existsAt } from './offices-in-time';
import { holderOfPost, type Office, type Organisation } from './organisation';
import type { Role } from './roles';

/** Posts with one of these can hold dossiers. */
const handlingRoles: readonly Role[] = ['clerk', 'official', 'head', 'migrator'];

/** Why an organisation cannot be worked with; stable, for who says it in another language. */
export type OrganisationDefectCode =
  | 'twice'
  | 'leads-nowhere'
  | 'below-itself'
  | 'succeeds-itself'
  | 'ends-before-it-begins'
  | 'successor-without-end'
  | 'successor-not-there'
  | 'successor-missing'
  | 'own-deputy'
  | 'mandate-of-one'
  | 'nobody-administers';

/** A rule that an organisation breaks, and the field where it does. */
export interface OrganisationDefect {
  /** Path in the document, indices included: `offices.3.headPostId`. */
  readonly field: string;
  readonly code: OrganisationDefectCode;
  /** In words, for whoever loads it. */
  readonly rule: string;
}

/** All because of which an organisation cannot be worked with from `now` on; none where it can. */
export function organisationDefects(organisation: Organisation, now: Instant): readonly OrganisationDefect[] {
  const found = [...defects(organisation)];
  const administrators = organisation.posts.filter((post) => post.roles.includes('administrator'));
  const isAdministered = administrators.some(({ id: post }) => holderOfPost(organisation, post, now)?.officialId);
  if (isAdministered) return found;
  const rule = 'gives nobody a post of administrator now, so that nobody could correct it';
  return [...found, { field: 'tenures', code: 'nobody-administers', rule }];
}

function* defects(organisation: Organisation): Generator<OrganisationDefect> {
  const { offices } = organisation;
  yield* repeatedIds(organisation);
  yield* danglingReferences(organisation);
  const below = circleOf(offices, ({ parentId }) => parentId);
  if (below)
    yield { field: `${below.field}.parentId`, code: 'below-itself', rule: `puts office ${below.id} below itself` };
  const succeeding = circleOf(offices, ({ successorId }) => successorId);
  if (succeeding) {
    const rule = `makes office ${succeeding.id} a successor of itself`;
    yield { field: `${succeeding.field}.successorId`, code: 'succeeds-itself', rule };
  }
  for (const [index, office] of offices.entries()) yield* officeDefects(organisation, office, `offices.${index}`);
  yield* spanDefects(organisation);
  yield* partDefects(organisation);
}

function* officeDefects({ offices, posts }: Organisation, office: Office, at: string): Generator<OrganisationDefect> {
  const { id, validFrom, validUntil, successorId } = office;
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) {
    yield { field: `${at}.validUntil`, code: 'ends-before-it-begins', rule: `ends office ${id} before it begins` };
  }
  const field = `${at}.successorId`;
  if (validUntil === null) {
    if (successorId === null) return;
    yield { field, code: 'successor-without-end', rule: `names a successor of office ${id}, which does not end` };
    return;
  }
  const successor = offices.find((other) => other.id === successorId);
  if (successor && !existsAt(successor, validUntil)) {
    const rule = `names ${successor.id} as successor of office ${id}, which does not exist when that ends at ${validUntil}`;
    yield { field, code: 'successor-not-there', rule };
  }
  const held = posts.find((post) => post.officeId === id && post.roles.some((role) => handlingRoles.includes(role)));
  if (!successor && held) {
    const rule = `ends office ${id} without a successor, although its post ${held.id} may hold dossiers`;
    yield { field, code: 'successor-missing', rule };
  }
}

/** What lasts from when to when, and whom it concerns. */
function* spanDefects({ tenures, deputies, absences, mandates }: Organisation): Generator<OrganisationDefect> {
  const spans = [
    ...tenures.map((one, index) => ({ ...one, at: `tenures.${index}`, what: `the tenure of ${one.officialId}` })),
    ...deputies.map((one, index) => ({ ...one, at: `deputies.${index}`, what: `the deputy of ${one.postId}` })),
    ...absences.map((one, index) => ({ ...one, at: `absences.${index}`, what: `the absence of ${one.officialId}` })),
    ...mandates.map((one, index) => ({ ...one, at: `mandates.${index}`, what: `the mandate for ${one.officeId}` })),
  ];
  for (const { at, what, from, until } of spans) {
    if (until === null || until > from) continue;
    const rule = `ends ${what} from ${from} before it begins`;
    yield { field: `${at}.until`, code: 'ends-before-it-begins', rule };
  }
}

/** Who cannot stand in for whom, and who a mandate cannot be given to. */
function* partDefects({ deputies, mandates }: Organisation): Generator<OrganisationDefect> {
  for (const [index, { postId, deputyPostId }] of deputies.entries()) {
    if (postId !== deputyPostId) continue;
    const rule = `makes post ${postId} its own deputy`;
    yield { field: `deputies.${index}.deputyPostId`, code: 'own-deputy', rule };
  }
  for (const [index, { officialId, postId, officeId }] of mandates.entries()) {
    if ((officialId === null) !== (postId === null)) continue;
    const rule = `must give the mandate for ${officeId} either to a post or to an official`;
    yield { field: `mandates.${index}.postId`, code: 'mandate-of-one', rule };
  }
}

/** Ids that stand more than once, where they stand again. */
function* repeatedIds({ offices, posts, officials }: Organisation): Generator<OrganisationDefect> {
  for (const [list, things] of Object.entries({ offices, posts, officials })) {
    const seen = new Set<string>();
    for (const [index, { id }] of things.entries()) {
      if (seen.has(id)) yield { field: `${list}.${index}.id`, code: 'twice', rule: `names "${id}" twice` };
      seen.add(id);
    }
  }
}

/** The first office from which a chain of offices leads back to it, however long; null when none does. */
function circleOf(
  offices: readonly Office[],
  next: (office: Office) => string | null,
): { readonly id: string; readonly field: string } | null {
  const nextOf = new Map(offices.map((office) => [office.id, next(office)]));
  const leadsBack = (start: string) => {
    let then = nextOf.get(start) ?? null;
    for (let steps = 0; then !== null && then !== start && steps <= offices.length; steps += 1) {
      then = nextOf.get(then) ?? null;
    }
    return then === start;
  };
  const index = offices.findIndex(({ id }) => leadsBack(id));
  const office = offices[index];
  return office ? { id: office.id, field: `offices.${index}` } : null;
}

type Named = 'office' | 'post' | 'official';
type Referring = {
  readonly [List in Exclude<keyof Organisation, 'fourEyes'>]: {
    readonly [Field in keyof Organisation[List][number]]?: Named;
  };
};

/** Which fields name what, list by list. */
const referring: Referring = {
  offices: {
    parentId: 'office',
    successorId: 'office',
    headPostId: 'post',
    receptionPostId: 'post',
    committeePostId: 'post',
  },
  posts: { officeId: 'office' },
  officials: {},
  tenures: { officialId: 'official', postId: 'post' },
  deputies: { postId: 'post', deputyPostId: 'post' },
  absences: { officialId: 'official' },
  mandates: { officeId: 'office', officialId: 'official', postId: 'post' },
};

function* danglingReferences(organisation: Organisation): Generator<OrganisationDefect> {
  const known = {
    office: new Set(organisation.offices.map(({ id }) => id)),
    post: new Set(organisation.posts.map(({ id }) => id)),
    official: new Set(organisation.officials.map(({ id }) => id)),
  };
  for (const list of Object.keys(referring) as (keyof Referring)[]) {
    const fields: Readonly<Record<string, Named | undefined>> = referring[list];
    for (const [index, thing] of organisation[list].entries()) {
      for (const [name, to] of Object.entries(thing) as [string, unknown][]) {
        const kind = fields[name];
        if (kind === undefined || typeof to !== 'string' || known[kind].has(to)) continue;
        const field = `${list}.${index}.${name}`;
        yield { field, code: 'leads-nowhere', rule: `leads nowhere: it names ${kind} ${to}` };
      }
    }
  }
}
