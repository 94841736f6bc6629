import type { Instant } from '#calendar';
import { checkAgainst, schema } from '#contracts';
import { FieldInvalid } from './errors';
import {
  holderOfPost,
  type Office,
  type Official,
  type Organisation,
  type Post,
  type PostTenure,
} from './organisation';
import { roles } from './roles';

const { instant, listOf, matching, oneOf, orNull, record, text } = schema;

/** How the ids and codes of organisation and catalogue are written. */
export const idPattern = '^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$';

const id = matching(idPattern);

/** What an organisation must look like to be loaded; references are checked by {@link danglingReference}. */
const organisationSchema = record<Organisation>({
  offices: listOf(
    record<Office>({
      id,
      name: text,
      parentId: orNull(id),
      headPostId: id,
      receptionPostId: orNull(id),
      codePrefix: matching('^[A-Z0-9]+([.][A-Z0-9]+)*$'),
      calendarId: orNull(id),
    }),
  ),
  posts: listOf(record<Post>({ id, officeId: id, name: text, roles: listOf(oneOf(roles)) })),
  officials: listOf(record<Official>({ id, name: text, email: orNull(text) })),
  tenures: listOf(record<PostTenure>({ officialId: id, postId: id, from: instant, until: orNull(instant) })),
});

const brokenOrganisation = checkAgainst(organisationSchema, 'organisation');

/**
 * The organisation that a JSON value holds; offices of an older form have no calendar of their own.
 *
 * @throws FieldInvalid naming the first rule broken
 */
export function parseOrganisation(value: unknown): Organisation {
  const { offices } = value as Partial<Organisation>;
  const whole = Array.isArray(offices)
    ? { ...(value as object), offices: offices.map((office: Partial<Office>) => ({ calendarId: null, ...office })) }
    : value;
  const rule = brokenOrganisation(whole);
  if (rule !== null) throw new FieldInvalid('organisation', `breaks a rule: ${rule}`);
  return whole as Organisation;
}

/** Why an organisation cannot be worked with from `now` on, in words for whoever loads it; null when it can. */
export function defectOf(organisation: Organisation, now: Instant): string | null {
  const { offices, posts, officials } = organisation;
  const twice = repeated(idsOf(offices)) ?? repeated(idsOf(posts)) ?? repeated(idsOf(officials));
  if (twice !== null) return `names "${twice}" twice`;
  const dangling = danglingReference(organisation);
  if (dangling !== null) return `leads nowhere: ${dangling}`;
  const circular = offices.find(({ id: office }) => isBelowItself(offices, office));
  if (circular) return `puts office ${circular.id} below itself`;
  const administrators = posts.filter((post) => post.roles.includes('administrator'));
  const isAdministered = administrators.some(({ id: post }) => holderOfPost(organisation, post, now)?.officialId);
  return isAdministered ? null : 'gives nobody a post of administrator now, so that nobody could correct it';
}

/** The first name that stands more than once; null when each stands once. */
function repeated(names: readonly string[]): string | null {
  return names.find((name, index) => names.indexOf(name) !== index) ?? null;
}

function isBelowItself(offices: readonly Office[], start: string): boolean {
  const parentOf = new Map(offices.map(({ id: office, parentId }) => [office, parentId]));
  let above = parentOf.get(start) ?? null;
  for (let steps = 0; above !== null && above !== start && steps <= offices.length; steps += 1) {
    above = parentOf.get(above) ?? null;
  }
  return above !== null;
}

/** The first reference of an organisation that leads nowhere, as `path to what`; null when all lead somewhere. */
function danglingReference({ offices, posts, officials, tenures }: Organisation): string | null {
  const known = {
    office: new Set(idsOf(offices)),
    post: new Set(idsOf(posts)),
    official: new Set(idsOf(officials)),
  };
  const references = [
    ...offices.flatMap(({ id: office, parentId, headPostId, receptionPostId }) => [
      { from: `office ${office}`, kind: 'office' as const, to: parentId },
      { from: `office ${office}`, kind: 'post' as const, to: headPostId },
      { from: `office ${office}`, kind: 'post' as const, to: receptionPostId },
    ]),
    ...posts.map(({ id: post, officeId }) => ({ from: `post ${post}`, kind: 'office' as const, to: officeId })),
    ...tenures.flatMap(({ officialId, postId }) => [
      { from: `tenure of ${officialId}`, kind: 'official' as const, to: officialId },
      { from: `tenure of ${officialId}`, kind: 'post' as const, to: postId },
    ]),
  ];
  const dangling = references.find(({ kind, to }) => to !== null && !known[kind].has(to));
  return dangling ? `${dangling.from} names ${dangling.kind} ${dangling.to ?? ''}` : null;
}

function idsOf(things: readonly { readonly id: string }[]): readonly string[] {
  return things.map(({ id: one }) => one);
}
