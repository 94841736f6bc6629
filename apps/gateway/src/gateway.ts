import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { createApp } from '#platform';
import { GatewayGuard } from './access';
import { Carrier } from './carrying/carrier';
import { GatewayModule } from './gateway.module';
import type { GatewaySettings } from './gateway.settings';
import { trustedProxies } from './limits/addresses';
import { Budgets } from './limits/budgets';
import { ConsoleFiles } from './pages/console-files';
import { securityHeaders } from './pages/headers';
import { asPublicOrigin, limitedByAddress, PROVIDER, type EmbeddedProvider } from './provider/embedded-provider';
import { requireSafeOrigin } from './public-origin';

/**
 * The one door: pages, sign-in, sessions, and the way to `desk` and `oversight`.
 *
 * @throws PublicUrlUnsafe, TrustProxyUnclear, ConsoleNotBuilt, KeyFileInvalid: it does not start.
 */
export async function createGateway(settings: GatewaySettings, logger?: Logger): Promise<NestExpressApplication> {
  requireSafeOrigin(settings.PUBLIC_URL);
  return createApp(GatewayModule, {
    settings,
    name: 'gateway',
    ...(logger && { logger }),
    headers: securityHeaders(settings.PUBLIC_URL),
    mount: (app) => {
      mountOthers(app, settings);
    },
    guard: (app) => app.get(GatewayGuard),
  });
}

/** What reads bodies itself comes before anything here does: the provider, and what is carried on. */
function mountOthers(app: NestExpressApplication, settings: GatewaySettings): void {
  app.set('trust proxy', trustedProxies(settings));
  const carrier = app.get(Carrier);
  const provider = app.get<EmbeddedProvider | null>(PROVIDER);
  if (provider !== null) {
    app.use(
      '/oidc',
      limitedByAddress(app.get(Budgets), settings),
      asPublicOrigin(settings.PUBLIC_URL),
      provider.callback(),
    );
  }
  app.use('/api/desk', carrier.to('desk'));
  app.use('/api/oversight', carrier.to('oversight'));
  app.use('/api/clock', carrier.to('clock'));
  app.useBodyParser('urlencoded', { extended: false, limit: '32kb' }); // The forms of pages that need no script: a letter of 2000 Vietnamese signs.
  app.get(ConsoleFiles).mountOn(app);
}
