import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
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
import { OversightAccess } from './access';
import { AlertEntity } from './alerts/alert.entity';
import { AlertStream } from './alerts/alert-stream';
import { AlertUpdates } from './alerts/alert-updates';
import { Alerts } from './alerts/alerts';
import { AlertsController } from './alerts/alerts.controller';
import { DossierEntity } from './alerts/dossier.entity';
import { Readers } from './alerts/readers';
import { deadLettersProvider } from './dead-letters/dead-letters';
import { Desk, DESK_FETCH } from './desk/desk';
import { AlertInbox } from './hearing/alert-inbox';
import { FeedReader } from './hearing/feed-reader';
import { listenerProvider } from './hearing/listener';
import { AddressBook } from './mail/address-book';
import { Deliveries } from './mail/deliveries';
import { DeliveriesController } from './mail/deliveries.controller';
import { DeliveryEntity } from './mail/delivery.entity';
import { DeliveryLoop } from './mail/delivery-loop';
import { Mailer } from './mail/mailer';
import { OversightHealth } from './oversight-health';
import { OversightSettings } from './oversight.settings';

/** A batch is applied for 12 partitions at once, 4 mails hold a connection each while they go out, and people read. */
const poolSize = 20;
const deskTimeoutMs = 5_000;

/** Every escalation reaches the person in charge: as an alert, live, and by mail. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [OversightSettings],
      useFactory: ({ DATABASE_URL }: OversightSettings) =>
        databaseOptions({
          url: DATABASE_URL,
          applicationName: 'motcua-oversight',
          entities: [AlertEntity, DeliveryEntity, DossierEntity],
          poolSize,
        }),
    }),
  ],
  // The deliveries' routes first: they are more specific than `alerts/:...`.
  controllers: [DeliveriesController, AlertsController, DeadLettersController],
  providers: [
    deadLettersProvider,
    listenerProvider,
    AddressBook,
    AlertInbox,
    AlertStream,
    AlertUpdates,
    Alerts,
    Deliveries,
    DeliveryLoop,
    Desk,
    FeedReader,
    Mailer,
    Readers,
    { provide: AccessPolicy, useClass: OversightAccess },
    { provide: HealthChecks, useClass: OversightHealth },
    // Nothing here needs the mapped time: instants come with the events, and mails wait in real time.
    { provide: Clock, useValue: clockFrom(null) },
    {
      provide: DESK_FETCH,
      inject: [OversightSettings],
      useFactory: ({ DESK_URL, SERVICE_KEY_FILE }: OversightSettings) =>
        serviceFetch({
          baseUrl: DESK_URL,
          token: serviceTokens(SERVICE_KEY_FILE, 'desk'),
          timeoutMs: deskTimeoutMs,
        }),
    },
  ],
})
export class OversightModule {}
