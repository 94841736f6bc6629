import type { Question } from '../api/views';
import { answersSaid, questionField, type TypedAnswers } from '../e-form/answers';
import { typedCode } from '../frame/typed-code';
import { papersSaid, type PaperMarks } from '../papers/paper-marks';
import { instantAt, typedDay, typedTime } from '../parts/typed-moment';

/** One thing a command is told, by the name it has in the command's body. */
export type CommandField = { readonly name: string; readonly optional?: true } & (
  | {
      readonly kind:
        | 'reason'
        | 'holder'
        | 'step'
        | 'components'
        | 'papers'
        | 'day'
        | 'moment'
        | 'text'
        | 'fee'
        | 'procedure'
        | 'opinion'
        | 'dossier';
    }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'amount' }
  | { readonly kind: 'e-form' }
);

const reason = { kind: 'reason', name: 'reasonCode' } as const;
const to = { kind: 'holder', name: 'to' } as const;
/** One more than the lawful number needs both. */
const exception = [
  { kind: 'text', name: 'legalBasis', optional: true },
  { kind: 'text', name: 'approvedBy', optional: true },
] as const;
const papers = { kind: 'papers', name: 'papers' } as const;
const currency = { kind: 'choice', name: 'currency', options: ['VND', 'EUR'] } as const;

/** What each command asks for, in the order of the form; every one also takes a remark. The order is that of the menu. */
export const commandForms = {
  'accept-hand-over': [],
  'send-back': [reason],
  accept: [
    { kind: 'holder', name: 'responsible', optional: true },
    { ...papers, optional: true },
  ],
  refuse: [reason],
  'receive-supplement': [{ ...papers, optional: true }],
  'receive-payment': [],
  resume: [],
  acknowledge: [reason, { kind: 'moment', name: 'plannedAt' }],
  'hand-over': [to, { kind: 'step', name: 'step', optional: true }],
  'mark-processed': [{ kind: 'choice', name: 'result', options: ['granted', 'refused'] }],
  return: [
    { kind: 'choice', name: 'to', options: ['applicant', 'representative', 'postal-service', 'online'] },
    {
      kind: 'choice',
      name: 'proof',
      options: ['signature', 'letter-of-authority', 'consignment-note', 'electronic-receipt', 'taken-over'],
    },
  ],
  'request-supplement': [{ kind: 'components', name: 'components' }, reason, ...exception],
  'check-papers': [papers],
  suspend: [reason],
  reassign: [to, reason],
  extend: [{ kind: 'day', name: 'until' }, reason, ...exception],
  'request-opinion': [
    { kind: 'holder', name: 'asked' },
    { kind: 'reason', name: 'questionCode' },
    { kind: 'day', name: 'until', optional: true },
  ],
  'give-opinion': [
    { kind: 'opinion', name: 'opinionId' },
    { kind: 'choice', name: 'outcome', options: ['consent', 'conditions', 'objection'] },
    { kind: 'reason', name: 'reasonCode', optional: true },
  ],
  'request-payment': [{ kind: 'amount', name: 'amountMinor' }, currency],
  'charge-fee': [
    { kind: 'amount', name: 'amountMinor' },
    currency,
    { kind: 'text', name: 'basis' },
    { kind: 'text', name: 'legalBasis' },
    { kind: 'choice', name: 'collectedAt', options: ['acceptance', 'supplement', 'return'] },
  ],
  'pay-fee': [
    { kind: 'fee', name: 'feeId' },
    { kind: 'amount', name: 'amountMinor' },
    { kind: 'text', name: 'receiptNumber' },
    { kind: 'choice', name: 'method', options: ['cash', 'card', 'transfer', 'online'] },
  ],
  'refund-fee': [{ kind: 'fee', name: 'feeId' }, { kind: 'amount', name: 'amountMinor' }, reason],
  'cancel-payment': [reason],
  'cancel-fee': [{ kind: 'fee', name: 'feeId' }, reason],
  'request-withdrawal': [],
  'confirm-withdrawal': [],
  'decline-withdrawal': [reason],
  link: [
    { kind: 'choice', name: 'kind', options: ['resubmission', 'appeal', 'group'] },
    { kind: 'dossier', name: 'otherDossierId' },
  ],
  rebind: [{ kind: 'procedure', name: 'procedureCode' }, reason],
  correct: [
    {
      kind: 'choice',
      name: 'field',
      options: ['applicant.name', 'applicant.phone', 'applicant.email', 'applicant.identityNumber', 'eForm'],
    },
    { kind: 'text', name: 'newValue' },
    reason,
  ],
  stop: [reason],
} as const satisfies Readonly<Record<string, readonly CommandField[]>>;

export type FormName = keyof typeof commandForms;

export function isFormName(name: string): name is FormName {
  return Object.hasOwn(commandForms, name);
}

/** What a command asks for, by what was chosen in it so far: of an e-form all answers are corrected. */
export function fieldsOf(name: FormName, draft: Draft): readonly CommandField[] {
  const fields: readonly CommandField[] = commandForms[name];
  if (name !== 'correct' || draft['field'] !== 'eForm') return fields;
  return fields.map((field) => (field.name === 'newValue' ? { kind: 'e-form', name: 'eForm' } : field));
}

/** What is typed, by field; several values of one field stand on lines of their own, marks of papers and answers as JSON. */
export type Draft = Readonly<Record<string, string>>;

/** What is wrong with a field before desk is asked, as the word that says so. */
type Mistake = 'frame:form.required' | 'frame:form.required-choice' | 'frame:form.date-wrong' | 'frame:form.time-wrong';

/**
 * The body of a command from what was typed, or what must be corrected first. Days and times are those of the office's zone, null for
 * the computer's; `questions` are those of the e-form that is corrected. Another dossier is named by its code.
 */
export function bodyOf(
  fields: readonly CommandField[],
  draft: Draft,
  timeZone: string | null,
  questions: readonly Question[] = [],
): { readonly body: object } | { readonly mistakes: Readonly<Record<string, string>> } {
  const body: Record<string, unknown> = {};
  const mistakes: Record<string, string> = {};
  for (const field of fields) {
    const typed = (draft[field.name] ?? '').trim();
    if (typed === '') {
      if (!field.optional) mistakes[field.name] = isTyped(field) ? 'frame:form.required' : 'frame:form.required-choice';
      continue;
    }
    const said = field.kind === 'e-form' ? answersOf(questions, typed) : valueOf(field, typed, timeZone);
    if ('mistakes' in said) Object.assign(mistakes, said.mistakes);
    else if ('mistake' in said) mistakes[field.name] = said.mistake;
    else body[field.name] = said.value;
  }
  const remark = (draft['remark'] ?? '').trim();
  if (remark !== '') body['remark'] = remark;
  return Object.keys(mistakes).length > 0 ? { mistakes } : { body };
}

/** The answers of an e-form; what is wrong with one of them stands at its question. */
function answersOf(
  questions: readonly Question[],
  typed: string,
):
  { readonly value: object } | { readonly mistake: Mistake } | { readonly mistakes: Readonly<Record<string, string>> } {
  const said = answersSaid(questions, JSON.parse(typed) as TypedAnswers);
  if ('answers' in said) return said.answers ? { value: said.answers } : { mistake: 'frame:form.required' };
  const atQuestions = Object.entries(said.mistakes).map(([name, word]) => [questionField(name), word] as const);
  return { mistakes: Object.fromEntries(atQuestions) };
}

function valueOf(
  { kind }: Exclude<CommandField, { readonly kind: 'e-form' }>,
  typed: string,
  timeZone: string | null,
): { readonly value: unknown } | { readonly mistake: Mistake } {
  switch (kind) {
    case 'holder': {
      const [officialId, postId] = typed.split('|');
      return { value: { officialId, postId } };
    }
    case 'components':
      return { value: typed.split('\n') };
    case 'papers':
      return { value: papersSaid(JSON.parse(typed) as PaperMarks) };
    case 'amount': {
      const digits = typed.replaceAll(/[ .,]/g, '');
      return /^\d+$/.test(digits) ? { value: Number(digits) } : { mistake: 'frame:form.required' };
    }
    case 'day': {
      const day = typedDay(typed);
      return day === null ? { mistake: 'frame:form.date-wrong' } : { value: day };
    }
    case 'moment': {
      const [dayTyped = '', timeTyped = ''] = typed.split(' ');
      const [day, time] = [typedDay(dayTyped), typedTime(timeTyped)];
      if (day === null) return { mistake: 'frame:form.date-wrong' };
      return time === null ? { mistake: 'frame:form.time-wrong' } : { value: instantAt(day, time, timeZone) };
    }
    case 'dossier': {
      const code = typedCode(typed);
      return code === null ? { mistake: 'frame:form.required' } : { value: code };
    }
    case 'reason':
    case 'step':
    case 'text':
    case 'fee':
    case 'procedure':
    case 'opinion':
    case 'choice':
      return { value: typed };
  }
}

function isTyped({ kind }: CommandField): boolean {
  return kind === 'text' || kind === 'dossier' || kind === 'day' || kind === 'moment' || kind === 'amount';
}

/** The field of a form that a service means by a path such as `to.officialId`; null where the form has none of that name. */
export function fieldMeant(fields: readonly CommandField[], path: string): string | null {
  const names = [...fields.map(({ name }) => name), 'remark'];
  return names.find((name) => path === name || path.startsWith(`${name}.`)) ?? null;
}
