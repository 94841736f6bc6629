import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { nonceOf } from '../pages/headers';
import { tooManyPage } from './pages';
import { languageAsked } from './words';

/** People see a page, not a problem document. */
@Catch(ThrottlerException)
export class TooManyPageFilter implements ExceptionFilter {
  catch(_error: ThrottlerException, host: ArgumentsHost): void {
    showTooMany(host.switchToHttp().getRequest<Request>(), host.switchToHttp().getResponse<Response>());
  }
}

/** The page that asks to wait. When to come again is in the header already. */
export function showTooMany(request: Request, response: Response): void {
  const setting = { language: languageAsked(request.get('accept-language')), nonce: nonceOf(response) };
  response.status(429).type('html').send(tooManyPage(setting));
}
