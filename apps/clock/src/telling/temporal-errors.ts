import { isGrpcServiceError, NamespaceNotFoundError, WorkflowNotFoundError } from '@temporalio/client';
import { DossierError } from '#domain';

/** Thrown when Temporal cannot be reached, or refuses for a reason that passes. What was asked may have happened or not. */
export class TemporalUnavailable extends DossierError {
  readonly code = 'TEMPORAL_UNAVAILABLE';
  readonly kind = 'unavailable';

  constructor(override readonly cause: unknown) {
    super(`Temporal could not be told: ${reasonOf(cause)}`);
  }
}

/** Thrown when Temporal refuses what it is told of a dossier, and would refuse it again: too large, or not valid. */
export class TemporalRefused extends DossierError {
  readonly code = 'TEMPORAL_REFUSED';
  readonly kind = 'invalid';

  constructor(override readonly cause: unknown) {
    super(`Temporal refuses what it is told: ${reasonOf(cause)}`);
  }
}

/** The numbers of gRPC for what passes by itself, or once an operator has mended it. */
const passing = {
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  /** A start or a signal-with-start looks for nothing but the namespace. */
  notFound: 5,
  /** As a 401 between services: whoever guards Temporal is set up wrongly, not the dossier. */
  permissionDenied: 7,
  resourceExhausted: 8,
  aborted: 10,
  internal: 13,
  unavailable: 14,
  unauthenticated: 16,
} as const;
const passingCodes = new Set<number>(Object.values(passing));

/**
 * What an error of Temporal's client means for the dossier.
 *
 * An error without a gRPC status (the client was closed, or fails in itself) comes back as it is. Nobody knows whether it
 * passes: the consumer gives the dossier up only if it comes again and again while others succeed.
 */
export function temporalErrorFrom(error: unknown): unknown {
  if (error instanceof NamespaceNotFoundError || error instanceof WorkflowNotFoundError) {
    return new TemporalUnavailable(error);
  }
  const status = statusOf(error);
  if (status === null) return error;
  return passingCodes.has(status.code) && !isTooLarge(status)
    ? new TemporalUnavailable(error)
    : new TemporalRefused(error);
}

/** Why a call of Temporal's client failed, in words: its own are only that it failed, the cause says why. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  if (status !== null) return status.details;
  return error instanceof Error ? error.message : String(error);
}

interface Status {
  readonly code: number;
  readonly details: string;
}

/** The client wraps what gRPC throws, most often once. */
function statusOf(error: unknown): Status | null {
  if (isGrpcServiceError(error)) return error;
  return error instanceof Error && error.cause !== undefined ? statusOf(error.cause) : null;
}

/** gRPC gives a message over its limit the same number as a server with too much to do. */
function isTooLarge({ code, details }: Status): boolean {
  return code === passing.resourceExhausted && /larger than/i.test(details);
}
