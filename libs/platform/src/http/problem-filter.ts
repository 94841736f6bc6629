import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { TokenRefused } from '../access/token-refused';
import { requestIdOf, type RequestNotes } from '../logging/request-log';
import { problemOf } from './problem';

/** Answers every error with a problem document, and logs those that are not the caller's, with their stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response<unknown, RequestNotes>>();
    const reqId = requestIdOf(request);
    const { status, headers, body } = problemOf(error, reqId);

    response.locals.problem = body.code;
    if (error instanceof TokenRefused) response.locals.reason = error.reason;
    if (status === 503) this.logger.warn({ reqId, err: error }, 'not available');
    else if (status >= 500) this.logger.error({ reqId, err: error }, 'failed');

    // A stream that broke half-way cannot become a problem any more; cut off, it cannot be taken for complete.
    if (response.headersSent) response.destroy();
    else response.status(status).set(headers).json(body);
  }
}
