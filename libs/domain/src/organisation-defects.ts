import type { Instant } from '#calendar';
import { existsAt } from './offices-in-time';
import { holderOfPost, type Office, type Organisation } from './organisation';
import type { Role } from './roles';

/** Posts with one of these can hold dossiers. */
const handlingRoles: readonly Role[] = ['clerk', 'official', 'head', 'migrator'];

/** Why an organisation cannot be worked with from `now` on, in words for whoever loads it; null when it can. */
export function defectOf(organisation: Organisation, now: Instant): string | null {
  for (const defect of defects(organisation)) return defect;
  const administrators = organisation.posts.filter((post) => post.roles.includes('administrator'));
  const isAdministered = administrators.some(({ id: post }) => holderOfPost(organisation, post, now)?.officialId);
  return isAdministered ? null : 'gives nobody a post of administrator now, so that nobody could correct it';
}

function* defects(organisation: Organisation): Generator<string> {
  const { offices, posts, officials } = organisation;
  const twice = repeated(idsOf(offices)) ?? repeated(idsOf(posts)) ?? repeated(idsOf(officials));
  if (twice !== null) yield `names "${twice}" twice`;
  const dangling = danglingReference(organisation);
  if (dangling !== null) yield `leads nowhere: ${dangling}`;
  const below = circleOf(offices, ({ parentId }) => parentId);
  if (below !== null) yield `puts office ${below} below itself`;
  const succeeding = circleOf(offices, ({ successorId }) => successorId);
  if (succeeding !== null) yield `makes office ${succeeding} a successor of itself`;
  for (const office of offices) yield* officeDefects(organisation, office);
  yield* spanDefects(organisation);
}

function* officeDefects({ offices, posts }: Organisation, office: Office): Generator<string> {
  const { id, validFrom, validUntil, successorId } = office;
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) yield `ends office ${id} before it begins`;
  if (validUntil === null) {
    if (successorId !== null) yield `names a successor of office ${id}, which does not end`;
    return;
  }
  const successor = offices.find((other) => other.id === successorId);
  if (successor && !existsAt(successor, validUntil)) {
    yield `names ${successor.id} as successor of office ${id}, which does not exist when that ends at ${validUntil}`;
  }
  const held = posts.find((post) => post.officeId === id && post.roles.some((role) => handlingRoles.includes(role)));
  if (!successor && held) {
    yield `ends office ${id} without a successor, although its post ${held.id} may hold dossiers`;
  }
}

/** What lasts from when to when, and whom it concerns. */
function* spanDefects({ tenures, deputies, absences, mandates }: Organisation): Generator<string> {
  const spans = [
    ...tenures.map((one) => ({ ...one, what: `the tenure of ${one.officialId}` })),
    ...deputies.map((one) => ({ ...one, what: `the deputy of ${one.postId}` })),
    ...absences.map((one) => ({ ...one, what: `the absence of ${one.officialId}` })),
    ...mandates.map((one) => ({ ...one, what: `the mandate for ${one.officeId}` })),
  ];
  for (const { what, from, until } of spans) {
    if (until !== null && until <= from) yield `ends ${what} from ${from} before it begins`;
  }
  for (const { postId, deputyPostId } of deputies) {
    if (postId === deputyPostId) yield `makes post ${postId} its own deputy`;
  }
  for (const { officialId, postId, officeId } of mandates) {
    if ((officialId === null) === (postId === null)) {
      yield `must give the mandate for ${officeId} either to a post or to an official`;
    }
  }
}

/** The first name that stands more than once; null when each stands once. */
function repeated(names: readonly string[]): string | null {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size) ?? null;
}

/** The first office from which a chain of offices leads back to it, however long; null when none does. */
function circleOf(offices: readonly Office[], next: (office: Office) => string | null): string | null {
  const nextOf = new Map(offices.map((office) => [office.id, next(office)]));
  const leadsBack = (start: string) => {
    let then = nextOf.get(start) ?? null;
    for (let steps = 0; then !== null && then !== start && steps <= offices.length; steps += 1) {
      then = nextOf.get(then) ?? null;
    }
    return then === start;
  };
  return idsOf(offices).find(leadsBack) ?? null;
}

/** The first reference of an organisation that leads nowhere, as `path to what`; null when all lead somewhere. */
function danglingReference({ offices, posts, officials, ...rest }: Organisation): string | null {
  const known = {
    office: new Set(idsOf(offices)),
    post: new Set(idsOf(posts)),
    official: new Set(idsOf(officials)),
  };
  const references = [
    ...offices.flatMap(({ id, parentId, headPostId, receptionPostId, successorId, committeePostId }) => [
      { from: `office ${id}`, kind: 'office' as const, to: parentId },
      { from: `office ${id}`, kind: 'office' as const, to: successorId },
      { from: `office ${id}`, kind: 'post' as const, to: headPostId },
      { from: `office ${id}`, kind: 'post' as const, to: receptionPostId },
      { from: `office ${id}`, kind: 'post' as const, to: committeePostId },
    ]),
    ...posts.map(({ id, officeId }) => ({ from: `post ${id}`, kind: 'office' as const, to: officeId })),
    ...rest.tenures.flatMap(({ officialId, postId }) => [
      { from: `tenure of ${officialId}`, kind: 'official' as const, to: officialId },
      { from: `tenure of ${officialId}`, kind: 'post' as const, to: postId },
    ]),
    ...rest.deputies.flatMap(({ postId, deputyPostId }) => [
      { from: `a deputy`, kind: 'post' as const, to: postId },
      { from: `the deputy of ${postId}`, kind: 'post' as const, to: deputyPostId },
    ]),
    ...rest.absences.map(({ officialId }) => ({ from: 'an absence', kind: 'official' as const, to: officialId })),
    ...rest.mandates.flatMap(({ officeId, officialId, postId }) => [
      { from: 'a mandate', kind: 'office' as const, to: officeId },
      { from: `the mandate for ${officeId}`, kind: 'official' as const, to: officialId },
      { from: `the mandate for ${officeId}`, kind: 'post' as const, to: postId },
    ]),
  ];
  const dangling = references.find(({ kind, to }) => to !== null && !known[kind].has(to));
  return dangling ? `${dangling.from} names ${dangling.kind} ${dangling.to ?? ''}` : null;
}

function idsOf(things: readonly { readonly id: string }[]): readonly string[] {
  return things.map(({ id }) => id);
}
