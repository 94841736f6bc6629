import type { Limit } from '#calendar';
import { dueInstantNames, schema, tells } from '#contracts';
import type { Office, Official, Organisation, Post, PostTenure } from './organisation';
import { roles } from './policy';
import type { LadderOffset, LadderRung, ProcedureVersion, ServiceLevel, Step } from './procedure';

const { instant, integer, listOf, matching, oneOf, orNull, record, text } = schema;

const id = matching('^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$');

/** What an organisation must look like to be loaded; references are checked by {@link danglingReference}. */
export const organisationSchema = record<Organisation>({
  offices: listOf(
    record<Office>({
      id,
      name: text,
      parentId: orNull(id),
      headPostId: id,
      receptionPostId: orNull(id),
      codePrefix: matching('^[A-Z0-9]+([.][A-Z0-9]+)*$'),
    }),
  ),
  posts: listOf(record<Post>({ id, officeId: id, name: text, roles: listOf(oneOf(roles)) })),
  officials: listOf(record<Official>({ id, name: text, email: orNull(text) })),
  tenures: listOf(record<PostTenure>({ officialId: id, postId: id, from: instant, until: orNull(instant) })),
});

const limit = record<Limit>({
  amount: integer(1),
  unit: oneOf(['WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH']),
});

const ladderOffset = record<LadderOffset>({
  side: oneOf(['before', 'after']),
  amount: integer(1),
  unit: oneOf(['WORKING_HOUR', 'WORKING_DAY']),
});

/** What a procedure version must look like to be loaded. */
export const procedureVersionSchema = record<ProcedureVersion>({
  code: id,
  version: integer(1),
  name: text,
  calendarId: id,
  serviceLevel: record<ServiceLevel>({
    kind: oneOf(['computed', 'given']),
    legalLimit: orNull(limit),
    appointmentLimit: orNull(limit),
    acceptanceLimit: orNull(limit),
    maxSupplements: integer(),
    maxExtensions: integer(),
    steps: listOf(record<Step>({ code: id, limit: orNull(limit) })),
    ladder: listOf(
      record<LadderRung>({ name: id, of: oneOf(dueInstantNames), offset: orNull(ladderOffset), tell: oneOf(tells) }),
    ),
  }),
});

/** The first reference of an organisation that leads nowhere, as `path to what`; null when all lead somewhere. */
export function danglingReference({ offices, posts, officials, tenures }: Organisation): string | null {
  const known = { office: ids(offices), post: ids(posts), official: ids(officials) };
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

function ids(things: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(things.map(({ id: one }) => one));
}
