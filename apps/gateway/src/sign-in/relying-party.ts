import { Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import { readKeyText } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { isSafeOrigin } from '../public-origin';
import {
  CLIENT_ID,
  clientSecret,
  embeddedIssuer,
  OWN_CALL,
  ownCall,
  ProviderNotSet,
} from '../provider/embedded-provider';

/** A sign-in under way, as this side keeps it: nothing of it is in the browser but the state. */
export interface SignInUnderWay {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether the provider must ask who it is, whatever it saw before. */
  readonly again: boolean;
}

/** Whom the provider says somebody is; known by issuer and subject together, never by a name. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Of the claim that names officials, where one is set; else null. */
  readonly officialClaim: string | null;
  /** When the provider saw who it is (`auth_time`), in seconds since 1970; null where it does not say. */
  readonly authTime: number | null;
}

interface ClientSettings {
  readonly issuer: URL;
  readonly clientId: string;
  readonly secret: string;
  readonly isEmbedded: boolean;
}

/** The client's side of OpenID Connect: authorization code with PKCE, state and nonce; the code is exchanged here, not in the browser. */
@Injectable()
export class RelyingParty {
  private readonly provider: ClientSettings;
  private readonly redirectUri: string;
  private configuration: Promise<client.Configuration> | null = null;

  constructor(private readonly settings: GatewaySettings) {
    this.provider = clientSettings(settings);
    this.redirectUri = `${new URL(settings.PUBLIC_URL).origin}/sign-in/callback`;
  }

  get isEmbedded(): boolean {
    return this.provider.isEmbedded;
  }

  /** Whether this issuer is the provider that comes with the gateway, whose people sign in by accounts. */
  isOwn(issuer: string): boolean {
    return this.isEmbedded && issuer === this.provider.issuer.href;
  }

  /** Where the browser goes to sign in, and what is kept until it comes back. `again`: the provider must ask who it is. */
  async begin(again: boolean): Promise<{ readonly address: URL; readonly underWay: SignInUnderWay }> {
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
    const address = client.buildAuthorizationUrl(await this.discovered(), {
      redirect_uri: this.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      // Who signs out here is not to be signed in again by a cookie of the embedded provider.
      ...((this.isEmbedded || again) && { prompt: 'login' }),
      // It obliges the provider to say when it saw them; "prompt" alone does not.
      ...(again && { max_age: '0' }),
    });
    return { address, underWay: { state, nonce, verifier, again } };
  }

  /** Who came back, by the address they came back to. Rejects whatever the provider's answer is not proof of. */
  async finish(cameTo: string, { state, nonce, verifier }: SignInUnderWay): Promise<Identity> {
    const address = new URL(this.redirectUri);
    address.search = new URL(cameTo, this.redirectUri).search;
    const tokens = await client.authorizationCodeGrant(await this.discovered(), address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error('The provider sent no ID token.');
    const { OIDC_OFFICIAL_CLAIM: name } = this.settings;
    const named = name === undefined || this.isEmbedded ? undefined : claims[name];
    const { auth_time: authTime } = claims;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      officialClaim: typeof named === 'string' && named ? named : null,
      authTime: typeof authTime === 'number' ? authTime : null,
    };
  }

  /** Where the browser goes to end the session of the office's own provider too; null where that has no such place. */
  async endAddress(): Promise<string | null> {
    if (this.isEmbedded) return null;
    const configuration = await this.discovered();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    const back = `${new URL(this.settings.PUBLIC_URL).origin}/`;
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: back }).href;
  }

  /** At the first sign-in, because the embedded provider is this very process; what failed is tried anew by the next. */
  private discovered(): Promise<client.Configuration> {
    this.configuration ??= this.discover().catch((error: unknown) => {
      this.configuration = null;
      throw error;
    });
    return this.configuration;
  }

  private discover(): Promise<client.Configuration> {
    const { issuer, clientId, secret, isEmbedded } = this.provider;
    return client.discovery(issuer, clientId, undefined, client.ClientSecretBasic(secret), {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- So marked to stand out: http is for this machine alone.
      execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
      timeout: 10,
      ...(isEmbedded && { [client.customFetch]: this.fetchFromHere }),
    });
  }

  /** The embedded provider answers under PUBLIC_URL, which need not be reachable from this machine; it is asked where it listens. */
  private readonly fetchFromHere: client.CustomFetch = (url, options) => {
    const { HOST, PORT, PUBLIC_URL } = this.settings;
    const address = new URL(url);
    if (address.origin !== new URL(PUBLIC_URL).origin) throw new Error('The embedded provider named another origin.');
    const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST === '::' ? '::1' : HOST;
    const here = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${PORT}`);
    here.pathname = address.pathname;
    here.search = address.search;
    return fetch(here, {
      ...options,
      headers: { ...options.headers, [OWN_CALL]: ownCall },
      redirect: 'error',
    } as RequestInit);
  };
}

function clientSettings(settings: GatewaySettings): ClientSettings {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET_FILE } = settings;
  if (OIDC_ISSUER === undefined) {
    const issuer = new URL(embeddedIssuer(settings));
    return { issuer, clientId: CLIENT_ID, secret: clientSecret(settings), isEmbedded: true };
  }
  if (OIDC_CLIENT_ID === undefined) throw new ProviderNotSet('OIDC_CLIENT_ID');
  if (OIDC_CLIENT_SECRET_FILE === undefined) throw new ProviderNotSet('OIDC_CLIENT_SECRET_FILE');
  const issuer = new URL(OIDC_ISSUER);
  if (!isSafeOrigin(issuer)) throw new ProviderNotSet(`TLS at OIDC_ISSUER (${OIDC_ISSUER})`);
  const secret = readKeyText(OIDC_CLIENT_SECRET_FILE).trim();
  return { issuer, clientId: OIDC_CLIENT_ID, secret, isEmbedded: false };
}
