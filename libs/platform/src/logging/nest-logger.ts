import { isNativeError } from 'node:util/types';
import type { LoggerService } from '@nestjs/common';
import type { Level, Logger } from 'pino';

/** Nest tells of every module and route at each start; that is of interest to somebody who looks for a fault in it. */
const CHATTY = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * Nest's logger on ours. `new Logger(Feature.name)` of @nestjs/common ends here:
 * `log('text')`, `log({ dossierId, msg: 'text' })`, `error('text', error)`.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest passes an optional error or stack after the message, and last the context: the name of the class that logs. */
  private write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const texts = rest.filter((part) => typeof part === 'string');
    const stack = texts.find(isStack);
    const context = texts.findLast((text) => !isStack(text));
    const err = [message, ...rest].find((part) => isNativeError(part));
    const quieter = level === 'info' && context !== undefined && CHATTY.has(context) ? 'debug' : level;
    this.logger[quieter]({ context, err, stack, ...data(message) }, typeof message === 'string' ? message : undefined);
  }
}

function isStack(text: string): boolean {
  return text.includes('\n    at ');
}

function data(message: unknown): object {
  return typeof message === 'object' && message !== null && !isNativeError(message) ? message : {};
}
