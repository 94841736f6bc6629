import type { Language } from '#contracts';
import type { SaidKind } from './look-ups';

/** What a dossier is in, for the one who handed it in: a headline, and what that means for them. */
interface StatusWords {
  readonly headline: string;
  readonly meaning: string;
}

/** Working time in its two largest units; none of them is negative. */
export interface WorkingSpan {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

/** What the citizen's pages say. */
export interface TrackWords {
  readonly title: string;
  readonly intro: string;
  readonly code: string;
  readonly codeHint: string;
  readonly secret: string;
  readonly secretHint: string;
  readonly lookUp: string;
  readonly error: string;
  readonly wrong: string;
  readonly dossier: (code: string) => string;
  readonly status: Readonly<Record<string, StatusWords>>;
  readonly lateHeadline: string;
  readonly lateTitle: string;
  readonly late: (promised: string) => string;
  readonly since: string;
  readonly apologyTitle: string;
  readonly apology: (made: string, newDate: string) => string;
  readonly todo: string;
  readonly missing: string;
  readonly toPay: (amount: string) => string;
  readonly answerBy: (date: string) => string;
  readonly asIs: string;
  readonly dates: string;
  readonly promised: string;
  readonly movesOn: string;
  readonly noLimit: string;
  /** How much of the office's working time is left, or was needed beyond the promise. */
  readonly left: (time: string) => string;
  readonly lateBy: (time: string) => string;
  readonly time: (span: WorkingSpan) => string;
  /** Where that is less than a minute. */
  readonly underAMinute: Readonly<Record<'left' | 'late', string>>;
  readonly pauses: string;
  /** `until` is null while it lasts. */
  readonly pause: (from: string, until: string | null, reason: string) => string;
  /** By reason. */
  readonly pausedFor: Readonly<Record<string, string>>;
  readonly firstPromised: string;
  readonly moved: string;
  readonly fromTo: (from: string, to: string) => string;
  /** By cause. */
  readonly movedBy: Readonly<Record<string, string>>;
  readonly letter: (title: string, number: string) => string;
  readonly basis: (documents: string) => string;
  readonly eForm: string;
  readonly eFormCorrected: (at: string) => string;
  readonly procedure: string;
  readonly office: string;
  readonly usual: string;
  readonly usually: (most: string, half: string) => string;
  readonly tooFew: string;
  readonly workingDays: (count: number) => string;
  readonly ask: string;
  readonly askHow: (office: string, code: string) => string;
  readonly callUnder: string;
  readonly sample: string;
  readonly another: string;
  readonly usualTitle: string;
  readonly usualIntro: string;
  readonly show: string;
  readonly tooMany: string;
  readonly tooManyHow: string;
  readonly away: string;
  readonly awayHow: string;
  readonly language: string;
  readonly thread: string;
  readonly from: Readonly<Record<'office' | 'applicant', string>>;
  readonly write: string;
  readonly writeHint: string;
  readonly send: string;
  readonly rating: string;
  readonly ratingAsked: string;
  /** From 1 to 5. */
  readonly ratings: readonly string[];
  readonly ratingWords: string;
  readonly ratingHint: string;
  readonly rate: string;
  readonly ratingGiven: string;
  readonly complaint: string;
  readonly complaintOpen: string;
  readonly complaintHow: string;
  readonly complaintAbout: string;
  readonly aboutHolder: string;
  readonly aboutOffice: string;
  readonly complaintText: string;
  readonly complaintHint: string;
  readonly complain: string;
  readonly sent: Readonly<Record<SaidKind, string>>;
  readonly notSent: string;
  /** By the code of what stands against it. */
  readonly refusal: Readonly<Record<string, string>>;
}

const vi: TrackWords = {
  title: 'Tra cứu hồ sơ',
  intro: 'Nhập mã hồ sơ và mã tra cứu in trên giấy tiếp nhận. Không cần tài khoản.',
  code: 'Mã hồ sơ',
  codeHint: 'Ví dụ: H41.85-260302-0123',
  secret: 'Mã tra cứu',
  secretHint: 'Tám ký tự; viết hoa hay viết thường đều được.',
  lookUp: 'Tra cứu',
  error: 'Lỗi',
  wrong:
    'Không tìm thấy hồ sơ với mã hồ sơ và mã tra cứu này. Hãy so lại với giấy tiếp nhận. Sau nhiều lần sai, hãy chờ 15 phút.',
  dossier: (code) => `Hồ sơ ${code}`,
  status: {
    submitted: { headline: 'Chờ tiếp nhận', meaning: 'Cơ quan đang xem hồ sơ ông/bà đã nộp.' },
    received: { headline: 'Đã tiếp nhận', meaning: 'Thời gian giải quyết của cơ quan đang được tính.' },
    'in-process': { headline: 'Đang giải quyết', meaning: 'Thời gian giải quyết của cơ quan đang được tính.' },
    'awaiting-supplement': {
      headline: 'Chờ ông/bà bổ sung',
      meaning: 'Thời hạn giải quyết tạm dừng cho đến khi cơ quan nhận được.',
    },
    'awaiting-payment': {
      headline: 'Chờ ông/bà nộp phí, lệ phí',
      meaning: 'Thời hạn giải quyết tạm dừng cho đến khi nộp xong.',
    },
    suspended: {
      headline: 'Chờ ý kiến của cơ quan khác',
      meaning: 'Thời hạn giải quyết tạm dừng cho đến khi có trả lời. Ông/bà không phải làm gì.',
    },
    'withdrawal-requested': {
      headline: 'Đang xem xét yêu cầu rút hồ sơ',
      meaning: 'Thời hạn giải quyết tạm dừng cho đến khi cơ quan trả lời.',
    },
    processed: { headline: 'Đã có kết quả', meaning: 'Mời ông/bà đến nhận kết quả.' },
    returned: { headline: 'Đã trả kết quả', meaning: 'Hồ sơ đã kết thúc.' },
    refused: { headline: 'Không được tiếp nhận', meaning: 'Lý do được ghi trong phiếu từ chối tiếp nhận.' },
    withdrawn: { headline: 'Đã rút', meaning: 'Hồ sơ đã được rút theo yêu cầu của ông/bà.' },
    stopped: { headline: 'Dừng giải quyết', meaning: 'Lý do được ghi trong thông báo dừng giải quyết hồ sơ.' },
  },
  lateHeadline: 'Quá hẹn',
  lateTitle: 'Xin lỗi ông/bà',
  late: (promised) =>
    `Hẹn trả kết quả lúc ${promised} đã qua mà hồ sơ chưa xong. Chưa có ngày hẹn mới; hãy hỏi cơ quan ghi dưới đây.`,
  since: 'Từ lúc',
  apologyTitle: 'Xin lỗi và hẹn lại',
  apology: (made, newDate) =>
    `Chúng tôi xin lỗi: hồ sơ không được trả đúng hẹn. Hẹn lại lúc ${newDate}. Phiếu xin lỗi được lập lúc ${made}.`,
  todo: 'Ông/bà cần làm',
  missing: 'Giấy tờ cần bổ sung:',
  toPay: (amount) => `Nộp phí, lệ phí: ${amount}.`,
  answerBy: (date) => `Hạn cuối: ${date}.`,
  asIs: 'Xem chi tiết trong phiếu mà cơ quan đã gửi.',
  dates: 'Ngày hẹn',
  promised: 'Hẹn trả kết quả',
  movesOn: 'sẽ lùi lại theo thời gian tạm dừng',
  noLimit: 'Không có thời hạn',
  left: (time) => `Còn ${time} làm việc`,
  lateBy: (time) => `Đã quá ${time} làm việc`,
  time: ({ days, hours, minutes }) =>
    spoken([days, `${days} ngày`], [hours, `${hours} giờ`], [minutes, `${minutes} phút`]),
  underAMinute: { left: 'Còn chưa đến 1 phút làm việc', late: 'Vừa quá hẹn, chưa đến 1 phút làm việc' },
  pauses: 'Những lần tạm dừng tính thời hạn',
  pause: (from, until, reason) => `Từ ${from} đến ${until ?? 'nay'}: ${reason}.`,
  pausedFor: {
    supplement: 'chờ ông/bà bổ sung hồ sơ',
    payment: 'chờ ông/bà nộp phí, lệ phí',
    'other-body': 'chờ cơ quan khác trả lời',
    withdrawal: 'xem xét yêu cầu rút hồ sơ',
  },
  firstPromised: 'Hẹn lần đầu',
  moved: 'Vì sao ngày hẹn thay đổi',
  fromTo: (from, to) => `Từ ${from} sang ${to}.`,
  movedBy: {
    extension: 'Cơ quan xin lỗi ông/bà và hẹn lại.',
    calendar: 'Lịch làm việc của cơ quan thay đổi (ngày nghỉ, ngày làm bù).',
    procedure: 'Hồ sơ được chuyển sang đúng thủ tục; thời hạn tính theo thủ tục này từ ngày tiếp nhận.',
    supplement: 'Thời gian chờ ông/bà bổ sung hồ sơ không tính vào thời hạn.',
    'supplement-restart': 'Thời hạn tính lại từ đầu, kể từ khi hồ sơ được bổ sung đầy đủ.',
    payment: 'Thời gian chờ ông/bà nộp phí, lệ phí không tính vào thời hạn.',
    'other-body': 'Thời gian chờ cơ quan khác trả lời không tính vào thời hạn.',
    withdrawal: 'Thời gian xem xét yêu cầu rút hồ sơ không tính vào thời hạn.',
  },
  letter: (title, number) => `Văn bản: ${title} (Mẫu số ${number}).`,
  basis: (documents) => `Căn cứ: ${documents}.`,
  eForm: 'Tờ khai điện tử',
  eFormCorrected: (at) =>
    `Cơ quan đã sửa sai sót trong tờ khai điện tử của ông/bà lúc ${at}. Giấy tiếp nhận ghi nội dung trước khi sửa. Nếu ông/bà không rõ đã sửa gì, hãy hỏi cơ quan ghi dưới đây.`,
  procedure: 'Thủ tục',
  office: 'Nơi tiếp nhận',
  usual: 'Thường mất bao lâu',
  usually: (most, half) => `Chín trong mười hồ sơ xong trong vòng ${most}, một nửa trong vòng ${half}.`,
  tooFew: 'Chưa đủ hồ sơ đã xong để nói thường mất bao lâu.',
  workingDays: (count) => `${count} ngày làm việc`,
  ask: 'Hỏi ở đâu',
  askHow: (office, code) => `${office}. Hãy nói mã hồ sơ ${code}.`,
  callUnder: 'Điện thoại:',
  sample: 'Thủ tục này là ví dụ: không dựa vào ngày hẹn được.',
  another: 'Tra cứu hồ sơ khác',
  usualTitle: 'Thủ tục thường mất bao lâu',
  usualIntro:
    'Tính bằng thời gian làm việc của cơ quan, từ các hồ sơ đã xong gần đây, không kể thời gian chờ người nộp.',
  show: 'Xem',
  tooMany: 'Tra cứu quá nhiều lần',
  tooManyHow: 'Từ địa chỉ này đã có quá nhiều lượt tra cứu. Hãy chờ một phút rồi thử lại.',
  away: 'Hiện chưa tra cứu được',
  awayHow: 'Hệ thống đang tạm nghỉ. Hãy thử lại sau ít phút. Hồ sơ của ông/bà không bị ảnh hưởng.',
  language: 'Ngôn ngữ',
  thread: 'Trao đổi với cơ quan',
  from: { office: 'Cơ quan', applicant: 'Ông/bà' },
  write: 'Viết cho cơ quan',
  writeHint: 'Người giải quyết hồ sơ sẽ đọc. Không thay cho giấy tờ phải bổ sung.',
  send: 'Gửi cho cơ quan',
  rating: 'Đánh giá của ông/bà',
  ratingAsked: 'Ông/bà có hài lòng về việc giải quyết hồ sơ này không?',
  ratings: ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', 'Rất hài lòng'],
  ratingWords: 'Ý kiến thêm',
  ratingHint: 'Không bắt buộc. Cơ quan đọc được ý kiến này.',
  rate: 'Gửi đánh giá',
  ratingGiven: 'Ông/bà đã đánh giá. Xin cảm ơn.',
  complaint: 'Khiếu nại',
  complaintOpen: 'Gửi đơn khiếu nại về hồ sơ này',
  complaintHow:
    'Đơn khiếu nại là một hồ sơ riêng. Người bị khiếu nại không nhận và không thấy đơn. Cơ quan sẽ báo cho ông/bà khi tiếp nhận đơn, theo số điện thoại hoặc thư điện tử đã để lại.',
  complaintAbout: 'Khiếu nại về ai?',
  aboutHolder: 'Người đang giải quyết hồ sơ của tôi',
  aboutOffice: 'Cơ quan tiếp nhận hồ sơ',
  complaintText: 'Nội dung khiếu nại',
  complaintHint: 'Việc gì đã xảy ra, khi nào, và ông/bà yêu cầu gì.',
  complain: 'Gửi đơn khiếu nại',
  sent: {
    message: 'Đã gửi cho cơ quan.',
    rating: 'Đã ghi nhận đánh giá. Xin cảm ơn ông/bà.',
    complaint: 'Đã gửi đơn khiếu nại. Cơ quan sẽ báo cho ông/bà khi tiếp nhận đơn.',
  },
  notSent: 'Chưa gửi được. Hãy liên hệ cơ quan ghi dưới đây.',
  refusal: {
    NOT_FILLED_IN: 'Chưa gửi được: hãy điền đủ nội dung rồi gửi lại.',
    TOO_MANY_MESSAGES: 'Chưa gửi được: hôm nay ông/bà đã viết quá nhiều lần. Hãy gửi lại vào ngày mai.',
    TOO_MANY_COMPLAINTS: 'Chưa gửi được: hôm nay ông/bà đã gửi nhiều đơn về hồ sơ này. Hãy gửi lại vào ngày mai.',
    FEEDBACK_GIVEN: 'Hồ sơ này đã được đánh giá; mỗi hồ sơ chỉ đánh giá một lần.',
    ROUTED_TO_CONCERNED: 'Không gửi được đơn này qua mạng: hãy nộp ở cơ quan cấp trên.',
  },
};

const en: TrackWords = {
  title: 'Track a dossier',
  intro: 'Enter the code and the look-up secret printed on your receipt. You need no account.',
  code: 'Dossier code',
  codeHint: 'For example: H41.85-260302-0123',
  secret: 'Look-up secret',
  secretHint: 'Eight characters; capital or small letters.',
  lookUp: 'Look up',
  error: 'Error',
  wrong:
    'No dossier has this code and this secret. Compare them with your receipt. After several wrong tries, wait 15 minutes.',
  dossier: (code) => `Dossier ${code}`,
  status: {
    submitted: { headline: 'Waiting to be accepted', meaning: 'The office is looking at what you submitted.' },
    received: { headline: 'Received', meaning: 'The office’s time is running.' },
    'in-process': { headline: 'In process', meaning: 'The office’s time is running.' },
    'awaiting-supplement': {
      headline: 'Waiting for papers from you',
      meaning: 'The time limit stands still until the office has them.',
    },
    'awaiting-payment': {
      headline: 'Waiting for your payment',
      meaning: 'The time limit stands still until it is paid.',
    },
    suspended: {
      headline: 'Waiting for another authority',
      meaning: 'The time limit stands still until it answers. You need not do anything.',
    },
    'withdrawal-requested': {
      headline: 'Your withdrawal is being decided',
      meaning: 'The time limit stands still until the office answers.',
    },
    processed: { headline: 'The result is ready', meaning: 'Please collect it.' },
    returned: { headline: 'The result was handed over', meaning: 'The dossier is closed.' },
    refused: { headline: 'Not accepted', meaning: 'The notice of refusal says why.' },
    withdrawn: { headline: 'Withdrawn', meaning: 'It was withdrawn as you asked.' },
    stopped: { headline: 'Handling has stopped', meaning: 'The notice of stopping says why.' },
  },
  lateHeadline: 'Late',
  lateTitle: 'We apologise',
  late: (promised) =>
    `The result was promised for ${promised} and is not ready. There is no new date yet; please ask the office named below.`,
  since: 'Since',
  apologyTitle: 'Apology and new date',
  apology: (made, newDate) =>
    `We apologise: your dossier is not settled by the date first promised. New date: ${newDate}. The letter of apology is of ${made}.`,
  todo: 'What you need to do',
  missing: 'Please bring:',
  toPay: (amount) => `Please pay ${amount}.`,
  answerBy: (date) => `At the latest: ${date}.`,
  asIs: 'The notice that the office sent you says more.',
  dates: 'Dates',
  promised: 'Result promised for',
  movesOn: 'moves on by the time it stands still',
  noLimit: 'No time limit',
  left: (time) => `${time} of working time left`,
  lateBy: (time) => `${time} of working time too late`,
  time: ({ days, hours, minutes }) =>
    spoken(
      [days, days === 1 ? '1 day' : `${days} days`],
      [hours, hours === 1 ? '1 hour' : `${hours} hours`],
      [minutes, minutes === 1 ? '1 minute' : `${minutes} minutes`],
    ),
  underAMinute: { left: 'Under a minute of working time left', late: 'Under a minute of working time too late' },
  pauses: 'When the time limit stood still',
  pause: (from, until, reason) => `${until === null ? `Since ${from}` : `From ${from} until ${until}`}: ${reason}.`,
  pausedFor: {
    supplement: 'waiting for papers from you',
    payment: 'waiting for your payment',
    'other-body': 'waiting for another authority',
    withdrawal: 'deciding on your withdrawal',
  },
  firstPromised: 'First promised for',
  moved: 'Why the date has changed',
  fromTo: (from, to) => `From ${from} to ${to}.`,
  movedBy: {
    extension: 'The office apologised and set a new date.',
    calendar: 'The office’s working calendar changed (days off, days worked instead).',
    procedure: 'The dossier was put under the right procedure; its time limit counts from the receipt.',
    supplement: 'The time that the office waited for papers from you does not count.',
    'supplement-restart': 'The time limit counts anew since the papers were complete.',
    payment: 'The time that the office waited for your payment does not count.',
    'other-body': 'The time that the office waited for another authority does not count.',
    withdrawal: 'The time in which your withdrawal was decided does not count.',
  },
  letter: (title, number) => `Letter: ${title} (form ${number}).`,
  basis: (documents) => `Legal basis: ${documents}.`,
  eForm: 'E-form',
  eFormCorrected: (at) =>
    `The office corrected an error in your answers to the e-form on ${at}. The receipt shows them as they were before. If you do not know what was corrected, ask the office named below.`,
  procedure: 'Procedure',
  office: 'Received by',
  usual: 'How long it usually takes',
  usually: (most, half) => `Nine of ten are done within ${most}, half of them within ${half}.`,
  tooFew: 'Too few dossiers are done to say how long it usually takes.',
  workingDays: (count) => (count === 1 ? '1 working day' : `${count} working days`),
  ask: 'Whom to ask',
  askHow: (office, code) => `${office}. Name the code ${code}.`,
  callUnder: 'Telephone:',
  sample: 'This procedure is an example: do not rely on its dates.',
  another: 'Track another dossier',
  usualTitle: 'How long procedures usually take',
  usualIntro: 'In the office’s working time, by what was done lately, without the time it waited for applicants.',
  show: 'Show',
  tooMany: 'Too many look-ups',
  tooManyHow: 'There were too many look-ups from this address. Wait a minute and try again.',
  away: 'Nothing can be looked up at present',
  awayHow: 'The system is away for a moment. Try again in a few minutes. Your dossier is not affected.',
  language: 'Language',
  thread: 'Letters between you and the office',
  from: { office: 'The office', applicant: 'You' },
  write: 'Write to the office',
  writeHint: 'Whoever handles your dossier will read it. It does not replace papers that you were asked for.',
  send: 'Send to the office',
  rating: 'How was it?',
  ratingAsked: 'How satisfied are you with how this dossier was handled?',
  ratings: ['Very dissatisfied', 'Dissatisfied', 'Neither', 'Satisfied', 'Very satisfied'],
  ratingWords: 'Anything to add',
  ratingHint: 'Not required. The office can read it.',
  rate: 'Send the rating',
  ratingGiven: 'You have rated it. Thank you.',
  complaint: 'Complain',
  complaintOpen: 'Send a complaint about this dossier',
  complaintHow:
    'A complaint is a dossier of its own. Whoever it is about neither gets nor sees it. The office tells you when it has accepted it, by the telephone number or e-mail address that you left.',
  complaintAbout: 'Whom is it about?',
  aboutHolder: 'Whoever is handling my dossier',
  aboutOffice: 'The office that received it',
  complaintText: 'Your complaint',
  complaintHint: 'What happened, when, and what you ask for.',
  complain: 'Send the complaint',
  sent: {
    message: 'Your letter was sent to the office.',
    rating: 'Your rating was recorded. Thank you.',
    complaint: 'Your complaint was sent. The office tells you when it has accepted it.',
  },
  notSent: 'It could not be sent. Please ask the office named below.',
  refusal: {
    NOT_FILLED_IN: 'It was not sent: please fill in the form and send it again.',
    TOO_MANY_MESSAGES: 'It was not sent: you have written too often today. Please send it tomorrow.',
    TOO_MANY_COMPLAINTS: 'It was not sent: several complaints about this dossier came today. Please send it tomorrow.',
    FEEDBACK_GIVEN: 'This dossier was rated before; each is rated once.',
    ROUTED_TO_CONCERNED: 'This complaint cannot be sent online: please hand it in at the office above.',
  },
};

const de: TrackWords = {
  title: 'Vorgang verfolgen',
  intro:
    'Geben Sie Aktenzeichen und Abfragecode ein; beide stehen auf Ihrer Eingangsbestätigung. Sie brauchen kein Konto.',
  code: 'Aktenzeichen',
  codeHint: 'Zum Beispiel: H41.85-260302-0123',
  secret: 'Abfragecode',
  secretHint: 'Acht Zeichen; Groß- und Kleinschreibung ist gleich.',
  lookUp: 'Abfragen',
  error: 'Fehler',
  wrong:
    'Zu diesem Aktenzeichen und Abfragecode gibt es keinen Vorgang. Vergleichen Sie beide mit der Eingangsbestätigung. Warten Sie nach mehreren Fehlversuchen 15 Minuten.',
  dossier: (code) => `Vorgang ${code}`,
  status: {
    submitted: { headline: 'Noch nicht angenommen', meaning: 'Die Behörde prüft, was Sie eingereicht haben.' },
    received: { headline: 'Eingegangen', meaning: 'Die Frist der Behörde läuft.' },
    'in-process': { headline: 'In Bearbeitung', meaning: 'Die Frist der Behörde läuft.' },
    'awaiting-supplement': {
      headline: 'Es fehlen Unterlagen von Ihnen',
      meaning: 'Die Frist ruht, bis die Behörde sie hat.',
    },
    'awaiting-payment': { headline: 'Es fehlt Ihre Zahlung', meaning: 'Die Frist ruht, bis gezahlt ist.' },
    suspended: {
      headline: 'Eine andere Stelle ist gefragt',
      meaning: 'Die Frist ruht, bis sie antwortet. Sie müssen nichts tun.',
    },
    'withdrawal-requested': {
      headline: 'Über Ihre Rücknahme wird entschieden',
      meaning: 'Die Frist ruht, bis die Behörde antwortet.',
    },
    processed: { headline: 'Das Ergebnis liegt vor', meaning: 'Bitte holen Sie es ab.' },
    returned: { headline: 'Das Ergebnis ist übergeben', meaning: 'Der Vorgang ist abgeschlossen.' },
    refused: { headline: 'Nicht angenommen', meaning: 'Der Ablehnungsbescheid nennt den Grund.' },
    withdrawn: { headline: 'Zurückgezogen', meaning: 'Er wurde auf Ihren Wunsch zurückgezogen.' },
    stopped: { headline: 'Bearbeitung beendet', meaning: 'Die Einstellungsmitteilung nennt den Grund.' },
  },
  lateHeadline: 'Verspätet',
  lateTitle: 'Wir bitten um Entschuldigung',
  late: (promised) =>
    `Das Ergebnis war für den ${promised} zugesagt und liegt nicht vor. Einen neuen Termin gibt es noch nicht; bitte fragen Sie die unten genannte Stelle.`,
  since: 'Seit',
  apologyTitle: 'Entschuldigung und neuer Termin',
  apology: (made, newDate) =>
    `Wir bitten um Entschuldigung: Ihr Vorgang wird nicht zum zuerst zugesagten Termin erledigt. Neuer Termin: ${newDate}. Das Entschuldigungsschreiben ist vom ${made}.`,
  todo: 'Was Sie tun müssen',
  missing: 'Es fehlen:',
  toPay: (amount) => `Bitte zahlen Sie ${amount}.`,
  answerBy: (date) => `Spätestens bis: ${date}.`,
  asIs: 'Mehr steht in der Mitteilung, die Sie von der Behörde haben.',
  dates: 'Termine',
  promised: 'Ergebnis zugesagt für',
  movesOn: 'verschiebt sich um die Zeit, in der die Frist ruht',
  noLimit: 'Keine Frist',
  left: (time) => `Noch ${time} Arbeitszeit`,
  lateBy: (time) => `Um ${time} Arbeitszeit überschritten`,
  time: ({ days, hours, minutes }) =>
    spoken(
      [days, days === 1 ? '1 Tag' : `${days} Tage`],
      [hours, hours === 1 ? '1 Stunde' : `${hours} Stunden`],
      [minutes, minutes === 1 ? '1 Minute' : `${minutes} Minuten`],
    ),
  underAMinute: {
    left: 'Weniger als 1 Minute Arbeitszeit übrig',
    late: 'Um weniger als 1 Minute Arbeitszeit überschritten',
  },
  pauses: 'Wann die Frist ruhte',
  pause: (from, until, reason) => `${until === null ? `Seit ${from}` : `Von ${from} bis ${until}`}: ${reason}.`,
  pausedFor: {
    supplement: 'Warten auf Unterlagen von Ihnen',
    payment: 'Warten auf Ihre Zahlung',
    'other-body': 'Warten auf eine andere Behörde',
    withdrawal: 'Entscheidung über Ihre Rücknahme',
  },
  firstPromised: 'Zuerst zugesagt für',
  moved: 'Warum sich der Termin geändert hat',
  fromTo: (from, to) => `Von ${from} auf ${to}.`,
  movedBy: {
    extension: 'Die Behörde hat sich entschuldigt und einen neuen Termin gesetzt.',
    calendar: 'Der Arbeitskalender der Behörde hat sich geändert (freie Tage, nachgeholte Arbeitstage).',
    procedure: 'Der Vorgang läuft jetzt unter dem richtigen Verfahren; dessen Frist zählt ab dem Eingang.',
    supplement: 'Die Zeit, in der auf Unterlagen von Ihnen gewartet wurde, zählt nicht.',
    'supplement-restart': 'Die Frist zählt neu, seit die Unterlagen vollständig sind.',
    payment: 'Die Zeit, in der auf Ihre Zahlung gewartet wurde, zählt nicht.',
    'other-body': 'Die Zeit, in der auf eine andere Behörde gewartet wurde, zählt nicht.',
    withdrawal: 'Die Zeit, in der über Ihre Rücknahme entschieden wurde, zählt nicht.',
  },
  letter: (title, number) => `Schreiben: ${title} (Vordruck ${number}).`,
  basis: (documents) => `Rechtsgrundlage: ${documents}.`,
  eForm: 'Online-Formular',
  eFormCorrected: (at) =>
    `Die Behörde hat am ${at} einen Fehler in Ihren Angaben im Online-Formular berichtigt. Die Empfangsbestätigung zeigt sie, wie sie vorher waren. Wenn Sie nicht wissen, was berichtigt wurde, fragen Sie die unten genannte Stelle.`,
  procedure: 'Verfahren',
  office: 'Eingegangen bei',
  usual: 'Wie lange es meistens dauert',
  usually: (most, half) => `Neun von zehn sind innerhalb von ${most} fertig, die Hälfte innerhalb von ${half}.`,
  tooFew: 'Es sind noch zu wenige Vorgänge fertig, um das zu sagen.',
  workingDays: (count) => (count === 1 ? '1 Arbeitstag' : `${count} Arbeitstagen`),
  ask: 'Wen Sie fragen können',
  askHow: (office, code) => `${office}. Nennen Sie das Aktenzeichen ${code}.`,
  callUnder: 'Telefon:',
  sample: 'Dieses Verfahren ist ein Beispiel: Auf die Termine ist kein Verlass.',
  another: 'Anderen Vorgang verfolgen',
  usualTitle: 'Wie lange Verfahren meistens dauern',
  usualIntro:
    'In Arbeitszeit der Behörde, nach den letzten Ergebnissen, ohne die Zeit, in der auf Antragstellende gewartet wurde.',
  show: 'Zeigen',
  tooMany: 'Zu viele Abfragen',
  tooManyHow: 'Von dieser Adresse kamen zu viele Abfragen. Warten Sie eine Minute.',
  away: 'Zurzeit ist keine Abfrage möglich',
  awayHow:
    'Das System ist kurz nicht erreichbar. Versuchen Sie es in ein paar Minuten. Ihr Vorgang ist davon nicht betroffen.',
  language: 'Sprache',
  thread: 'Schriftwechsel mit der Behörde',
  from: { office: 'Die Behörde', applicant: 'Sie' },
  write: 'Der Behörde schreiben',
  writeHint: 'Wer Ihren Vorgang bearbeitet, liest es. Es ersetzt keine Unterlagen, um die Sie gebeten wurden.',
  send: 'An die Behörde senden',
  rating: 'Ihre Bewertung',
  ratingAsked: 'Wie zufrieden sind Sie mit der Bearbeitung dieses Vorgangs?',
  ratings: ['Sehr unzufrieden', 'Unzufrieden', 'Teils, teils', 'Zufrieden', 'Sehr zufrieden'],
  ratingWords: 'Was Sie noch sagen möchten',
  ratingHint: 'Freiwillig. Die Behörde kann es lesen.',
  rate: 'Bewertung senden',
  ratingGiven: 'Sie haben den Vorgang bewertet. Vielen Dank.',
  complaint: 'Beschwerde',
  complaintOpen: 'Eine Beschwerde zu diesem Vorgang senden',
  complaintHow:
    'Eine Beschwerde ist ein eigener Vorgang. Wen sie betrifft, erhält und sieht sie nicht. Die Behörde meldet sich, sobald sie angenommen ist, unter der Telefonnummer oder E-Mail-Adresse, die Sie hinterlassen haben.',
  complaintAbout: 'Wen betrifft sie?',
  aboutHolder: 'Wer meinen Vorgang gerade bearbeitet',
  aboutOffice: 'Die Behörde, bei der er eingegangen ist',
  complaintText: 'Ihre Beschwerde',
  complaintHint: 'Was geschehen ist, wann, und was Sie verlangen.',
  complain: 'Beschwerde senden',
  sent: {
    message: 'Ihr Schreiben wurde an die Behörde gesendet.',
    rating: 'Ihre Bewertung ist eingetragen. Vielen Dank.',
    complaint: 'Ihre Beschwerde wurde gesendet. Die Behörde meldet sich, sobald sie angenommen ist.',
  },
  notSent: 'Es konnte nicht gesendet werden. Bitte fragen Sie die unten genannte Stelle.',
  refusal: {
    NOT_FILLED_IN: 'Nicht gesendet: Bitte füllen Sie das Formular aus und senden Sie es noch einmal.',
    TOO_MANY_MESSAGES: 'Nicht gesendet: Sie haben heute zu oft geschrieben. Bitte senden Sie es morgen.',
    TOO_MANY_COMPLAINTS: 'Nicht gesendet: Zu diesem Vorgang kamen heute schon mehrere. Bitte senden Sie sie morgen.',
    FEEDBACK_GIVEN: 'Dieser Vorgang wurde schon bewertet; jeder wird einmal bewertet.',
    ROUTED_TO_CONCERNED:
      'Diese Beschwerde lässt sich nicht online senden: Bitte geben Sie sie bei der vorgesetzten Behörde ab.',
  },
};

/** What is not nothing, in words. */
function spoken(...parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join(' ');
}

export const trackWords: Readonly<Record<Language, TrackWords>> = { vi, en, de };
