import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { LevelWithSilent, Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** What guard and problem filter add to the line of a request; kept in `response.locals`. */
export interface RequestNotes {
  action?: string;
  caller?: string;
  problem?: string;
  /** Why a token was not accepted. */
  reason?: string;
}

const REQUEST_ID = 'x-request-id';

/**
 * One line a request: its id, method, path, status, duration, action, caller, and the code of a refusal. Never a body, a
 * header or a query string.
 *
 * The id is the caller's `X-Request-Id` where that is a plain word of 8 to 64 characters, else a new one; it is in the
 * answer, and in `instance` of a problem.
 */
export function requestLog(logger: Logger): RequestHandler {
  return pinoHttp<Request, Response<unknown, RequestNotes>>({
    logger,
    genReqId: requestId,
    quietReqLogger: true,
    wrapSerializers: false,
    customAttributeKeys: { responseTime: 'durationMs' },
    customLogLevel: (request, response) => levelOf(request, response),
    customProps: (_request, { locals: { action, caller, problem, reason } }) => ({ action, caller, problem, reason }),
    // The filter has logged the error with its stack; pino-http would add one of its own without any.
    customErrorObject: (_request, response, _error, { durationMs }: { durationMs: number }) => ({
      res: response,
      durationMs,
    }),
    serializers: {
      req: ({ method, originalUrl }: Request) => ({ method, path: originalUrl.split('?', 1)[0] }),
      res: ({ statusCode }: Response) => ({ statusCode }),
    },
  });
}

/** The id this request has in the log. */
export function requestIdOf({ id }: Request): string {
  return typeof id === 'string' ? id : '';
}

function requestId(request: Request, response: Response): string {
  const given = request.get(REQUEST_ID);
  const id = given !== undefined && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader(REQUEST_ID, id);
  return id;
}

/** Probes ask every few seconds; only their failures are news. */
function levelOf(request: Request, response: Response): LevelWithSilent {
  if (response.statusCode >= 500) return 'error';
  if (response.statusCode === 401 || response.statusCode === 403) return 'warn';
  return /^\/(health\/|metrics$)/.test(request.originalUrl) ? 'debug' : 'info';
}
