import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { wallTimeInWords } from '#calendar';
import type { Language } from '#contracts';
import type { Form, FormField, FormFieldName } from '#domain';
import { moneyInWords } from '../notices/money';
import {
  formNumberWords,
  pageWords,
  scanWords,
  secretWords,
  signatures,
  signatureWords,
  signHere,
  stateHeading,
  unknown,
} from './words';

/** How a form goes on paper. */
export interface Printing {
  readonly language: Language;
  /** What the code to scan says; null where there is nothing to scan. */
  readonly scanned: string | null;
  /** What the applicant types beside the dossier's code where they cannot scan; null where nothing can be looked up. */
  readonly secret: string | null;
}

/** Of these the head, the title and the end of the paper speak. */
const elsewhere: readonly FormFieldName[] = ['agency', 'office', 'code', 'author', 'authorPost', 'signer'];

/** The dates that people keep the paper for. */
const promises: readonly FormFieldName[] = ['dueAt', 'newDueAt'];

/** A filled-in form on A5, in one language. It says what the form says and nothing else, so that it can be made again at any time. */
export function paperOf(form: Form, printing: Printing): TDocumentDefinitions {
  const { language } = printing;
  const title = form.title[language];
  const told = { ...printing, form };
  return {
    pageSize: 'A5',
    pageMargins: [34, 30, 34, 36],
    language,
    info: { title, author: textOf('office', form) ?? '', creationDate: new Date(form.issuedAt) },
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.15 },
    footer: (page, pages) => ({
      text: [codeOf(told), `${pageWords[language]} ${page}/${pages}`].filter((part) => part !== null).join('   ·   '),
      alignment: 'center',
      fontSize: 7,
      margin: [0, 12, 0, 0],
    }),
    content: [
      head(told),
      titleOf(title, told),
      ...form.fields.filter(isInTheBody).map((one) => body(one, told)),
      end(told),
    ],
  };
}

/** What is printed, and how. */
interface Told extends Printing {
  readonly form: Form;
}

function head({ form, language }: Told): Content {
  const { state, motto } = stateHeading[form.regulation];
  const numbered = `${formNumberWords[language]} ${form.number} · ${form.regulation}`;
  return {
    stack: [
      { text: numbered, alignment: 'right', italics: true, fontSize: 7, margin: [0, 0, 0, 4] },
      {
        columns: [
          centred(
            [(textOf('agency', form) ?? unknown).toLocaleUpperCase(language), textOf('office', form) ?? unknown],
            150,
          ),
          centred([state[language], motto[language]], '*'),
        ],
        columnGap: 10,
      },
    ],
  };
}

function centred([first, second]: readonly [string, string], width: number | '*'): Column {
  return {
    width,
    alignment: 'center',
    stack: [
      { text: first, fontSize: 7.5, bold: true },
      { text: second, fontSize: 8, bold: true },
      { text: '―――――', fontSize: 6 },
    ],
  };
}

function titleOf(title: string, told: Told): Content {
  const { form, language } = told;
  const code = codeOf(told);
  return {
    alignment: 'center',
    margin: [0, 10, 0, 8],
    stack: [
      { text: title.toLocaleUpperCase(language), bold: true, fontSize: 12 },
      ...(code === null
        ? []
        : [{ text: code, bold: true, fontSize: 10, margin: [0, 2, 0, 0] as [number, number, number, number] }]),
      { text: wallTimeInWords(form.issuedAt, form.timeZone, language), italics: true, fontSize: 8 },
    ],
  };
}

function body(field: FormField, told: Told): Content {
  const label = field.label[told.language];
  const [first] = field.type === 'table' ? field.value : [];
  if (field.type === 'table' && first) return tableOf(field.value, first, label, told);
  const isPromise = promises.includes(field.name);
  return {
    columns: [
      { width: 124, text: label, color: '#333333' },
      { width: '*', text: written(field, told), bold: isPromise, ...(isPromise && { fontSize: 11 }) },
    ],
    columnGap: 8,
    margin: [0, 0, 0, 3],
  };
}

type Rows = readonly (readonly FormField[])[];

function tableOf(rows: Rows, first: Rows[number], label: string, told: Told): Content {
  const headings = first.map((one): TableCell => ({ text: one.label[told.language], bold: true }));
  return {
    margin: [0, 2, 0, 6],
    stack: [
      { text: label, color: '#333333', margin: [0, 0, 0, 2] },
      {
        fontSize: 8,
        layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: ['*', ...first.slice(1).map(() => 'auto' as const)],
          body: [headings, ...rows.map((row) => row.map((one): TableCell => ({ text: written(one, told) })))],
        },
      },
    ],
  };
}

/** The code to scan beside the names under the paper; none of it may stand alone on a page. */
function end(told: Told): Content {
  const { form, language, scanned, secret } = told;
  const code: Column[] =
    scanned === null
      ? []
      : [
          {
            width: 96,
            stack: [
              { qr: scanned, fit: 84, eccLevel: 'M' },
              { text: scanWords[language], fontSize: 7, margin: [0, 3, 0, 0] },
              ...(secret === null ? [] : [{ text: `${secretWords[language]}: ${secret}`, fontSize: 7 }]),
            ],
          },
        ];
  const signed = signatures[form.kind].map((who) => signature(who, told));
  return {
    unbreakable: true,
    margin: [0, 10, 0, 0],
    columnGap: 8,
    columns: [...code, ...(signed.length === 1 ? [{ width: '*', text: '' }] : []), ...signed],
  };
}

function signature(who: 'submitter' | 'author', { form, language }: Told): Column {
  const name = who === 'submitter' ? textOf('applicantName', form) : (textOf('author', form) ?? textOf('signer', form));
  const post = who === 'author' ? textOf('authorPost', form) : null;
  return {
    width: '*',
    alignment: 'center',
    stack: [
      { text: signatureWords[who][language], bold: true, fontSize: 8 },
      { text: signHere[language], italics: true, fontSize: 7, margin: [0, 0, 0, 34] },
      { text: name ?? unknown, bold: true },
      ...(post === null ? [] : [{ text: post, fontSize: 8 }]),
    ],
  };
}

function written(field: FormField, told: Told): string {
  const { form, language } = told;
  if (field.value === null) return unknown;
  switch (field.type) {
    case 'text':
      return field.value;
    case 'words':
      return field.value[language];
    case 'instant':
      return wallTimeInWords(field.value, form.timeZone, language);
    case 'number':
      return String(field.value);
    case 'amount':
      return moneyInWords(field.value.amountMinor, field.value.currency, language);
    case 'list':
      return field.value.join('; ');
    case 'table': // One without rows stands among the fields; another is printed as what it is.
      return field.value.flatMap((row) => row.map((one) => written(one, told))).join('; ') || unknown;
  }
}

function isInTheBody({ name }: FormField): boolean {
  return !elsewhere.includes(name);
}

function codeOf({ form }: Told): string | null {
  return textOf('code', form);
}

/** What a field of a form says; null where it has none, or nothing to say. */
export function textOf(name: FormFieldName, form: Form): string | null {
  const found = form.fields.find((one) => one.name === name);
  return found?.type === 'text' ? found.value : null;
}
