import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { DossierError, DossierNotFound } from '#domain';
import type { HearsOfRefusals, Refusal } from '../access/access-policy';
import type { RequestOfCaller } from '../access/caller';
import { TokenRefused } from '../access/token-refused';
import { requestIdOf, type RequestNotes } from '../logging/request-log';
import { problemOf } from './problem';
import { RemoteRefusal } from './service-fetch';

/**
 * Answers every error with a problem document, logs those that are not the caller's, with their stack, and tells the service's
 * policy of what it refused, before the answer goes out.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly policy: HearsOfRefusals,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<RequestOfCaller>();
    const response = host.switchToHttp().getResponse<Response<unknown, RequestNotes>>();
    const reqId = requestIdOf(request);
    const { status, headers, body } = problemOf(error, reqId);

    response.locals.problem = body.code;
    if (error instanceof TokenRefused) response.locals.reason = error.reason;
    if (status === 503) this.logger.warn({ reqId, err: error }, 'not available');
    else if (status >= 500) this.logger.error({ reqId, err: error }, 'failed');
    await this.tellRefusal(error, request, response.locals);

    // A stream that broke half-way cannot become a problem any more; cut off, it cannot be taken for complete.
    if (response.headersSent) response.destroy();
    else response.status(status).set(headers).json(body);
  }

  /** Whoever is refused is told so also where it cannot be written down; then the log says it. */
  private async tellRefusal(error: unknown, request: RequestOfCaller, { action = '' }: RequestNotes): Promise<void> {
    const refusal = request.caller && refusalOf(error, request, action);
    if (!request.caller || !refusal) return;
    try {
      await this.policy.refused(request.caller, refusal);
    } catch (cause) {
      this.logger.error({ reqId: requestIdOf(request), err: cause, refusal }, 'a refusal was not written down');
    }
  }
}

/** A refusal of access, as the access log keeps it; null for every other error. */
function refusalOf(error: unknown, request: RequestOfCaller, action: string): Refusal | null {
  // What another service refused, that service has said already.
  if (!(error instanceof DossierError) || error instanceof RemoteRefusal) return null;
  const isHidden = error instanceof DossierNotFound;
  if (!isHidden && error.kind !== 'forbidden') return null;
  const { path } = request.route as { readonly path: string };
  const asked = request.params['dossierId'];
  const dossierId = isHidden ? error.dossierId : typeof asked === 'string' ? asked : null;
  return { action, route: `${request.method} ${path}`, dossierId, outcome: isHidden ? 'not-found' : 'forbidden' };
}
