import type { Instant } from '#calendar';
import type { DossierEventType, Localized } from '#contracts';

/** What a form is for. The numbers 05 and 06 changed meaning between two circulars, so a form is known by its kind. */
export const formKinds = [
  'receipt',
  'supplement-request',
  'refusal',
  'apology',
  'stop-notice',
  'control-slip',
  'tracking-book',
] as const;
export type FormKind = (typeof formKinds)[number];

/** The circulars that prescribe forms. */
export const regulations = ['01/2018/TT-VPCP', '03/2025/TT-VPCP'] as const;
export type Regulation = (typeof regulations)[number];

/** The forms that one entry of a dossier is told with; slip and book tell of many. */
export const entryFormKinds = ['receipt', 'supplement-request', 'refusal', 'apology', 'stop-notice'] as const;
export type EntryFormKind = (typeof entryFormKinds)[number];

/** Which entries a form may be made from (Circulars 01/2018 and 03/2025/TT-VPCP). */
export const entriesOfForm: { readonly [Kind in EntryFormKind]: readonly DossierEventType[] } = {
  receipt: ['dossier-received'],
  'supplement-request': ['dossier-supplement-requested'],
  refusal: ['dossier-refused'],
  apology: ['dossier-extended'],
  'stop-notice': ['dossier-stopped', 'dossier-withdrawn'],
};

/** The number of a form by a circular; null where that circular has none of this kind. */
export function formNumber(kind: FormKind, regulation: Regulation): string | null {
  return numbers[regulation][kind];
}

const unchanged = { receipt: '01', 'supplement-request': '02', refusal: '03', apology: '04' } as const;
const numbers: { readonly [R in Regulation]: { readonly [Kind in FormKind]: string | null } } = {
  '01/2018/TT-VPCP': { ...unchanged, 'stop-notice': null, 'control-slip': '05', 'tracking-book': '06' },
  '03/2025/TT-VPCP': { ...unchanged, 'stop-notice': '05', 'control-slip': '06', 'tracking-book': '07' },
};

/** Decree 118/2025, which the circular of 2025 guides, is in force from 1 July 2025 in Vietnam. */
const NEW_FORMS_FROM: Instant = '2025-06-30T17:00:00.000Z';

/** The circular whose forms were in use at an instant. */
export function regulationAt(at: Instant): Regulation {
  return at < NEW_FORMS_FROM ? '01/2018/TT-VPCP' : '03/2025/TT-VPCP';
}

/** The decree that the forms of a circular carry out, and the circular itself. */
export const basisOfForms: { readonly [R in Regulation]: readonly string[] } = {
  '01/2018/TT-VPCP': ['Nghị định 61/2018/NĐ-CP', 'Thông tư 01/2018/TT-VPCP'],
  '03/2025/TT-VPCP': ['Nghị định 118/2025/NĐ-CP', 'Thông tư 03/2025/TT-VPCP'],
};

/** What a form is called; the apology became a proposal too. */
export function formTitle(kind: EntryFormKind, regulation: Regulation): Localized {
  return kind === 'apology' && regulation === '01/2018/TT-VPCP' ? apologyOf2018 : titles[kind];
}

const apologyOf2018: Localized = {
  vi: 'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
  en: 'Apology and new appointment',
  de: 'Entschuldigung und neuer Termin',
};
const titles: { readonly [Kind in EntryFormKind]: Localized } = {
  receipt: {
    vi: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    en: 'Receipt and appointment',
    de: 'Empfangsbestätigung mit Termin',
  },
  'supplement-request': {
    vi: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
    en: 'Request to complete the dossier',
    de: 'Aufforderung zur Ergänzung',
  },
  refusal: { vi: 'Phiếu từ chối tiếp nhận hồ sơ', en: 'Refusal to accept', de: 'Ablehnung der Annahme' },
  apology: {
    vi: 'Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết',
    en: 'Apology and proposal to extend the time',
    de: 'Entschuldigung und Vorschlag einer Verlängerung',
  },
  'stop-notice': {
    vi: 'Thông báo dừng giải quyết hồ sơ',
    en: 'Notice that handling has stopped',
    de: 'Mitteilung über die Einstellung',
  },
};
