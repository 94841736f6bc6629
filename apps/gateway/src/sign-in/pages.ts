import type { Language } from '#contracts';
import { html, type Html } from '../pages/html';
import { languageLinks, pageOf } from '../pages/page';
import type { Setting } from './setting';
import { languageNames, signInWords, type SignInWords } from './words';

/** Where somebody types name and password. */
export function signInPage(setting: Setting & { readonly wrong: boolean; readonly username: string }): string {
  const words = signInWords[setting.language];
  const { wrong, username, isDemo } = setting;
  const body = html`<h1>${words.signIn}</h1>
    ${isDemo ? html`<p class="known">${words.demo}</p>` : null}
    ${wrong ? errorOf(words, words.wrong, 'username') : null}
    <form method="post">
      <label for="username">${words.username}</label>
      <input
        id="username"
        name="username"
        value="${username}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        required
        autofocus
        maxlength="200"
      />
      <label for="password">${words.password}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200" />
      <button>${words.signIn}</button>
    </form>`;
  return page(
    setting,
    wrong ? `${words.error}: ${words.signIn}` : words.signIn,
    body,
    (language) => `?language=${language}`,
  );
}

/** Why a new password was not taken. */
export type PasswordDefect = 'tooShort' | 'tooLong' | 'notTheSame' | 'isTheName';

/** Where whoever was invited sets a password. */
export function invitationPage(
  setting: Setting & { readonly secret: string; readonly username: string; readonly defect: PasswordDefect | null },
): string {
  const words = signInWords[setting.language];
  const { secret, username, defect } = setting;
  const body = html`<h1>${words.setPassword}</h1>
    ${defect ? errorOf(words, words[defect], 'password') : null}
    <p>${words.welcome} <strong>${username}</strong></p>
    <form method="post" action="/sign-in/invitation?language=${setting.language}">
      <input type="hidden" name="secret" value="${secret}" />
      <input type="hidden" name="username" value="${username}" autocomplete="username" />
      <label for="password">${words.newPassword}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        required
        autofocus
        aria-describedby="rule"
      />
      <p class="quiet" id="rule">${words.passwordRule}</p>
      <label for="again">${words.newPasswordAgain}</label>
      <input id="again" name="again" type="password" autocomplete="new-password" required />
      <button>${words.setPassword}</button>
    </form>`;
  const title = defect ? `${words.error}: ${words.setPassword}` : words.setPassword;
  return page(setting, title, body, (language) => `/sign-in/invitation?secret=${secret}&language=${language}`);
}

/** The link was used, or is too old. */
export function invitationOverPage(setting: Setting): string {
  const words = signInWords[setting.language];
  return noticePage(setting, words.over, html`<p>${words.overHow}</p>`);
}

/** A sign-in that took too long or was broken off. */
export function signInFailedPage(setting: Setting): string {
  const words = signInWords[setting.language];
  return noticePage(setting, words.failed, html`<p>${words.failedHow}</p>`);
}

/** More requests from one address than an office makes. */
export function tooManyPage(setting: Setting): string {
  const words = signInWords[setting.language];
  return noticePage(setting, words.failed, html`<p>${words.tooMany}</p>`);
}

/** The office's own provider knows them, but nobody said yet who they are here. */
export function notBoundPage(setting: Setting & { readonly issuer: string; readonly subject: string }): string {
  const words = signInWords[setting.language];
  const { issuer, subject } = setting;
  return noticePage(
    setting,
    words.notBound,
    html`<p>${words.notBoundHow}</p>
      <p><code>issuer: ${issuer}</code><br /><code>subject: ${subject}</code></p>`,
  );
}

/** Who is signed in here was to show anew who they are, and somebody else came back. */
export function anotherPersonPage(setting: Setting): string {
  const words = signInWords[setting.language];
  return noticePage(setting, words.another, html`<p>${words.anotherHow}</p>`, '/sign-in?again=true&to=/signed-in');
}

function noticePage(setting: Setting, title: string, body: Html, address = '/sign-in'): string {
  const { again } = signInWords[setting.language];
  return page(
    setting,
    title,
    html`<h1>${title}</h1>
      ${body}
      <p><a class="button" href="${address}">${again}</a></p>`,
    null,
  );
}

function errorOf(words: SignInWords, text: string, field: string): Html {
  return html`<div class="error" role="alert">
    <h2>${words.error}</h2>
    <p><a href="#${field}">${text}</a></p>
  </div>`;
}

function page(
  { language, nonce, isDemo }: Setting,
  title: string,
  body: Html,
  address: ((language: Language) => string) | null,
): string {
  const links = address && languageLinks(language, languageNames, signInWords[language].language, address);
  return pageOf({ language, title: `${title} · Motcua`, nonce, isDemo, body, languageLinks: links });
}
