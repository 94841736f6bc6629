import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { ThrottlerException } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { GatewaySettings } from '../gateway.settings';
import { tooManyPage } from './pages';
import { settingOf } from './setting';

/** People see a page, not a problem document. */
@Catch(ThrottlerException)
export class TooManyPageFilter implements ExceptionFilter {
  constructor(private readonly settings: GatewaySettings) {}

  catch(_error: ThrottlerException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    showTooMany(http.getRequest<Request>(), http.getResponse<Response>(), this.settings);
  }
}

/** The page that asks to wait. When to come again is in the header already. */
export function showTooMany(request: Request, response: Response, settings: GatewaySettings): void {
  response
    .status(429)
    .type('html')
    .send(tooManyPage(settingOf(request, response, settings)));
}
