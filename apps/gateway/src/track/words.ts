import type { Language } from '#contracts';

/** What a dossier is in, for the one who handed it in: a headline, and what that means for them. */
interface StatusWords {
  readonly headline: string;
  readonly meaning: string;
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
  readonly firstPromised: string;
  readonly procedure: string;
  readonly office: string;
  readonly usual: string;
  readonly usually: (most: string, half: string) => string;
  readonly tooFew: string;
  readonly workingDays: (count: number) => string;
  readonly ask: string;
  readonly askHow: (office: string, code: string) => string;
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
  firstPromised: 'Hẹn lần đầu',
  procedure: 'Thủ tục',
  office: 'Nơi tiếp nhận',
  usual: 'Thường mất bao lâu',
  usually: (most, half) => `Chín trong mười hồ sơ xong trong vòng ${most}, một nửa trong vòng ${half}.`,
  tooFew: 'Chưa đủ hồ sơ đã xong để nói thường mất bao lâu.',
  workingDays: (count) => `${count} ngày làm việc`,
  ask: 'Hỏi ở đâu',
  askHow: (office, code) => `${office}. Hãy nói mã hồ sơ ${code}.`,
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
  firstPromised: 'First promised for',
  procedure: 'Procedure',
  office: 'Received by',
  usual: 'How long it usually takes',
  usually: (most, half) => `Nine of ten are done within ${most}, half of them within ${half}.`,
  tooFew: 'Too few dossiers are done to say how long it usually takes.',
  workingDays: (count) => (count === 1 ? '1 working day' : `${count} working days`),
  ask: 'Whom to ask',
  askHow: (office, code) => `${office}. Name the code ${code}.`,
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
  firstPromised: 'Zuerst zugesagt für',
  procedure: 'Verfahren',
  office: 'Eingegangen bei',
  usual: 'Wie lange es meistens dauert',
  usually: (most, half) => `Neun von zehn sind innerhalb von ${most} fertig, die Hälfte innerhalb von ${half}.`,
  tooFew: 'Es sind noch zu wenige Vorgänge fertig, um das zu sagen.',
  workingDays: (count) => (count === 1 ? '1 Arbeitstag' : `${count} Arbeitstagen`),
  ask: 'Wen Sie fragen können',
  askHow: (office, code) => `${office}. Nennen Sie das Aktenzeichen ${code}.`,
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
};

export const trackWords: Readonly<Record<Language, TrackWords>> = { vi, en, de };
