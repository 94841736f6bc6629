import type { Request } from 'express';
import type { Language } from '#contracts';
import { isLanguage, languageAsked } from '../sign-in/words';

/** The language chosen on the page, else what the browser asks for. */
export function languageOf({ query, body, headers }: Request): Language {
  const chosen = query['language'] ?? (body as { language?: unknown } | undefined)?.language;
  return isLanguage(chosen) ? chosen : languageAsked(headers['accept-language']);
}
