import type { ProcedureInForce } from '../api/views';

/** What is typed, each under its path in the request. */
export const typedFields = [
  'procedureCode',
  'channel',
  'about',
  'applicant.name',
  'applicant.phone',
  'applicant.identityNumber',
  'applicant.email',
  'applicant.address',
  'language',
] as const;
export type TypedField = (typeof typedFields)[number];

export const paperStates = ['not-looked-at', 'present', 'missing'] as const;
/** Whether a paper lies there: not having looked is another thing than that it is missing. */
export type PaperState = (typeof paperStates)[number];

/** An intake that was begun. All of it is personal data until it is sent. */
export interface IntakeDraft {
  /** Idempotency-Key of every attempt to send it. */
  readonly key: string;
  readonly values: Readonly<Record<TypedField, string>>;
  /** By the component's code; what is not in it has not been looked at. */
  readonly papers: Readonly<Record<string, PaperState>>;
  /** What was sent and has no answer yet: whether it was taken in is not known, so only the same may be sent again. */
  readonly unanswered: object | null;
}

export function newDraft(key: string): IntakeDraft {
  const values = Object.fromEntries(typedFields.map((field) => [field, ''])) as Record<TypedField, string>;
  return { key, values: { ...values, channel: 'desk', language: 'vi' }, papers: {}, unanswered: null };
}

/** What must be corrected, as the word that says so; by the field's name, a paper's is `papers.<code>`. */
export type Mistakes = Readonly<Record<string, string>>;

/** As desk checks them. */
const patterns: Partial<Record<TypedField, { readonly rule: RegExp; readonly word: string }>> = {
  'applicant.phone': { rule: /^\+?[0-9 ]{6,20}$/, word: 'wrong.phone' },
  'applicant.identityNumber': { rule: /^[0-9A-Z]{6,20}$/, word: 'wrong.identity-number' },
  'applicant.email': { rule: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, word: 'wrong.email' },
};

/** The request to take the dossier in, or what must be corrected first. */
export function requestOf(
  { values, papers }: IntakeDraft,
  procedure: ProcedureInForce | null,
): { readonly body: object } | { readonly mistakes: Mistakes } {
  const mistakes = { ...mistakesOf(values, procedure), ...paperMistakes(papers, values.channel, procedure) };
  if (Object.keys(mistakes).length > 0) return { mistakes };
  const about = aboutOf(values.about);
  return {
    body: {
      procedureCode: values.procedureCode,
      channel: values.channel,
      applicant: applicantOf(values),
      language: values.language,
      ...(about && procedure?.kind !== 'service' && { about }),
    },
  };
}

const marks = ['applicant.name', 'applicant.phone', 'applicant.identityNumber'] as const;

/** By what an applicant is known again; null until there is a name with a number. */
export function marksTyped(values: IntakeDraft['values']): object | null {
  const [name, ...numbers] = marks.map((field) => values[field].trim());
  const mistakes = mistakesOf(values, null);
  const isEnough = name !== '' && numbers.some((number) => number !== '') && !marks.some((field) => field in mistakes);
  return isEnough ? applicantOf(values, marks) : null;
}

function applicantOf(values: IntakeDraft['values'], of: readonly TypedField[] = typedFields): object {
  const said = of.flatMap((field) => {
    const [part, name] = field.split('.');
    return part === 'applicant' && name && values[field].trim() !== '' ? [[name, values[field].trim()]] : [];
  });
  return Object.fromEntries(said) as object;
}

/** `official|tran-van-binh` or `office|do-luong-land`. */
function aboutOf(value: string): object | null {
  const [kind, id] = value.split('|');
  return id === undefined ? null : { [kind === 'office' ? 'officeId' : 'officialId']: id };
}

function mistakesOf(values: IntakeDraft['values'], procedure: ProcedureInForce | null): Mistakes {
  const mistakes: Record<string, string> = {};
  if (values.procedureCode === '' || procedure === null) mistakes['procedureCode'] = 'wrong.procedure';
  if (procedure && !procedure.channels.some((one) => one === values.channel)) mistakes['channel'] = 'wrong.channel';
  if (procedure?.kind === 'complaint' && values.about === '') mistakes['about'] = 'frame:form.required-choice';
  if (values['applicant.name'].trim() === '') mistakes['applicant.name'] = 'frame:form.required';
  for (const field of typedFields) {
    const pattern = patterns[field];
    const typed = values[field].trim();
    if (pattern && typed !== '' && !pattern.rule.test(typed)) mistakes[field] = pattern.word;
  }
  return mistakes;
}

/**
 * Every required paper must have been looked at. One that is missing sends the applicant home from the desk; what came by post or
 * e-mail is here already, and the paper is asked for afterwards.
 */
function paperMistakes(papers: IntakeDraft['papers'], channel: string, procedure: ProcedureInForce | null): Mistakes {
  const said = (procedure?.components ?? []).flatMap(({ code, required }) => {
    if (!required) return [];
    const state = papers[code] ?? 'not-looked-at';
    if (state === 'not-looked-at') return [[paperField(code), 'wrong.not-looked-at']];
    return state === 'missing' && channel === 'desk' ? [[paperField(code), 'wrong.missing']] : [];
  });
  return Object.fromEntries(said) as Mistakes;
}

/** The name of a paper's field. */
export function paperField(code: string): string {
  return `papers.${code}`;
}

/** The field that a service means by a path such as `about.officeId`; null where the form has none of that name. */
export function fieldMeantBy(path: string): TypedField | null {
  return typedFields.find((name) => path === name || path.startsWith(`${name}.`)) ?? null;
}
