import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Client, Connection } from '@temporalio/client';
import { databaseOptions } from '#persistence';
import {
  AccessPolicy,
  Clock,
  clockFrom,
  DeadLettersController,
  HealthChecks,
  serviceFetch,
  serviceTokens,
} from '#platform';
import { ClockAccess } from './access';
import { Audit } from './auditing/audit';
import { AuditController } from './auditing/audit.controller';
import { CheckRounds } from './checking/check-rounds';
import { WorkflowCheck } from './checking/workflow-check';
import { WorkflowChecksController } from './checking/workflow-checks.controller';
import { ClockHealth } from './clock-health';
import { ClockSettings } from './clock.settings';
import { deadLettersProvider } from './dead-letters/dead-letters';
import { Desk, DESK_FETCH } from './desk/desk';
import { Watching } from './escalating/watching';
import { listenerProvider } from './hearing/listener';
import { WatchInbox } from './hearing/watch-inbox';
import { DossierWorkflows, TEMPORAL } from './telling/dossier-workflows';

/** 16 dossiers are told and 8 checked at once, each with one query at a time. */
const poolSize = 26;
const deskTimeoutMs = 10_000;

/** Connects when first used, so that the service starts without Temporal and tells it when it is there. */
class LazyTemporal extends Client implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}

/**
 * Without the client's own retries, which are its one default interceptor: the consumer tries again anyway, and a retry that
 * comes due after the connection is closed throws where nobody can catch it, so that a stop would end in a crash.
 */
function triedOnce(address: string): Connection {
  return Connection.lazy({ address, interceptors: [] });
}

/** Time acts: hears what happens to dossiers, tells the workflow of each, and runs it. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ClockSettings],
      useFactory: ({ DATABASE_URL }: ClockSettings) =>
        databaseOptions({ url: DATABASE_URL, applicationName: 'motcua-clock', poolSize }),
    }),
  ],
  controllers: [AuditController, DeadLettersController, WorkflowChecksController],
  providers: [
    deadLettersProvider,
    listenerProvider,
    Audit,
    CheckRounds,
    Desk,
    DossierWorkflows,
    WatchInbox,
    Watching,
    WorkflowCheck,
    { provide: AccessPolicy, useClass: ClockAccess },
    { provide: HealthChecks, useClass: ClockHealth },
    // Rungs come with the server time to wake at: the clock needs no mapped time.
    { provide: Clock, useValue: clockFrom(null) },
    {
      provide: TEMPORAL,
      inject: [ClockSettings],
      useFactory: ({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE }: ClockSettings) =>
        new LazyTemporal({ connection: triedOnce(TEMPORAL_ADDRESS), namespace: TEMPORAL_NAMESPACE }),
    },
    {
      provide: DESK_FETCH,
      inject: [ClockSettings],
      useFactory: ({ DESK_URL, SERVICE_KEY_FILE }: ClockSettings) =>
        serviceFetch({ baseUrl: DESK_URL, token: serviceTokens(SERVICE_KEY_FILE, 'desk'), timeoutMs: deskTimeoutMs }),
    },
  ],
})
export class ClockModule {}
