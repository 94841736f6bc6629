import type { Language, NoticeKind } from '#contracts';
import { fitsOneMessage, withoutMarks } from './short-message';

/** What a notice says, in words of the applicant's language already. */
export interface NoticeFacts {
  readonly kind: NoticeKind;
  readonly language: Language;
  /** Null for an online submission that was not accepted. */
  readonly code: string | null;
  readonly office: string;
  readonly procedure: string;
  /** When the result is promised, by the clock of the office; null where nothing limits, or nothing new is promised. */
  readonly promised: string | null;
  /** By when the applicant must answer, likewise; null where nothing limits it. */
  readonly answerBy: string | null;
  /** The papers asked for, by name. */
  readonly papers: readonly string[];
  /** What is to be paid, with its currency; null for nothing. */
  readonly amount: string | null;
}

/** A notice for a mailbox (`subject`, `text`) and for a telephone (`short`). */
export interface NoticeWords {
  readonly subject: string;
  readonly text: string;
  readonly short: string;
}

/** One language. The sentences of a kind come in the order in which a short message can do without the later ones. */
interface Words {
  readonly dossier: (code: string) => string;
  readonly submission: string;
  readonly headline: { readonly [Kind in NoticeKind]: string };
  readonly sentences: { readonly [Kind in NoticeKind]: (dossier: string, facts: NoticeFacts) => readonly Sentence[] };
  readonly procedure: (name: string) => string;
  readonly contact: (office: string, code: string | null) => string;
}
type Sentence = string | false;

const words: { readonly [L in Language]: Words } = {
  vi: {
    dossier: (code) => `Hồ sơ ${code}`,
    submission: 'Hồ sơ nộp trực tuyến',
    headline: {
      received: 'đã tiếp nhận',
      refused: 'không được tiếp nhận',
      supplement: 'cần bổ sung',
      payment: 'cần nộp phí, lệ phí',
      reminder: 'nhắc việc cần làm',
      apology: 'xin lỗi và hẹn lại ngày trả kết quả',
      ready: 'đã có kết quả',
      stopped: 'dừng giải quyết',
      withdrawn: 'đã được rút',
      message: 'có thư của cơ quan',
    },
    sentences: {
      received: (dossier, { promised }) => [
        `${dossier} đã được tiếp nhận.`,
        promised !== null && `Hẹn trả kết quả lúc ${promised}.`,
      ],
      refused: (dossier) => [`${dossier} không được tiếp nhận.`, 'Lý do được ghi trong phiếu từ chối tiếp nhận.'],
      supplement: (dossier, { papers, answerBy }) => [
        `${dossier} cần được bổ sung.`,
        answerBy !== null && `Hạn cuối: ${answerBy}.`,
        papers.length > 0 && `Giấy tờ cần bổ sung: ${papers.join('; ')}.`,
        'Thời hạn giải quyết tạm dừng cho đến khi nhận được.',
      ],
      payment: (dossier, { amount, answerBy }) => [
        `${dossier} cần nộp ${amount ?? 'phí, lệ phí'}.`,
        answerBy !== null && `Hạn cuối: ${answerBy}.`,
        'Thời hạn giải quyết tạm dừng cho đến khi nộp xong.',
      ],
      reminder: (dossier, { answerBy }) => [
        `${dossier} vẫn đang chờ ông/bà bổ sung hoặc nộp phí.`,
        answerBy !== null && `Hạn cuối: ${answerBy}.`,
        'Thời hạn giải quyết tạm dừng cho đến khi nhận được.',
      ],
      apology: (dossier, { promised }) => [
        `Xin lỗi ông/bà: ${lowerFirst(dossier)} không được trả đúng hẹn.`,
        promised !== null && `Hẹn lại lúc ${promised}.`,
        'Lý do được ghi trong phiếu xin lỗi và hẹn lại ngày trả kết quả.',
      ],
      ready: (dossier) => [`${dossier} đã có kết quả.`, 'Mời ông/bà nhận kết quả.'],
      stopped: (dossier) => [`${dossier} dừng giải quyết.`, 'Lý do được ghi trong thông báo dừng giải quyết hồ sơ.'],
      withdrawn: (dossier) => [`${dossier} đã được rút theo yêu cầu của ông/bà.`],
      message: (dossier) => [
        `${dossier}: cơ quan có thư gửi ông/bà.`,
        'Mời ông/bà đọc và trả lời ở trang tra cứu, bằng mã hồ sơ và mã tra cứu in trên giấy tiếp nhận.',
      ],
    },
    procedure: (name) => `Thủ tục: ${name}.`,
    contact: (office, code) => `Nơi giải đáp: ${office}${code === null ? '' : `, theo mã hồ sơ ${code}`}.`,
  },
  en: {
    dossier: (code) => `Dossier ${code}`,
    submission: 'Your online submission',
    headline: {
      received: 'received',
      refused: 'not accepted',
      supplement: 'something is missing',
      payment: 'payment due',
      reminder: 'a reminder',
      apology: 'apology and new date',
      ready: 'the result is ready',
      stopped: 'handling has stopped',
      withdrawn: 'withdrawn',
      message: 'the office has written to you',
    },
    sentences: {
      received: (dossier, { promised }) => [
        `${dossier} has been received.`,
        promised !== null && `The result is promised for ${promised}.`,
      ],
      refused: (dossier) => [`${dossier} was not accepted.`, 'The notice of refusal says why.'],
      supplement: (dossier, { papers, answerBy }) => [
        `${dossier} needs to be completed.`,
        answerBy !== null && `Please answer by ${answerBy}.`,
        papers.length > 0 && `Please bring: ${papers.join('; ')}.`,
        'The time limit stands still until then.',
      ],
      payment: (dossier, { amount, answerBy }) => [
        `${dossier}: please pay ${amount ?? 'the fee'}.`,
        answerBy !== null && `Please answer by ${answerBy}.`,
        'The time limit stands still until then.',
      ],
      reminder: (dossier, { answerBy }) => [
        `${dossier} still waits for what you were asked for.`,
        answerBy !== null && `Please answer by ${answerBy}.`,
        'The time limit stands still until then.',
      ],
      apology: (dossier, { promised }) => [
        `We apologise: ${lowerFirst(dossier)} will not be settled on the day promised.`,
        promised !== null && `New date: ${promised}.`,
        'The letter of apology says why.',
      ],
      ready: (dossier) => [`The result of ${lowerFirst(dossier)} is ready.`, 'Please collect it.'],
      stopped: (dossier) => [`Handling of ${lowerFirst(dossier)} has stopped.`, 'The notice of stopping says why.'],
      withdrawn: (dossier) => [`${dossier} has been withdrawn as you asked.`],
      message: (dossier) => [
        `${dossier}: the office has written to you.`,
        'Read and answer it on the tracking page, with the code and the look-up secret printed on your receipt.',
      ],
    },
    procedure: (name) => `Procedure: ${name}.`,
    contact: (office, code) => `Ask: ${office}${code === null ? '' : `, naming ${code}`}.`,
  },
  de: {
    dossier: (code) => `Vorgang ${code}`,
    submission: 'Ihr Online-Antrag',
    headline: {
      received: 'eingegangen',
      refused: 'nicht angenommen',
      supplement: 'es fehlt noch etwas',
      payment: 'Zahlung fällig',
      reminder: 'eine Erinnerung',
      apology: 'Entschuldigung und neuer Termin',
      ready: 'das Ergebnis liegt vor',
      stopped: 'die Bearbeitung ist beendet',
      withdrawn: 'zurückgezogen',
      message: 'Nachricht der Behörde',
    },
    sentences: {
      received: (dossier, { promised }) => [
        `${dossier} ist eingegangen.`,
        promised !== null && `Das Ergebnis ist zugesagt für den ${promised}.`,
      ],
      refused: (dossier) => [`${dossier} wurde nicht angenommen.`, 'Der Ablehnungsbescheid nennt den Grund.'],
      supplement: (dossier, { papers, answerBy }) => [
        `${dossier} muss ergänzt werden.`,
        answerBy !== null && `Bitte antworten Sie bis ${answerBy}.`,
        papers.length > 0 && `Es fehlen: ${papers.join('; ')}.`,
        'Bis dahin ruht die Frist.',
      ],
      payment: (dossier, { amount, answerBy }) => [
        `${dossier}: bitte zahlen Sie ${amount ?? 'die Gebühr'}.`,
        answerBy !== null && `Bitte antworten Sie bis ${answerBy}.`,
        'Bis dahin ruht die Frist.',
      ],
      reminder: (dossier, { answerBy }) => [
        `${dossier} wartet noch auf das, worum wir Sie gebeten haben.`,
        answerBy !== null && `Bitte antworten Sie bis ${answerBy}.`,
        'Bis dahin ruht die Frist.',
      ],
      apology: (dossier, { promised }) => [
        `Wir bitten um Entschuldigung: ${dossier} wird nicht zum zugesagten Termin erledigt.`,
        promised !== null && `Neuer Termin: ${promised}.`,
        'Das Entschuldigungsschreiben nennt den Grund.',
      ],
      ready: (dossier) => [`${dossier}: das Ergebnis liegt vor.`, 'Bitte holen Sie es ab.'],
      stopped: (dossier) => [`${dossier}: die Bearbeitung ist beendet.`, 'Die Einstellungsmitteilung nennt den Grund.'],
      withdrawn: (dossier) => [`${dossier} wurde auf Ihren Wunsch zurückgezogen.`],
      message: (dossier) => [
        `${dossier}: die Behörde hat Ihnen geschrieben.`,
        'Sie lesen und beantworten es auf der Abfrageseite, mit Aktenzeichen und Abfragecode Ihrer Eingangsbestätigung.',
      ],
    },
    procedure: (name) => `Verfahren: ${name}.`,
    contact: (office, code) => `Auskunft: ${office}${code === null ? '' : `, unter Angabe von ${code}`}.`,
  },
};

/** A notice in the applicant's language. It names nobody, and no reason in anybody's free words. */
export function noticeWords(facts: NoticeFacts): NoticeWords {
  const say = words[facts.language];
  const dossier = facts.code === null ? say.submission : say.dossier(facts.code);
  const sentences = say.sentences[facts.kind](dossier, facts).filter((sentence) => sentence !== false);
  return {
    subject: `${dossier}: ${say.headline[facts.kind]}`,
    text: [...sentences, '', say.procedure(facts.procedure), say.contact(facts.office, facts.code), ''].join('\n'),
    short: shortOf(sentences, facts),
  };
}

/**
 * The most that one SMS holds: with the office in front if possible, and as many sentences as fit. Vietnamese goes without its
 * marks, as is usual there: with them an SMS holds 70 characters.
 */
function shortOf(sentences: readonly string[], { office, language }: NoticeFacts): string {
  const plain = (text: string) => (language === 'vi' ? withoutMarks(text) : text);
  const said = sentences.map((_, dropped) => plain(sentences.slice(0, sentences.length - dropped).join(' ')));
  const candidates = said.flatMap((text) => [`${withoutMarks(office)}: ${text}`, text]);
  return candidates.find(fitsOneMessage) ?? said[0] ?? '';
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
