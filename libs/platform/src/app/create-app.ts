import { type CanActivate, type DynamicModule, Module, type NestApplicationOptions, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AccessGuard } from '../access/access-guard';
import { AccessPolicy, type HearsOfRefusals } from '../access/access-policy';
import { refuseRoutesWithoutAction } from '../access/action';
import type { ServiceName } from '../access/caller';
import { readTrustedKeys, tokenVerifier } from '../access/trusted-keys';
import { PlainTextGuard } from '../http/plain-text';
import { ProblemFilter } from '../http/problem-filter';
import { requestValidation } from '../http/request-validation';
import { createLogger, LOGGER } from '../logging/logger';
import { NestLogger } from '../logging/nest-logger';
import { requestLog } from '../logging/request-log';
import type { ServiceSettings } from '../settings';
import { Metrics } from '../metrics/metrics';
import { MetricsController } from '../metrics/metrics.controller';
import { HealthController, HealthLook } from './health';
import { stopOnSignals } from './stop-on-signals';

/** What a service is: its settings, its name (the audience of its tokens), and a log of its own in tests. */
export interface ServiceOptions {
  readonly settings: ServiceSettings;
  readonly name: ServiceName;
  readonly logger?: Logger;
  /** Sets the headers that keep browsers safe; helmet's own unless given. */
  readonly headers?: RequestHandler;
  /** Takes requests that are no Nest routes, before a body is read: what it mounts reads bodies itself. */
  readonly mount?: (app: NestExpressApplication) => void;
  /** Decides about requests in place of the AccessGuard, which believes bearer tokens alone, and hears of what was refused. */
  readonly guard?: (app: NestExpressApplication) => CanActivate & HearsOfRefusals;
}

const BODY_LIMIT = '1mb';

/**
 * Makes a service of its module; `app.listen(settings.PORT, settings.HOST)` opens it.
 *
 * The module provides AccessPolicy (or a guard of its own is given) and HealthChecks. In return it can inject the settings by their class, the log by LOGGER
 * and Metrics, and has: health
 * and metrics routes, tokens and actions on all other routes, checked requests (JSON, at most 1 MB, text alone in every field), problem documents, a log line a
 * request, secure headers, no caching, and a bounded stop on SIGTERM and SIGINT.
 *
 * @throws KeyFileInvalid, RoutesWithoutAction: the service does not start.
 */
export async function createApp(
  module: Type | DynamicModule,
  { settings, name, logger = createLogger({ name, level: settings.LOG_LEVEL }), headers, mount, guard }: ServiceOptions,
): Promise<NestExpressApplication> {
  const callerOf = tokenVerifier(readTrustedKeys(settings.TRUSTED_KEYS_FILE), name);
  const metrics = new Metrics(name);
  // Readonly, because Nest declares these options as a class, and nobody makes an instance of it.
  const options: Readonly<NestApplicationOptions> = {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  };
  const app = await NestFactory.create<NestExpressApplication>(
    serviceModule(module, settings, logger, metrics),
    options,
  );
  refuseRoutesWithoutAction(app);

  app.set('etag', false); // An ETag is the version of a dossier, not the hash of an answer.
  app.use(requestLog(logger), metrics.measureRequests, headers ?? helmet(), noStore);
  mount?.(app);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.useGlobalPipes(requestValidation());
  const { guarding, hearing } = accessTo(app, callerOf, guard);
  app.useGlobalFilters(new ProblemFilter(logger, hearing));
  app.useGlobalGuards(guarding, new PlainTextGuard());
  stopOnSignals(app, logger);
  return app;
}

/** Who is let in, and who is told of refusals: the service's policy, or a guard of the service's own. */
function accessTo(
  app: NestExpressApplication,
  callerOf: ReturnType<typeof tokenVerifier>,
  guard: ServiceOptions['guard'],
): { readonly guarding: CanActivate; readonly hearing: HearsOfRefusals } {
  if (guard) {
    const own = guard(app);
    return { guarding: own, hearing: own };
  }
  const policy = app.get(AccessPolicy, { strict: false });
  return { guarding: new AccessGuard(callerOf, policy), hearing: policy };
}

/** The root around a service's own module. */
@Module({ controllers: [HealthController, MetricsController], providers: [HealthLook] })
class ServiceModule {}

function serviceModule(
  module: Type | DynamicModule,
  settings: ServiceSettings,
  logger: Logger,
  metrics: Metrics,
): DynamicModule {
  const provided = [
    { provide: settings.constructor as Type, useValue: settings },
    { provide: LOGGER, useValue: logger },
    { provide: Metrics, useValue: metrics },
  ];
  return { module: ServiceModule, global: true, imports: [module], providers: provided, exports: provided };
}

/** Answers hold applicants' data; no proxy and no browser may keep them. */
const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store');
  next();
};
