import type { EFormAnswer, Question } from '../api/views';
import { typedDay } from '../parts/typed-moment';
import type { Language } from '../words/words';

/** What is typed into an e-form, by question; `true` and `false` for yes and no. */
export type TypedAnswers = Readonly<Record<string, string>>;

/**
 * The answers as a request says them, or what must be corrected, as a word, by question. Null where nothing was typed: then the
 * applicant has filled in the form on paper.
 */
export function answersSaid(
  questions: readonly Question[],
  typed: TypedAnswers,
): { readonly answers: object | null } | { readonly mistakes: Readonly<Record<string, string>> } {
  const given = questions.map((question) => ({ question, text: (typed[question.name] ?? '').trim() }));
  if (given.every(({ text }) => text === '')) return { answers: null };
  const answers: Record<string, unknown> = {};
  const mistakes: Record<string, string> = {};
  for (const { question, text } of given) {
    const said = text === '' ? nothing(question) : valueOf(question, text);
    if ('mistake' in said) mistakes[question.name] = said.mistake;
    else if (said.value !== undefined) answers[question.name] = said.value;
  }
  return Object.keys(mistakes).length > 0 ? { mistakes } : { answers };
}

type Said = { readonly value: unknown } | { readonly mistake: string };

function nothing({ required, kind }: Question): Said {
  if (!required) return { value: undefined };
  const isChosen = kind === 'choice' || kind === 'yes-no';
  return { mistake: isChosen ? 'frame:form.required-choice' : 'frame:form.required' };
}

function valueOf({ kind }: Question, text: string): Said {
  switch (kind) {
    case 'day': {
      const day = typedDay(text);
      return day === null ? { mistake: 'frame:form.date-wrong' } : { value: day };
    }
    case 'whole-number':
      return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : { mistake: 'e-form:not-a-number' };
    case 'yes-no':
      return { value: text === 'true' };
    case 'text':
    case 'choice':
      return { value: text };
  }
}

/** What stands in the fields of a form for answers that were given. */
export function typedOf(answers: readonly EFormAnswer[]): TypedAnswers {
  return Object.fromEntries(answers.map(({ name, value }) => [name, dayTyped(String(value))]));
}

/** An answer as a request says it, in words of a language; a dash for none. */
export function answerInWords(
  { kind, options }: Question,
  value: EFormAnswer['value'] | undefined,
  { language, yes, no }: { readonly language: Language; readonly yes: string; readonly no: string },
): string {
  if (value === undefined) return '–';
  if (kind === 'yes-no') return value === true ? yes : no;
  const text = String(value);
  if (kind === 'choice') return options?.find(({ code }) => code === text)?.titles[language] ?? text;
  return kind === 'day' ? dayTyped(text) : text;
}

/** A day as people here write it; whatever is none as it is. */
function dayTyped(text: string): string {
  return text.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1');
}

/** The name of a question's field. */
export function questionField(name: string): string {
  return `eForm.${name}`;
}
