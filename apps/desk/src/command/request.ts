import { createParamDecorator, HttpException, type ExecutionContext } from '@nestjs/common';
import { canonicalJson, sha256Hex, type Caller, type RequestOfCaller } from '#platform';
import { DossierError, FieldInvalid } from '#domain';

/** What a command says of itself besides its body: who, under which key, and on which version it was decided. */
export interface CommandRequest {
  readonly caller: Caller;
  /** Idempotency-Key: a UUID of the client's, the same for a repeat of the same command. */
  readonly key: string;
  /** The ETag the client decided upon; null where none was sent. */
  readonly ifMatch: string | null;
  /** Hash of who asked what: the same key with another hash is no repeat. */
  readonly requestHash: string;
}

/** Thrown when a command on a dossier does not say which version it was decided upon. */
export class PreconditionMissing extends HttpException {
  constructor() {
    super('Send the ETag of the dossier you decided upon as If-Match.', 428, { errorCode: 'PRECONDITION_MISSING' });
  }
}

/** Thrown when the dossier has changed since the caller looked: look again, decide again. */
export class VersionStale extends DossierError {
  readonly code = 'VERSION_STALE';
  readonly kind = 'stale';

  constructor(readonly currentETag: string) {
    super(`The dossier has changed since you looked; its ETag is now ${currentETag}.`);
  }
}

/** Thrown when a key was used for another request before. */
export class IdempotencyKeyReused extends HttpException {
  constructor(key: string) {
    super(`Idempotency-Key ${key} was used for another request; use a new one.`, 422, {
      errorCode: 'IDEMPOTENCY_KEY_REUSED',
    });
  }
}

/** The command's own words about itself, from the request's headers. @throws FieldInvalid without an Idempotency-Key */
export function commandRequestOf(request: RequestOfCaller): CommandRequest {
  const { caller } = request;
  if (!caller) throw new Error(`${request.path} has no caller.`);
  const who = caller.kind === 'person' ? [caller.officialId, caller.postId] : [caller.service];
  return {
    caller,
    key: keyOf(request.header('idempotency-key')),
    ifMatch: request.header('if-match') ?? null,
    requestHash: sha256Hex(canonicalJson([who, request.method, request.path, (request.body as unknown) ?? null])),
  };
}

/** {@link commandRequestOf} as a parameter of a route. */
export const FromRequest = createParamDecorator((_: unknown, context: ExecutionContext): CommandRequest =>
  commandRequestOf(context.switchToHttp().getRequest<RequestOfCaller>()),
);

/** Any UUID, as ids and keys are written. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function keyOf(header: string | undefined): string {
  if (!header || !uuidPattern.test(header)) {
    throw new FieldInvalid('Idempotency-Key', 'must be sent as a header: a UUID of your own, the same for a repeat');
  }
  return header.toLowerCase();
}
