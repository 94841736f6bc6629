import type { Instant } from '#calendar';
import type { Localized } from '#contracts';

/**
 * One field of a form. `text` is as it was written, `words` is in each language, an `instant` is UTC and shown in the form's
 * zone, an `amount` is in the currency's smallest unit. Null is what nobody knows, or knows any more.
 */
export type FormField = { readonly name: FormFieldName; readonly label: Localized } & (
  | { readonly type: 'text'; readonly value: string | null }
  | { readonly type: 'words'; readonly value: Localized | null }
  | { readonly type: 'instant'; readonly value: Instant | null }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'amount'; readonly value: { readonly amountMinor: number; readonly currency: string } }
  | { readonly type: 'list'; readonly value: readonly string[] }
  | { readonly type: 'table'; readonly value: readonly (readonly FormField[])[] }
);

export type FormFieldName = keyof typeof labels;

/** What each kind of field holds. */
type ValueOf<Type extends FormField['type']> = Extract<FormField, { type: Type }>['value'];

function maker<Type extends FormField['type']>(type: Type) {
  return (name: FormFieldName, value: ValueOf<Type>) =>
    ({ name, label: labels[name], type, value }) as Extract<FormField, { type: Type }>;
}

/** A field with its label, by what it holds. */
export const field = {
  text: maker('text'),
  words: maker('words'),
  instant: maker('instant'),
  number: maker('number'),
  amount: maker('amount'),
  list: maker('list'),
  table: maker('table'),
};

function label(vi: string, en: string, de: string): Localized {
  return { vi, en, de };
}

const labels = {
  agency: label('Cơ quan', 'Authority', 'Behörde'),
  office: label('Bộ phận tiếp nhận', 'Receiving unit', 'Annehmende Stelle'),
  code: label('Mã hồ sơ', 'Dossier code', 'Aktenzeichen'),
  procedure: label('Nội dung yêu cầu giải quyết', 'Matter', 'Gegenstand'),
  applicantName: label('Người nộp hồ sơ', 'Submitted by', 'Eingereicht von'),
  applicantAddress: label('Địa chỉ', 'Address', 'Anschrift'),
  applicantPhone: label('Số điện thoại', 'Phone', 'Telefon'),
  applicantEmail: label('Thư điện tử', 'E-mail', 'E-Mail'),
  applicantIdentityNumber: label('Số định danh', 'Identity number', 'Ausweisnummer'),
  channel: label('Hình thức nộp', 'How it came', 'Eingangsweg'),
  components: label('Thành phần hồ sơ', 'Papers of the dossier', 'Unterlagen'),
  component: label('Tên giấy tờ', 'Paper', 'Unterlage'),
  originals: label('Bản chính', 'Originals', 'Originale'),
  copies: label('Bản sao', 'Copies', 'Kopien'),
  eForm: label('Nội dung tờ khai điện tử', 'Answers on the e-form', 'Angaben im Online-Formular'),
  question: label('Mục', 'Question', 'Frage'),
  answer: label('Nội dung', 'Answer', 'Angabe'),
  regulatedTime: label('Thời gian giải quyết theo quy định', 'Time by law', 'Gesetzliche Frist'),
  receivedAt: label('Thời gian nhận hồ sơ', 'Received at', 'Eingegangen am'),
  dueAt: label('Thời gian trả kết quả', 'Result due at', 'Ergebnis fällig am'),
  note: label('Ghi chú', 'Note', 'Hinweis'),
  author: label('Người lập phiếu', 'Made out by', 'Ausgestellt von'),
  authorPost: label('Chức vụ', 'Post', 'Funktion'),
  reason: label('Lý do', 'Reason', 'Grund'),
  legalBasis: label('Căn cứ', 'Legal basis', 'Rechtsgrundlage'),
  stage: label('Giai đoạn giải quyết', 'Stage of handling', 'Stand der Bearbeitung'),
  contact: label('Cán bộ hướng dẫn', 'Official to ask', 'Ansprechperson'),
  contactEmail: label('Thư điện tử của cán bộ', 'E-mail of the official', 'E-Mail der Ansprechperson'),
  missing: label('Giấy tờ cần bổ sung', 'What must be added', 'Nachzureichende Unterlagen'),
  requestsMade: label('Lần yêu cầu', 'Which request it is', 'Wievielte Aufforderung'),
  requestsAllowed: label('Số lần được yêu cầu', 'Requests allowed', 'Zulässige Aufforderungen'),
  approvedBy: label('Người cho phép ngoại lệ', 'Exception approved by', 'Ausnahme genehmigt von'),
  submittedAt: label('Thời gian nộp', 'Submitted at', 'Eingereicht am'),
  firstDueAt: label('Ngày hẹn trả lần đầu', 'First due date', 'Erster Termin'),
  previousDueAt: label('Ngày hẹn trả trước khi gia hạn', 'Due date until now', 'Bisheriger Termin'),
  newDueAt: label('Ngày hẹn trả mới', 'New due date', 'Neuer Termin'),
  signer: label('Người ký', 'Signed by', 'Unterzeichnet von'),
  extensionsMade: label('Lần gia hạn', 'Which extension it is', 'Wievielte Verlängerung'),
  extensionsAllowed: label('Số lần được gia hạn', 'Extensions allowed', 'Zulässige Verlängerungen'),
  history: label('Các lần gia hạn trước', 'Extensions before', 'Frühere Verlängerungen'),
  madeAt: label('Thời điểm', 'Made at', 'Zeitpunkt'),
  askedBy: label('Bên yêu cầu dừng', 'Who asked', 'Veranlasst durch'),
  askedAt: label('Thời điểm yêu cầu', 'Asked at', 'Verlangt am'),
  decision: label('Quyết định', 'Decision', 'Entscheidung'),
  decidedAt: label('Thời điểm quyết định', 'Decided at', 'Entschieden am'),
  money: label('Phí, lệ phí', 'Fees', 'Gebühren'),
  fee: label('Khoản thu', 'Fee', 'Gebühr'),
  paid: label('Đã nộp', 'Paid', 'Bezahlt'),
  refunded: label('Đã hoàn trả', 'Given back', 'Erstattet'),
  owed: label('Còn phải hoàn trả', 'Still to be given back', 'Noch zu erstatten'),
  refundRule: label('Xử lý khoản đã nộp', 'What happens to money paid', 'Was mit Bezahltem geschieht'),
  refundLegalBasis: label('Căn cứ hoàn trả', 'Basis of giving back', 'Grundlage der Erstattung'),
} as const satisfies Readonly<Record<string, Localized>>;
