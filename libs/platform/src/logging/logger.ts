import { isNativeError } from 'node:util/types';
import { type LogFn, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../settings';
import { loggedError } from './logged-error';

/** Injection token of the service's own log, provided by `createApp`. */
export const LOGGER = Symbol('LOGGER');

/** Which process logs, how much, and (in tests) where to; the default is standard output. */
export interface LoggerOptions {
  readonly name: string;
  readonly level: LogLevel;
  readonly destination?: DestinationStream;
}

/** Secrets by their usual names, should an object that carries one ever be logged. */
const SECRETS = ['authorization', 'cookie', 'token', 'password', 'secret'];

/**
 * The log of a process: one JSON line an entry, so that no input can forge a second one. An error is logged under `err`,
 * without the values it carries; times are real, UTC.
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { name, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => loggedError(error) },
      hooks: { logMethod: withMessageOfItsOwn },
      redact: SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]),
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** Where an error is logged without a text, pino would take the error's message for it, also one that quotes personal data. */
function withMessageOfItsOwn(this: Logger, args: Parameters<LogFn>, log: LogFn): void {
  const [first, text] = args as [unknown, unknown];
  const entry = isNativeError(first) ? { err: first } : first;
  const error = typeof entry === 'object' && entry !== null && 'err' in entry ? entry.err : undefined;
  if (text === undefined && isNativeError(error)) log.call(this, entry, loggedError(error).message);
  else log.apply(this, args);
}
