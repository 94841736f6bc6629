import { isNativeError } from 'node:util/types';

/** What a log line holds of an error. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const WITHHELD = '(withheld: it may quote personal data)';
const DEEPEST_CAUSE = 5;

/**
 * An error without the values it carries.
 *
 * Only these five properties, because a database error also carries the statement's parameters and the offending row. And
 * not the message where it quotes its input: PostgreSQL's data exceptions (class 22) and JSON syntax errors.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!isNativeError(error)) return { type: typeof error, message: WITHHELD };

  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const quotesInput = error instanceof SyntaxError || (code !== undefined && /^22[0-9A-Z]{3}$/.test(code));
  const stack = quotesInput ? framesOf(error.stack) : error.stack;
  return {
    type: error.name,
    message: quotesInput ? WITHHELD : error.message,
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack }),
    ...(error.cause === undefined || depth === DEEPEST_CAUSE ? {} : { cause: loggedError(error.cause, depth + 1) }),
  };
}

function framesOf(stack: string | undefined): string | undefined {
  return stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}
