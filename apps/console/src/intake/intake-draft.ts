import { answersSaid, questionField, type TypedAnswers } from '../e-form/answers';
import type { Language } from '../words/words';
import type { ProcedureInForce } from '../api/views';
import { markOf, paperField, papersSaid, type PaperMarks, type PaperToMark } from '../papers/paper-marks';

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

/** An intake that was begun. All of it is personal data until it is sent. */
export interface IntakeDraft {
  /** Idempotency-Key of every attempt to send it. */
  readonly key: string;
  readonly values: Readonly<Record<TypedField, string>>;
  readonly papers: PaperMarks;
  readonly answers: TypedAnswers;
  /** What was sent and has no answer yet: whether it was taken in is not known, so only the same may be sent again. */
  readonly unanswered: object | null;
}

export function newDraft(key: string): IntakeDraft {
  const values = Object.fromEntries(typedFields.map((field) => [field, ''])) as Record<TypedField, string>;
  return { key, values: { ...values, channel: 'desk', language: 'vi' }, papers: {}, answers: {}, unanswered: null };
}

/** What must be corrected, as the word that says so; by the field's name, a paper's is `papers.<code>`, a question's `eForm.<name>`. */
export type Mistakes = Readonly<Record<string, string>>;

/** As desk checks them. */
const patterns: Partial<Record<TypedField, { readonly rule: RegExp; readonly word: string }>> = {
  'applicant.phone': { rule: /^\+?[0-9 ]{6,20}$/, word: 'wrong.phone' },
  'applicant.identityNumber': { rule: /^[0-9A-Z]{6,20}$/, word: 'wrong.identity-number' },
  'applicant.email': { rule: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, word: 'wrong.email' },
};

/** The request to take the dossier in, or what must be corrected first. */
export function requestOf(
  { values, papers, answers }: IntakeDraft,
  procedure: ProcedureInForce | null,
): { readonly body: object } | { readonly mistakes: Mistakes } {
  const said = answersSaid(procedure?.eForm ?? [], answers);
  const mistakes = {
    ...mistakesOf(values, procedure),
    ...paperMistakes(papers, values.channel, procedure),
    ...('mistakes' in said && atQuestions(said.mistakes)),
  };
  if (Object.keys(mistakes).length > 0) return { mistakes };
  const about = aboutOf(values.about);
  return {
    body: {
      procedureCode: values.procedureCode,
      channel: values.channel,
      applicant: applicantOf(values),
      language: values.language,
      papers: papersSaid(papers),
      ...('answers' in said && said.answers && { eForm: said.answers }),
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
  const said = (procedure ? papersToMark(procedure, 'vi') : []).flatMap((paper) => {
    const { state, originals, copies } = markOf(paper, papers);
    const field = paperField(paper.component);
    if (state === 'present' && Number(originals) + Number(copies) === 0) return [[field, 'wrong.not-counted']];
    if (!paper.asked?.required) return [];
    if (state === 'not-looked-at') return [[field, 'wrong.not-looked-at']];
    return state === 'missing' && channel === 'desk' ? [[field, 'wrong.missing']] : [];
  });
  return Object.fromEntries(said) as Mistakes;
}

function atQuestions(mistakes: Mistakes): Mistakes {
  return Object.fromEntries(Object.entries(mistakes).map(([name, word]) => [questionField(name), word]));
}

/** The papers of a procedure before anybody looked. */
export function papersToMark({ components }: ProcedureInForce, language: Language): readonly PaperToMark[] {
  return components.map(({ code, name, originals, copies, required }) => ({
    component: code,
    name: name[language],
    state: 'not-looked-at',
    originals: 0,
    copies: 0,
    asked: { originals, copies, required },
  }));
}

/** The field that a service means by a path such as `about.officeId`; null where the form has none of that name. */
export function fieldMeantBy(path: string): string | null {
  if (path.startsWith(questionField(''))) return path;
  return typedFields.find((name) => path === name || path.startsWith(`${name}.`)) ?? null;
}
