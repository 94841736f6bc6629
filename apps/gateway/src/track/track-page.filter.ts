import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER, RemoteRefusal } from '#platform';
import { languageOf } from './language-of';
import { awayPage, tooManyPage } from './track-pages';

/** People see a page, not a problem document. */
@Catch(ThrottlerException, RemoteRefusal)
export class TrackPageFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: ThrottlerException | RemoteRefusal, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const language = languageOf(request);
    if (error instanceof RemoteRefusal) {
      this.log.error({ err: error }, 'a citizen could not be answered');
      response.status(503).type('html').send(awayPage(language));
    } else {
      response.status(429).type('html').send(tooManyPage(language));
    }
  }
}
