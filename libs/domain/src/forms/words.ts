import type { Channel, Localized } from '#contracts';
import type { Status } from '../dossier';
import type { RefundRule } from '../procedure';

/** What forms call the ways in which a dossier may come. */
export const channelWords: Readonly<Record<Channel, Localized>> = {
  desk: { vi: 'Trực tiếp', en: 'At the desk', de: 'Am Schalter' },
  online: { vi: 'Trực tuyến', en: 'Online', de: 'Online' },
  post: { vi: 'Qua bưu chính công ích', en: 'By post', de: 'Per Post' },
  'e-mail': { vi: 'Qua thư điện tử', en: 'By e-mail', de: 'Per E-Mail' },
  internal: { vi: 'Nội bộ', en: 'From inside the authority', de: 'Behördenintern' },
};

/** What forms call the stage that a dossier is in. */
export const statusWords: Readonly<Record<Status, Localized>> = {
  submitted: { vi: 'Mới đăng ký', en: 'Submitted', de: 'Eingereicht' },
  received: { vi: 'Được tiếp nhận', en: 'Accepted', de: 'Angenommen' },
  'in-process': { vi: 'Đang xử lý', en: 'In process', de: 'In Bearbeitung' },
  'awaiting-supplement': { vi: 'Chờ bổ sung hồ sơ', en: 'Waiting for papers', de: 'Wartet auf Unterlagen' },
  'awaiting-payment': { vi: 'Chờ thực hiện nghĩa vụ tài chính', en: 'Waiting for payment', de: 'Wartet auf Zahlung' },
  suspended: { vi: 'Tạm dừng', en: 'Suspended', de: 'Ausgesetzt' },
  'withdrawal-requested': { vi: 'Yêu cầu rút hồ sơ', en: 'Withdrawal asked for', de: 'Rücknahme verlangt' },
  processed: { vi: 'Đã xử lý xong', en: 'Processed', de: 'Bearbeitet' },
  returned: { vi: 'Đã trả kết quả', en: 'Result handed over', de: 'Ergebnis ausgehändigt' },
  refused: { vi: 'Không được tiếp nhận', en: 'Not accepted', de: 'Nicht angenommen' },
  withdrawn: { vi: 'Đã rút', en: 'Withdrawn', de: 'Zurückgezogen' },
  stopped: { vi: 'Dừng xử lý', en: 'Stopped', de: 'Eingestellt' },
};

/** Who had a dossier stopped. */
export const askedByWords = {
  applicant: { vi: 'Người nộp hồ sơ', en: 'The applicant', de: 'Die antragstellende Person' },
  office: { vi: 'Cơ quan giải quyết', en: 'The office', de: 'Die Behörde' },
} as const satisfies Readonly<Record<string, Localized>>;

/** What becomes of what was paid. */
export const refundWords: Readonly<Record<RefundRule, Localized>> = {
  full: { vi: 'Hoàn trả toàn bộ', en: 'All of it is given back', de: 'Alles wird erstattet' },
  none: { vi: 'Không hoàn trả', en: 'It is not given back', de: 'Keine Erstattung' },
};

/** What a fee without a name of its own is called. */
export const paymentWords: Localized = {
  vi: 'Nghĩa vụ tài chính',
  en: 'Payment that handling waited for',
  de: 'Zahlung, auf die gewartet wurde',
};

/** On every receipt. */
export const receiptNote: Localized = {
  vi: 'Kết quả có thể có sớm hơn ngày hẹn; tra cứu bằng mã hồ sơ.',
  en: 'The result may be there earlier; look it up by the code.',
  de: 'Das Ergebnis kann früher vorliegen; Auskunft mit dem Aktenzeichen.',
};

/** Why a withdrawn dossier ended. */
export const withdrawnReason: Localized = {
  vi: 'Người nộp hồ sơ đề nghị rút hồ sơ.',
  en: 'The applicant asked to withdraw the dossier.',
  de: 'Die antragstellende Person hat den Antrag zurückgezogen.',
};
