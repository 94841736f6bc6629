import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Request } from 'express';
import { databaseOptions } from '#persistence';
import { Clock, clockFrom, HealthChecks } from '#platform';
import { GatewayGuard } from './access';
import { AccountActs } from './administration/account-acts';
import { AccountProposals } from './administration/account-proposals';
import { AccountProposalsController } from './administration/account-proposals.controller';
import { AccountsController } from './administration/accounts.controller';
import { IdentityCursor } from './administration/identity-cursor';
import { DemoApart } from './administration/demo-apart';
import { ServicesHealthController } from './administration/health.controller';
import { ServicesWatch } from './administration/services-watch';
import { SignInsController } from './administration/sign-ins.controller';
import { Sweep } from './administration/sweep';
import { Carrier } from './carrying/carrier';
import { deskFetchProvider } from './carrying/desk';
import { Tokens } from './carrying/tokens';
import { GatewayHealth } from './gateway-health';
import { GatewaySettings } from './gateway.settings';
import { AlertFeed } from './live/alert-feed';
import { Changes } from './live/changes';
import { LiveController } from './live/live.controller';
import { addressOf } from './limits/addresses';
import { Budgets, PageHits } from './limits/budgets';
import { LiveStreams } from './live/live-streams';
import { Presence } from './live/presence';
import { ConsoleFiles } from './pages/console-files';
import { Accounts } from './provider/accounts';
import { embeddedProvider } from './provider/embedded-provider';
import { KnownBrowsers } from './provider/known-browsers';
import { LockOut } from './provider/lock-out';
import { Passwords } from './provider/passwords';
import { Admission } from './sessions/admission';
import { Forgery } from './sessions/forgery';
import { SessionController } from './sessions/session.controller';
import { Sessions } from './sessions/sessions';
import { Identities } from './sign-in/identities';
import { InvitationController } from './sign-in/invitation.controller';
import { Officials } from './sign-in/officials';
import { RelyingParty } from './sign-in/relying-party';
import { SignInController } from './sign-in/sign-in.controller';
import { SignInLog } from './sign-in/sign-in-log';
import { SignIns } from './sign-in/sign-ins';
import { LookUpAttempts } from './track/look-up-attempts';
import { LookUps } from './track/look-ups';
import { ReceiptCookie } from './track/receipt-cookie';
import { TrackController } from './track/track.controller';
import { UsualTimes } from './track/usual-times';

/** Where people come in: sign-in, sessions, the console, and the way to the other services. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [GatewaySettings],
      useFactory: ({ DATABASE_URL }: GatewaySettings) =>
        databaseOptions({ url: DATABASE_URL, applicationName: 'motcua-gateway' }),
    }),
    ThrottlerModule.forRoot({
      throttlers: [{ ttl: 60_000, limit: 600 }],
      storage: new PageHits(),
      getTracker: (request) => addressOf(request as Request),
    }),
  ],
  controllers: [
    InvitationController,
    SignInController,
    SessionController,
    AccountProposalsController,
    SignInsController,
    AccountsController,
    ServicesHealthController,
    LiveController,
    TrackController,
  ],
  providers: [
    embeddedProvider,
    deskFetchProvider,
    AccountActs,
    AccountProposals,
    Accounts,
    Admission,
    AlertFeed,
    Budgets,
    Carrier,
    Changes,
    ConsoleFiles,
    DemoApart,
    Forgery,
    GatewayGuard,
    Identities,
    IdentityCursor,
    KnownBrowsers,
    LiveStreams,
    LockOut,
    LookUpAttempts,
    LookUps,
    ReceiptCookie,
    Officials,
    Passwords,
    Presence,
    RelyingParty,
    ServicesWatch,
    Sessions,
    SignInLog,
    SignIns,
    Sweep,
    Tokens,
    UsualTimes,
    { provide: Clock, useValue: clockFrom(null) },
    { provide: HealthChecks, useClass: GatewayHealth },
  ],
})
export class GatewayModule {}
