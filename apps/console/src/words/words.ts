import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['vi', 'en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language's own name, for whoever cannot read the present one. */
export const languageNames: Readonly<Record<Language, string>> = { vi: 'Tiếng Việt', en: 'English', de: 'Deutsch' };

/** One file for each folder and language, fetched when a page first needs it. */
const files = import.meta.glob<Record<string, unknown>>('./{vi,en,de}/*.json', { import: 'default' });

const catalogues: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, folder, done) => {
    const load = files[`./${language}/${folder}.json`];
    if (!load) {
      done(new Error(`There are no words for ${folder} in ${language}.`), null);
      return;
    }
    void load().then(
      (words) => done(null, words),
      (cause: unknown) => done(cause as Error, null),
    );
  },
};

const KEPT = 'language';

/** What was spoken on this computer last; until the session is known it is what the page speaks. */
function keptLanguage(): Language | null {
  return languages.find((language) => language === localStorage.getItem(KEPT)) ?? null;
}

export async function startWords(): Promise<void> {
  await i18next
    .use(catalogues)
    .use(initReactI18next)
    .init({
      lng: keptLanguage() ?? 'vi',
      fallbackLng: false,
      ns: ['frame', 'clock'],
      defaultNS: 'frame',
      interpolation: { escapeValue: false }, // React escapes.
    });
  document.documentElement.lang = i18next.language;
}

/** Speaks another language from now on, on this computer. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEPT, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
