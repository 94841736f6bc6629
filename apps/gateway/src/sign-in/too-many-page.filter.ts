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
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const setting = { language: languageAsked(request.get('accept-language')), nonce: nonceOf(response) };
    response.status(429).type('html').send(tooManyPage(setting));
  }
}
