import { languages, type Language } from '#contracts';
import { longestPassword, shortestPassword } from '../provider/passwords';

/** What the pages of sign-in say. */
export interface SignInWords {
  readonly signIn: string;
  readonly username: string;
  readonly password: string;
  readonly newPassword: string;
  readonly newPasswordAgain: string;
  readonly passwordRule: string;
  readonly setPassword: string;
  readonly welcome: string;
  readonly error: string;
  readonly wrong: string;
  readonly failed: string;
  readonly failedHow: string;
  readonly notBound: string;
  readonly notBoundHow: string;
  readonly another: string;
  readonly anotherHow: string;
  readonly again: string;
  readonly over: string;
  readonly overHow: string;
  readonly tooShort: string;
  readonly tooLong: string;
  readonly notTheSame: string;
  readonly isTheName: string;
  readonly demo: string;
  readonly language: string;
  readonly tooMany: string;
}

export const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English', de: 'Deutsch' };

export const signInWords: Readonly<Record<Language, SignInWords>> = {
  vi: {
    signIn: 'Đăng nhập',
    username: 'Tên đăng nhập',
    password: 'Mật khẩu',
    newPassword: 'Mật khẩu mới',
    newPasswordAgain: 'Nhập lại mật khẩu mới',
    passwordRule: `Ít nhất ${shortestPassword} ký tự; một câu dễ nhớ là tốt nhất.`,
    setPassword: 'Đặt mật khẩu',
    welcome: 'Tài khoản của bạn:',
    error: 'Lỗi',
    wrong: 'Tên đăng nhập hoặc mật khẩu không đúng. Sau nhiều lần sai, hãy chờ 15 phút rồi thử lại.',
    failed: 'Chưa đăng nhập được',
    failedHow: 'Lần đăng nhập này đã hết hạn hoặc bị gián đoạn. Hãy bắt đầu lại.',
    notBound: 'Tài khoản chưa được gắn với cán bộ nào',
    notBoundHow: 'Hãy gửi hai dòng sau cho quản trị viên của bạn:',
    another: 'Đây là một người khác',
    anotherHow:
      'Phiên làm việc ở trình duyệt này là của người khác, nên chỉ chính người đó mới xác nhận lại được. Không có gì thay đổi. Nếu bạn muốn làm việc ở đây, người đó phải đăng xuất trước.',
    again: 'Đăng nhập lại',
    over: 'Liên kết không còn dùng được',
    overHow: 'Liên kết này đã được dùng hoặc đã hết hạn. Hãy xin quản trị viên một liên kết mới.',
    tooShort: `Mật khẩu mới phải có ít nhất ${shortestPassword} ký tự.`,
    tooLong: `Mật khẩu mới không được dài quá ${longestPassword} ký tự.`,
    notTheSame: 'Hai lần nhập mật khẩu mới không giống nhau.',
    isTheName: 'Mật khẩu mới không được chứa tên đăng nhập.',
    demo: 'Đây là bản dùng thử. Ai cũng biết mật khẩu: demo',
    language: 'Ngôn ngữ',
    tooMany: 'Quá nhiều lượt từ địa chỉ này. Hãy chờ một phút rồi thử lại.',
  },
  en: {
    signIn: 'Sign in',
    username: 'User name',
    password: 'Password',
    newPassword: 'New password',
    newPasswordAgain: 'New password, once more',
    passwordRule: `At least ${shortestPassword} characters; a sentence you remember is best.`,
    setPassword: 'Set password',
    welcome: 'Your account:',
    error: 'Error',
    wrong: 'User name or password is wrong. After several wrong tries, wait 15 minutes before trying again.',
    failed: 'You are not signed in yet',
    failedHow: 'This sign-in took too long or was interrupted. Begin again.',
    notBound: 'This account belongs to no official yet',
    notBoundHow: 'Give these two lines to your administrator:',
    another: 'This is another person',
    anotherHow:
      'Somebody else is signed in at this browser, and only they can confirm who they are. Nothing has changed. To work here yourself, have them sign out first.',
    again: 'Sign in again',
    over: 'This link cannot be used any more',
    overHow: 'It was used already, or has expired. Ask your administrator for a new one.',
    tooShort: `The new password must have at least ${shortestPassword} characters.`,
    tooLong: `The new password must have at most ${longestPassword} characters.`,
    notTheSame: 'The two new passwords are not the same.',
    isTheName: 'The new password must not contain the user name.',
    demo: 'This is a demo. Everybody knows the password: demo',
    language: 'Language',
    tooMany: 'Too many requests from this address. Wait a minute and try again.',
  },
  de: {
    signIn: 'Anmelden',
    username: 'Benutzername',
    password: 'Passwort',
    newPassword: 'Neues Passwort',
    newPasswordAgain: 'Neues Passwort noch einmal',
    passwordRule: `Mindestens ${shortestPassword} Zeichen; am besten ein Satz, den Sie sich merken.`,
    setPassword: 'Passwort setzen',
    welcome: 'Ihr Konto:',
    error: 'Fehler',
    wrong: 'Benutzername oder Passwort ist falsch. Warten Sie nach mehreren Fehlversuchen 15 Minuten.',
    failed: 'Sie sind noch nicht angemeldet',
    failedHow: 'Diese Anmeldung hat zu lange gedauert oder wurde unterbrochen. Beginnen Sie von vorn.',
    notBound: 'Dieses Konto gehört noch zu keiner Amtsperson',
    notBoundHow: 'Geben Sie diese zwei Zeilen Ihrer Administration:',
    another: 'Das ist eine andere Person',
    anotherHow:
      'An diesem Browser ist jemand anderes angemeldet, und nur diese Person kann sich hier bestätigen. Nichts wurde geändert. Wollen Sie selbst hier arbeiten, muss sie sich zuerst abmelden.',
    again: 'Neu anmelden',
    over: 'Dieser Link gilt nicht mehr',
    overHow: 'Er wurde schon benutzt oder ist abgelaufen. Bitten Sie Ihre Administration um einen neuen.',
    tooShort: `Das neue Passwort muss mindestens ${shortestPassword} Zeichen haben.`,
    tooLong: `Das neue Passwort darf höchstens ${longestPassword} Zeichen haben.`,
    notTheSame: 'Die beiden neuen Passwörter sind nicht gleich.',
    isTheName: 'Das neue Passwort darf den Benutzernamen nicht enthalten.',
    demo: 'Dies ist eine Vorführung. Das Passwort kennen alle: demo',
    language: 'Sprache',
    tooMany: 'Zu viele Anfragen von dieser Adresse. Warten Sie eine Minute.',
  },
};

/** The first of our languages that a browser asks for (`Accept-Language`), Vietnamese where it asks for none of them. */
export function languageAsked(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((one) => one !== undefined);
    return { language: tag.split('-')[0], weight: Number(quality ?? 1) };
  });
  const best = asked.sort((one, other) => other.weight - one.weight).find(({ language }) => isLanguage(language));
  return isLanguage(best?.language) ? best.language : 'vi';
}

export function isLanguage(text: unknown): text is Language {
  return languages.some((language) => language === text);
}
