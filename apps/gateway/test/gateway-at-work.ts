import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { Organisation } from '#domain';
import { migrate } from '#persistence';
import { createLogger, newSigningKey, signToken, type SigningKey } from '#platform';
import { freshDatabase, type FreshDatabase } from '#testing';
import { createGateway } from '../src/gateway';
import { GatewaySettings } from '../src/gateway.settings';
import { Passwords } from '../src/provider/passwords';
import { Browser } from './browser';
import { demoOrganisation, DeskProcess, freePort } from './desk-process';

const passwords = new Passwords();

/** A real gateway over HTTP, with a real `desk` behind it, on a database of their own. */
export class GatewayAtWork {
  private constructor(
    readonly app: NestExpressApplication,
    readonly settings: GatewaySettings,
    readonly desk: DeskProcess,
    readonly owner: Client,
    readonly log: readonly string[],
    private readonly database: FreshDatabase,
    private readonly issuer: SigningKey,
    private readonly folder: string,
  ) {}

  static async start(options: { organisation?: Organisation; settings?: Partial<GatewaySettings> } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-gateway-'));
    const database = await freshDatabase();
    const roles = await migrate(database.ownerUrl);
    const [issuer, gateway] = await Promise.all([newSigningKey('issuer'), newSigningKey('gateway')]);
    const settings = settingsIn(folder, { issuer, gateway }, await freePort());
    const trustedKeys = settings.TRUSTED_KEYS_FILE;
    const desk = await DeskProcess.start({ folder, databaseUrl: roles.desk, trustedKeys, issuer: issuer.privateJwk });
    await desk.load(options.organisation ?? demoOrganisation);
    Object.assign(settings, { DATABASE_URL: roles.gateway, DESK_URL: desk.url }, options.settings);
    const log: string[] = [];
    const destination = { write: (line: string) => void log.push(line) };
    const app = await createGateway(settings, createLogger({ name: 'gateway', level: 'trace', destination }));
    await app.listen(settings.PORT, settings.HOST);
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    return new GatewayAtWork(app, settings, desk, owner, log, database, issuer, folder);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.desk.stop();
    await this.owner.end();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get origin(): string {
    return this.settings.PUBLIC_URL;
  }

  browser(): Browser {
    return new Browser(this.origin);
  }

  /** Somebody with an account, signed in. */
  async signedIn(officialId: string): Promise<Browser> {
    await this.addAccount(officialId);
    const browser = this.browser();
    const page = await browser.signIn(officialId, passwordOf(officialId));
    if (page.status !== 200) throw new Error(page.text);
    return browser;
  }

  /** An account that can be signed in to, if there is none yet. */
  async addAccount(officialId: string): Promise<void> {
    const hash = await passwords.hash(passwordOf(officialId));
    await this.owner.query(
      `insert into gateway.account (account_id, official_id, username, password_hash, state)
       values (gen_random_uuid(), $1, $1, $2, 'active') on conflict do nothing`,
      [officialId, hash],
    );
  }

  /** A statement with the rights that the gateway itself has. */
  async asGateway(sql: string): Promise<unknown> {
    return this.app.get(DataSource).query(sql);
  }

  /** What whoever has the issuer's key calls the gateway with. */
  async token(sub: string, post: string, office: string): Promise<string> {
    const claims = { sub, post, office, authenticatedAt: new Date() };
    return signToken(this.issuer.privateJwk, { ...claims, audience: ['desk', 'gateway'] });
  }

  async rows(sql: string, ...parameters: unknown[]): Promise<any[]> {
    return (await this.owner.query(sql, parameters)).rows;
  }
}

export function passwordOf(officialId: string): string {
  return `the long password of ${officialId}`;
}

/** Settings of a gateway whose files lie in a folder; what is behind it is yet to be said. */
export function settingsIn(
  folder: string,
  { issuer, gateway }: { readonly issuer: SigningKey; readonly gateway: SigningKey },
  port: number,
): GatewaySettings {
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  mkdirSync(join(folder, 'console', 'assets'), { recursive: true });
  write('console/index.html', '<!doctype html><title>Motcua</title><meta name="csp-nonce" content="__CSP_NONCE__">');
  write('console/assets/index-abc.js', 'export {};');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const providerKey = { ...privateKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' };
  return Object.assign(new GatewaySettings(), {
    HOST: '127.0.0.1',
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    OVERSIGHT_URL: 'http://127.0.0.1:1',
    CLOCK_URL: 'http://127.0.0.1:1',
    TRUSTED_KEYS_FILE: write('trusted.jwks', JSON.stringify({ keys: [issuer.publicJwk, gateway.publicJwk] })),
    ISSUER_KEY_FILE: write('issuer.jwk', JSON.stringify(issuer.privateJwk)),
    SERVICE_KEY_FILE: write('gateway.jwk', JSON.stringify(gateway.privateJwk)),
    SECRET_FILE: write('gateway.secret', randomBytes(32).toString('base64')),
    PROVIDER_KEYS_FILE: write('provider.jwks', JSON.stringify({ keys: [providerKey] })),
    CONSOLE_FOLDER: join(folder, 'console'),
  });
}
