import type { Language } from '#contracts';
import { demoStrip } from '../pages/demo';
import { html, type Html } from '../pages/html';
import { trackWords } from './words';

/** One of the citizen's pages: no script, one style sheet. */
export interface Document {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  /** The ways to this page in the other languages. */
  readonly otherLanguages: Html;
}

/** The page as it is sent; one of a demo says so first. */
export function documentOf({ language, title, body, otherLanguages }: Document, isDemo: boolean): string {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${title} · Motcua</title>
        <link rel="stylesheet" href="/track/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        ${demoStrip(language, isDemo)}
        <header>Motcua · ${trackWords[language].title}</header>
        <main>${body}</main>
        <footer>${otherLanguages}</footer>
      </body>
    </html> `;
  return page.text;
}
