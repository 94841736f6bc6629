import { limitInWords, type Limit } from '#calendar';
import { channels, type Channel, type Language, type Localized } from '#contracts';
import { questionsOf, type Component, type EForm, type Fee, type ProcedureKind, type ProcedureVersion } from '#domain';

/** A procedure as whoever takes a dossier in must know it. */
export interface ProcedureView {
  readonly code: string;
  readonly version: number;
  readonly kind: ProcedureKind;
  readonly names: Localized;
  /** Code of its field; null where the procedure does not say. */
  readonly field: string | null;
  /** The papers of a dossier. */
  readonly components: readonly Component[];
  readonly checklist: readonly Localized[];
  /** What may be answered on the screen instead of on paper, in the order in which it is asked; null: nothing. */
  readonly eForm: readonly QuestionView[] | null;
  /** Null where nothing is charged. */
  readonly fee: Fee | null;
  /** How a dossier may come in. */
  readonly channels: readonly Channel[];
  /** What it may take by law, in words; null where no law says. */
  readonly legalLimit: string | null;
  /** What the receipt promises, in words; null where it promises the legal limit. */
  readonly appointmentLimit: string | null;
  /** Its steps in their order, each with its limit in words. */
  readonly steps: readonly { readonly code: string; readonly limit: string | null }[];
  /** Made up or unchecked: nobody may rely on it. */
  readonly sample: boolean;
}

/** One question of an e-form. What does not apply to its kind is null. */
export interface QuestionView {
  readonly name: string;
  readonly titles: Localized;
  /** `day` is answered with `YYYY-MM-DD`, `choice` with the `code` of an option, `yes-no` with a boolean. */
  readonly kind: 'text' | 'day' | 'choice' | 'whole-number' | 'yes-no';
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly options: readonly { readonly code: string; readonly titles: Localized }[] | null;
}

/** The questions of a form in the order in which they are asked. */
export function questionViewsOf(form: EForm): readonly QuestionView[] {
  return questionsOf(form).map(({ name, field, isRequired }) => ({
    name,
    titles: field.titles,
    kind: kindOf(field),
    required: isRequired,
    maxLength: 'maxLength' in field ? field.maxLength : null,
    options: 'oneOf' in field ? field.oneOf.map((one) => ({ code: one.const, titles: one.titles })) : null,
  }));
}

function kindOf(field: EForm['properties'][string]): QuestionView['kind'] {
  if (field.type === 'boolean') return 'yes-no';
  if (field.type === 'integer') return 'whole-number';
  if ('format' in field) return 'day';
  return 'oneOf' in field ? 'choice' : 'text';
}

/** One procedure in the words of a language. One in the older form is called the same in each, and offers every channel. */
export function procedureViewOf(procedure: ProcedureVersion, language: Language): ProcedureView {
  const { code, version, name, description, serviceLevel } = procedure;
  const { legalLimit, appointmentLimit, steps, counting } = serviceLevel;
  const inWords = (limit: Limit | null) => limit && limitInWords(limit, counting, language);
  return {
    code,
    version,
    kind: description?.kind ?? 'service',
    names: description?.names ?? { vi: name, en: name, de: name },
    field: description?.field ?? null,
    components: description?.components ?? [],
    checklist: description?.checklist ?? [],
    eForm: description?.eForm ? questionViewsOf(description.eForm) : null,
    fee: description?.fee ?? null,
    channels: description?.channels ?? channels,
    legalLimit: inWords(legalLimit),
    appointmentLimit: inWords(appointmentLimit),
    steps: steps.map((step) => ({ code: step.code, limit: inWords(step.limit) })),
    sample: description?.sample ?? false,
  };
}
