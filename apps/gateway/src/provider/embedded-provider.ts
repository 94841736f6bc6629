import { randomBytes } from 'node:crypto';
import type { Provider as NestProvider } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { Provider, type Configuration, type JWKS } from 'oidc-provider';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { derivedKey, KeyFileInvalid, LOGGER, readKeyFile, readKeyText, StartRefused } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { addressOf } from '../limits/addresses';
import type { Budgets } from '../limits/budgets';
import { signInFailedPage } from '../sign-in/pages';
import { showTooMany } from '../sign-in/too-many-page.filter';
import { languageAsked } from '../sign-in/words';
import { Accounts } from './accounts';
import { OidcStore } from './oidc-store';

/** The OpenID provider in this process; null where the office has one of its own. */
export const PROVIDER = Symbol('PROVIDER');
export type EmbeddedProvider = Provider;

/** Our own console, as the embedded provider knows it. */
export const CLIENT_ID = 'motcua-console';

/** Thrown when neither the embedded provider nor one of the office's own can be used. */
export class ProviderNotSet extends StartRefused {
  readonly code = 'PROVIDER_NOT_SET';

  constructor(readonly missing: string) {
    super(`People cannot sign in: ${missing} is missing.`);
  }
}

export const embeddedProvider: NestProvider = {
  provide: PROVIDER,
  inject: [GatewaySettings, DataSource, Accounts, LOGGER],
  useFactory: (settings: GatewaySettings, dataSource: DataSource, accounts: Accounts, log: Logger) =>
    settings.OIDC_ISSUER === undefined ? providerFor(settings, dataSource, accounts, log) : null,
};

/** What the provider and its client, both in this process, know each other by. */
export function clientSecret({ SECRET_FILE }: GatewaySettings): string {
  return derivedKey(readKeyFile(SECRET_FILE), 'motcua oidc client').export().toString('base64url');
}

/** The issuer of the embedded provider. */
export function embeddedIssuer({ PUBLIC_URL }: GatewaySettings): string {
  return `${new URL(PUBLIC_URL).origin}/oidc`;
}

/**
 * Whatever proxies said on the way, the provider builds its addresses from PUBLIC_URL: a header of a stranger must not decide
 * where people are sent.
 */
export function asPublicOrigin(publicUrl: string): RequestHandler {
  const { host, protocol } = new URL(publicUrl);
  return (request, _response, next) => {
    Object.assign(request.headers, { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
    delete request.headers['x-forwarded-for'];
    next();
  };
}

/** By this header the relying party, in this process, is known to the provider; no browser and no other process has its value. */
export const OWN_CALL = 'x-motcua-own-call';
export const ownCall = randomBytes(32).toString('base64url');

/** What an address may ask of the provider, which writes a row for each sign-in that is begun. */
export function limitedByAddress(budgets: Budgets, settings: GatewaySettings): RequestHandler {
  return (request, response, next) => {
    const wait = request.get(OWN_CALL) === ownCall ? null : budgets.waitS('provider', addressOf(request));
    if (wait === null) next();
    else showTooMany(request, response.set('retry-after', String(wait)), settings);
  };
}

function providerFor(settings: GatewaySettings, dataSource: DataSource, accounts: Accounts, log: Logger): Provider {
  const provider = new Provider(embeddedIssuer(settings), configurationFor(settings, dataSource, accounts));
  provider.proxy = true; // It believes what `asPublicOrigin` says.
  provider.on('server_error', (_context, error) => {
    log.error({ err: error }, 'the embedded OpenID provider failed');
  });
  return provider;
}

function configurationFor(settings: GatewaySettings, dataSource: DataSource, accounts: Accounts): Configuration {
  const { origin, protocol } = new URL(settings.PUBLIC_URL);
  const cookieKey = derivedKey(readKeyFile(settings.SECRET_FILE), 'motcua oidc cookies').export().toString('base64url');
  const cookie = { httpOnly: true, sameSite: 'lax', secure: protocol === 'https:' } as const;
  return {
    adapter: (model: string) => new OidcStore(dataSource, model),
    jwks: readProviderKeys(settings.PROVIDER_KEYS_FILE),
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret(settings),
        redirect_uris: [`${origin}/sign-in/callback`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    cookies: {
      keys: [cookieKey],
      names: { session: 'motcua-op', interaction: 'motcua-op-interaction', resume: 'motcua-op-resume' },
      long: { ...cookie, path: '/oidc' },
      short: cookie,
    },
    interactions: { url: (_context, { uid }) => `/sign-in/account/${uid}` },
    claims: { openid: ['sub'] },
    // The gateway's own session is the session; what is here lives as long as a sign-in takes.
    ttl: { AuthorizationCode: 60, AccessToken: 60, IdToken: 60, Interaction: 600, Session: 60, Grant: 60 },
    findAccount: async (_context, accountId) => {
      const isActive = await accounts.isActive(accountId);
      return isActive ? { accountId, claims: () => ({ sub: accountId }) } : undefined;
    },
    // Our own console asks for nobody's consent.
    loadExistingGrant: async ({ oidc }) => {
      if (!oidc.client || !oidc.session?.accountId) return undefined;
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    renderError: (context) => {
      const nonce = (context.res as { locals?: { nonce?: string } }).locals?.nonce ?? '';
      context.type = 'html';
      const language = languageAsked(context.get('accept-language'));
      context.body = signInFailedPage({ language, nonce, isDemo: settings.DEMO });
    },
  };
}

function readProviderKeys(path: string | undefined): JWKS {
  if (path === undefined) throw new ProviderNotSet('PROVIDER_KEYS_FILE (or OIDC_ISSUER, for a provider of your own)');
  try {
    return JSON.parse(readKeyText(path)) as JWKS;
  } catch (error) {
    if (error instanceof SyntaxError) throw new KeyFileInvalid(path, 'is no JSON Web Key Set');
    throw error;
  }
}
