import { checkAgainst, inEveryLanguage, localizedSchema, schema, type Localized } from '#contracts';
import { FieldInvalid } from '../errors';

const { listOf, matching, record } = schema;

/** What the code of a reason says to a citizen. */
export interface Reason {
  readonly code: string;
  readonly text: Localized;
}

/** The reasons that forms can say, by code. */
export type ReasonCatalogue = ReadonlyMap<string, Localized>;

/** A file of reasons, `catalogue/reasons`. */
export const reasonsSchema = listOf(
  record<Reason>({ code: matching('^[a-z][a-z0-9-]{1,63}$'), text: localizedSchema }),
);

const brokenReasons = checkAgainst(reasonsSchema, 'reasons');

/** The reasons that a JSON value holds. @throws FieldInvalid naming the first rule broken, or a code that stands twice */
export function parseReasons(value: unknown): ReasonCatalogue {
  const rule = brokenReasons(value);
  if (rule !== null) throw new FieldInvalid('reasons', `break a rule: ${rule}`);
  const reasons = value as readonly Reason[];
  const catalogue = new Map(reasons.map(({ code, text }) => [code, text]));
  const twice = reasons.find(({ code }, index) => reasons.findIndex((one) => one.code === code) < index);
  if (twice) throw new FieldInvalid('reasons', `name "${twice.code}" twice`);
  return catalogue;
}

/** What a reason says to a citizen: its text, else what was written with it; null where neither says anything. */
export function inWords(reasons: ReasonCatalogue, code: string, remark: string | null): Localized | null {
  return reasons.get(code) ?? (remark === null ? null : inEveryLanguage(remark));
}
