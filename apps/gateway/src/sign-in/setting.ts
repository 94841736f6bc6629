import type { Request, Response } from 'express';
import type { Language } from '#contracts';
import type { GatewaySettings } from '../gateway.settings';
import { nonceOf } from '../pages/headers';
import { isLanguage, languageAsked } from './words';

/** What every page of sign-in is made with. */
export interface Setting {
  readonly language: Language;
  readonly nonce: string;
  readonly isDemo: boolean;
}

/** In the language that the address asks for, or else the browser. */
export function settingOf(request: Request, response: Response, { DEMO }: GatewaySettings): Setting {
  const { language } = request.query;
  return {
    language: isLanguage(language) ? language : languageAsked(request.get('accept-language')),
    nonce: nonceOf(response),
    isDemo: DEMO,
  };
}
