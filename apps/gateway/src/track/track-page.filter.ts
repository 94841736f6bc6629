import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { LOGGER, RemoteRefusal } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { documentOf } from './document';
import { languageOf } from './language-of';
import { awayPage, tooManyPage } from './track-pages';

/** People see a page, not a problem document. */
@Catch(ThrottlerException, RemoteRefusal)
export class TrackPageFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    private readonly settings: GatewaySettings,
  ) {}

  catch(error: ThrottlerException | RemoteRefusal, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { DEMO } = this.settings;
    const language = languageOf(request);
    if (error instanceof RemoteRefusal) {
      this.log.error({ err: error }, 'a citizen could not be answered');
      response
        .status(503)
        .type('html')
        .send(documentOf(awayPage(language), DEMO));
    } else {
      response
        .status(429)
        .type('html')
        .send(documentOf(tooManyPage(language), DEMO));
    }
  }
}
