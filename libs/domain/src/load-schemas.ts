import { firstDefectAgainst, schema } from '#contracts';
import { fourEyesActs } from './conditions';
import { FieldInvalid } from './errors';
import {
  mandateActions,
  type Absence,
  type Deputy,
  type Mandate,
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

/** What an organisation must look like to be loaded; references are checked by {@link organisationDefects}. */
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
      validFrom: orNull(instant),
      validUntil: orNull(instant),
      successorId: orNull(id),
      committeePostId: orNull(id),
      phone: orNull(matching('^[0-9+][0-9 ().+-]{2,29}$')),
    }),
  ),
  posts: listOf(record<Post>({ id, officeId: id, name: text, roles: listOf(oneOf(roles)) })),
  officials: listOf(record<Official>({ id, name: text, email: orNull(text) })),
  tenures: listOf(record<PostTenure>({ officialId: id, postId: id, from: instant, until: orNull(instant) })),
  deputies: listOf(record<Deputy>({ postId: id, deputyPostId: id, from: instant, until: orNull(instant) })),
  absences: listOf(record<Absence>({ officialId: id, from: instant, until: orNull(instant) })),
  mandates: listOf(
    record<Mandate>({
      officialId: orNull(id),
      postId: orNull(id),
      action: oneOf(mandateActions),
      procedureCode: orNull(id),
      officeId: id,
      from: instant,
      until: orNull(instant),
      legalBasis: text,
    }),
  ),
  fourEyes: listOf(oneOf(fourEyesActs)),
});

const defectOfForm = firstDefectAgainst(organisationSchema);

/** What an office of an older form leaves out. */
const olderOffice = {
  calendarId: null,
  validFrom: null,
  validUntil: null,
  successorId: null,
  committeePostId: null,
  phone: null,
};
const olderMandate = { officialId: null, postId: null, procedureCode: null };

/**
 * The organisation that a JSON value holds. In an older form offices have no calendar of their own, no end, no successor and no telephone,
 * and there are no deputies, absences and mandates, and nothing takes two persons.
 *
 * @throws FieldInvalid naming the first rule broken and the field, by its path: `offices.3.name`
 */
export function parseOrganisation(value: unknown): Organisation {
  const whole = schema.isObject(value) ? wholeOrganisation(value) : value;
  const defect = defectOfForm(whole);
  if (defect !== null) throw new FieldInvalid(defect.path.join('.') || 'organisation', defect.rule);
  return whole as Organisation;
}

function wholeOrganisation(given: Partial<Organisation>): object {
  const { offices, mandates = [] } = given;
  return {
    deputies: [],
    absences: [],
    fourEyes: [],
    ...given,
    offices: each(offices, olderOffice),
    mandates: each(mandates, olderMandate),
  };
}

/** What is no list is left for the schema to refuse. */
function each(list: unknown, older: object): unknown {
  return Array.isArray(list) ? list.map((one: object) => ({ ...older, ...one })) : list;
}
