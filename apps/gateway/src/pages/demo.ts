import type { Language } from '#contracts';
import { html, type Html } from './html';

const demoWords: Readonly<Record<Language, string>> = {
  vi: 'Bản dùng thử: mọi người, hồ sơ và thời gian đều là giả định.',
  en: 'Demo: people, dossiers and time are made up.',
  de: 'Vorführung: Personen, Vorgänge und Zeit sind erfunden.',
};

/** What every page of a demo begins with, so that nobody takes it for an office's; nothing where it is none. */
export function demoStrip(language: Language, isDemo: boolean): Html | null {
  return isDemo ? html`<p class="demo">${demoWords[language]}</p>` : null;
}
