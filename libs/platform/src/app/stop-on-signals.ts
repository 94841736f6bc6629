import type { INestApplication } from '@nestjs/common';
import type { Server } from 'node:http';
import type { Logger } from 'pino';

/** How long a stop may take, and in tests what ends the process. */
export interface StopLimits {
  /** Requests under way get this long; then their connections are cut. */
  readonly drainMs: number;
  /** Then the process ends with code 1, whatever still hangs. */
  readonly hardMs: number;
  readonly exit: (code: number) => void;
}

const IDLE_CHECK_MS = 100;

const LIMITS: StopLimits = { drainMs: 10_000, hardMs: 15_000, exit: (code) => process.exit(code) };

/**
 * On SIGTERM or SIGINT: takes no new requests, lets those under way finish, runs Nest's shutdown hooks, ends the process.
 *
 * Not Nest's own enableShutdownHooks: it waits without limit for an open event stream or a consumer that hangs.
 */
export function stopOnSignals(
  app: INestApplication,
  logger: Logger,
  { drainMs, hardMs, exit }: StopLimits = LIMITS,
): void {
  const server = app.getHttpServer() as Server;
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping');
    // A connection whose request ends after the server closed stays open for the next one, which is never taken.
    const idle = setInterval(() => {
      if (!server.listening) server.closeIdleConnections();
    }, IDLE_CHECK_MS);
    server.once('close', () => {
      clearInterval(idle);
    });
    setTimeout(() => {
      server.closeAllConnections();
    }, drainMs).unref();
    setTimeout(() => {
      logger.fatal({ hardMs }, 'did not stop in time');
      exit(1);
    }, hardMs).unref();
    app.close().then(
      () => {
        logger.info('stopped');
        exit(0);
      },
      (error: unknown) => {
        logger.fatal({ err: error }, 'did not stop cleanly');
        exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, stop);
    server.once('close', () => process.off(signal, stop));
  }
}
