import { languages, type Language } from '#contracts';
import { demoStrip } from './demo';
import { html, Html } from './html';

/** A page that needs no script. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly nonce: string;
  readonly isDemo: boolean;
  readonly body: Html;
  /** Addresses of this page in the other languages; null where it has none. */
  readonly languageLinks: Html | null;
}

/** The whole document; one of a demo says so first. */
export function pageOf({ language, title, nonce, isDemo, body, languageLinks }: Page): string {
  const document = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${new Html(style)}
        </style>
      </head>
      <body>
        ${demoStrip(language, isDemo)}
        <main>${body}</main>
        ${languageLinks}
      </body>
    </html> `;
  return document.text;
}

/** Links to this page in each language, by what is put behind its path. */
export function languageLinks(
  current: Language,
  names: Readonly<Record<Language, string>>,
  label: string,
  queryFor: (language: Language) => string,
): Html {
  const links = languages.map((language) =>
    language === current
      ? html`<li><span aria-current="true" lang="${language}">${names[language]}</span></li>`
      : html`<li><a href="${queryFor(language)}" lang="${language}" hreflang="${language}">${names[language]}</a></li>`,
  );
  return html`<nav aria-label="${label}">
    <ul>
      ${links}
    </ul>
  </nav>`;
}

const style = `
:root { --ground: #ffffff; --text: #1a1b1e; --quiet: #495057; --line: #868e96; --button: #1864ab; --on-button: #ffffff; --bad: #a51111; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1a1b1e; --text: #f1f3f5; --quiet: #ced4da; --line: #909296; --button: #74c0fc; --on-button: #0b1a26; --bad: #ffa8a8; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 1.0625rem/1.5 "Be Vietnam Pro", system-ui, sans-serif; }
main { max-width: 26rem; margin: 8vh auto 2rem; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 1.5rem; }
label { display: block; font-weight: 600; margin: 0 0 .25rem; }
input { display: block; width: 100%; font: inherit; color: inherit; background: var(--ground); padding: .5rem .75rem; margin: 0 0 1.25rem;
  border: 2px solid var(--line); border-radius: .25rem; }
button, .button { display: inline-block; font: inherit; font-weight: 600; color: var(--on-button); background: var(--button); padding: .6rem 1.25rem;
  border: 2px solid transparent; border-radius: .25rem; cursor: pointer; text-decoration: none; }
a { color: var(--button); }
:focus-visible { outline: 3px solid var(--button); outline-offset: 2px; }
.error { border: 3px solid var(--bad); border-radius: .25rem; padding: .75rem 1rem; margin: 0 0 1.5rem; }
.error h2 { color: var(--bad); font-size: 1.0625rem; margin: 0 0 .25rem; }
.error p { margin: 0; }
.quiet { color: var(--quiet); margin: -1rem 0 1.25rem; }
.demo { margin: 0; padding: .5rem 1rem; border-bottom: 2px solid var(--line); text-align: center; font-weight: 600; }
.known { border-left: .5rem solid var(--line); padding: .5rem 1rem; margin: 0 0 1.5rem; }
code { overflow-wrap: anywhere; }
nav ul { display: flex; gap: 1.25rem; justify-content: center; list-style: none; margin: 0; padding: 1rem; }
`;
