import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { wallTimeInWords } from '#calendar';
import type { Language, Localized } from '#contracts';
import type { Punctuality, TrackingBookRow } from '#domain';
import { formNumberWords, pageWords, stateHeading, unknown } from '../printing/words';
import type { TrackingBookView } from './tracking-book';

/** The tracking book on A4, landscape, its heading on every page: it is bound, and read by column. */
export function bookPaperOf(book: TrackingBookView, language: Language): TDocumentDefinitions {
  const { timeZone, from, until, asOf } = book;
  const at = (instant: string) => wallTimeInWords(instant, timeZone, language);
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [28, 28, 28, 34],
    language,
    info: { title: title[language], author: book.office, creationDate: new Date(asOf) },
    defaultStyle: { font: 'Roboto', fontSize: 8, lineHeight: 1.1 },
    footer: (page, pages) => ({
      text: `${asOfWords[language]} ${at(asOf)}   ·   ${pageWords[language]} ${page}/${pages}`,
      alignment: 'center',
      fontSize: 7,
      margin: [0, 10, 0, 0],
    }),
    content: [
      headOf(book, language),
      {
        alignment: 'center',
        margin: [0, 8, 0, 8],
        stack: [
          { text: title[language].toLocaleUpperCase(language), bold: true, fontSize: 12 },
          { text: `${at(from)} – ${at(until)}`, italics: true },
        ],
      },
      book.rows.length === 0 ? { text: nothing[language], alignment: 'center' } : tableOf(book, language),
    ],
  };
}

function headOf({ regulation, number, office }: TrackingBookView, language: Language): Content {
  const { state, motto } = stateHeading[regulation];
  const numbered = number === null ? regulation : `${formNumberWords[language]} ${number} · ${regulation}`;
  return {
    columns: [
      { width: '*', text: office, bold: true },
      {
        width: '*',
        alignment: 'center',
        stack: [
          { text: state[language], bold: true },
          { text: motto[language], bold: true },
        ],
      },
      { width: '*', text: numbered, alignment: 'right', italics: true, fontSize: 7 },
    ],
  };
}

function tableOf({ rows, timeZone }: TrackingBookView, language: Language): Content {
  const at = (instant: string | null) => (instant === null ? '' : wallTimeInWords(instant, timeZone, language));
  const headings = columns.map(({ heading }): TableCell => ({ text: heading[language], bold: true }));
  const body = rows.map((row, index) =>
    columns.map(({ of }): TableCell => ({ text: of({ row, index, language, at }) })),
  );
  return {
    fontSize: 7.5,
    layout: { hLineWidth: () => 0.5, vLineWidth: () => 0.5 },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body: [headings, ...body],
    },
  };
}

interface Line {
  readonly row: TrackingBookRow;
  readonly index: number;
  readonly language: Language;
  readonly at: (instant: string | null) => string;
}

interface BookColumn {
  readonly heading: Localized;
  readonly width: number | '*' | 'auto';
  readonly of: (line: Line) => string;
}

const columns: readonly BookColumn[] = [
  { heading: words('TT', 'No.', 'Nr.'), width: 18, of: ({ index }) => String(index + 1) },
  { heading: words('Mã hồ sơ', 'Dossier code', 'Aktenzeichen'), width: 74, of: ({ row }) => row.code },
  { heading: words('Tên thủ tục hành chính', 'Procedure', 'Verfahren'), width: '*', of: procedure },
  { heading: words('Tên cá nhân, tổ chức', 'Submitted by', 'Eingereicht von'), width: 84, of: name },
  { heading: words('Địa chỉ, số điện thoại', 'Address, phone', 'Anschrift, Telefon'), width: 96, of: contact },
  { heading: words('Cơ quan giải quyết', 'Decided by', 'Entscheidende Stelle'), width: 70, of: decidedBy },
  {
    heading: words('Hình thức nộp', 'Channel', 'Eingangsweg'),
    width: 44,
    of: ({ row, language }) => row.channel[language],
  },
  { heading: words('Nhận hồ sơ', 'Received', 'Eingegangen'), width: 52, of: ({ row, at }) => at(row.receivedAt) },
  { heading: words('Hẹn trả kết quả', 'Due', 'Fällig'), width: 52, of: due },
  { heading: words('Có kết quả', 'Result there', 'Ergebnis am'), width: 52, of: ({ row, at }) => at(row.processedAt) },
  { heading: words('Trả kết quả', 'Handed over', 'Ausgehändigt'), width: 52, of: ({ row, at }) => at(row.endedAt) },
  { heading: words('Ghi chú', 'Note', 'Vermerk'), width: 54, of: note },
];

function procedure({ row, language }: Line): string {
  return row.procedure[language];
}

function name({ row }: Line): string {
  return row.applicant?.name ?? unknown;
}

function contact({ row }: Line): string {
  return [row.applicant?.address, row.applicant?.phone].filter(Boolean).join(', ');
}

function decidedBy({ row }: Line): string {
  return row.decidingOffice ?? '';
}

/** A date that was moved stands below the one on the receipt: the first is what was promised. */
function due({ row, at }: Line): string {
  const moved = row.dueAt !== row.firstDueAt;
  return [at(row.firstDueAt), ...(moved ? [`→ ${at(row.dueAt)}`] : [])].join('\n');
}

function note({ row, language }: Line): string {
  return [row.status[language], ...(row.outcome === null ? [] : [outcomes[row.outcome][language]])].join('\n');
}

const outcomes: Readonly<Record<Punctuality, Localized>> = {
  early: words('trước hạn', 'early', 'vor der Frist'),
  'on-time': words('đúng hạn', 'on time', 'fristgerecht'),
  late: words('quá hạn', 'late', 'verspätet'),
};

const title = words('Sổ theo dõi hồ sơ', 'Tracking book', 'Eingangsbuch');
const asOfWords = words('Lập lúc', 'As of', 'Stand');
const nothing = words(
  'Không tiếp nhận hồ sơ nào trong kỳ này.',
  'Nothing was received in this period.',
  'In diesem Zeitraum ist nichts eingegangen.',
);

function words(vi: string, en: string, de: string): Localized {
  return { vi, en, de };
}
