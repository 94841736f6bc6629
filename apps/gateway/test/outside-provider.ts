import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Provider } from 'oidc-provider';
import { freePort } from './desk-process';

/** Stands for the provider an office has already, Keycloak for one: whoever comes is signed in as the subject set here. */
export class OutsideProvider {
  readonly clientId = 'motcua';
  readonly clientSecret = randomBytes(24).toString('base64url');
  subject = 'f3b0-keycloak-subject';
  /** What it says of whoever signs in, besides the subject. */
  claims: Record<string, unknown> = {};
  private server: Server;

  private constructor(readonly issuer: string) {}

  static async start(publicUrl: string): Promise<OutsideProvider> {
    const port = await freePort();
    const outside = new OutsideProvider(`http://127.0.0.1:${port}`);
    const provider = new Provider(outside.issuer, outside.configuration(publicUrl));
    const answer = provider.callback();
    outside.server = createServer((request, response) => {
      if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
      const result = { login: { accountId: outside.subject, remember: false } };
      return void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    });
    await once(outside.server.listen(port, '127.0.0.1'), 'listening');
    return outside;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private configuration(publicUrl: string): ConstructorParameters<typeof Provider>[1] {
    return {
      clients: [
        {
          client_id: this.clientId,
          client_secret: this.clientSecret,
          redirect_uris: [`${publicUrl}/sign-in/callback`],
          post_logout_redirect_uris: [`${publicUrl}/`],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      cookies: { keys: ['outside'] },
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      claims: { openid: ['sub', 'official_id'] },
      conformIdTokenClaims: false,
      findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...this.claims }) }),
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({ clientId: this.clientId, accountId: oidc.session?.accountId ?? '' });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    };
  }
}
