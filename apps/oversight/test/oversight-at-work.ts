import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { PostHolder } from '#contracts';
import { createApp, createLogger, newSigningKey, signToken, type SigningKey } from '#platform';
import { servers } from '#testing';
import { OversightModule } from '../src/oversight.module';
import { OversightSettings } from '../src/oversight.settings';
import { EventStream } from './event-stream';

/** Keys of one stack, in a folder of its own. */
export interface TestKeys {
  readonly issuer: SigningKey;
  readonly trustedFile: string;
  readonly serviceFile: string;
  remove(): void;
}

export async function testKeys(): Promise<TestKeys> {
  const [issuer, oversight] = await Promise.all([newSigningKey('issuer'), newSigningKey('oversight')]);
  const folder = mkdtempSync(join(tmpdir(), 'motcua-oversight-'));
  const trustedFile = join(folder, 'trusted.jwks');
  const serviceFile = join(folder, 'oversight.jwk');
  writeFileSync(trustedFile, JSON.stringify({ keys: [issuer.publicJwk] }));
  writeFileSync(serviceFile, JSON.stringify(oversight.privateJwk));
  return { issuer, trustedFile, serviceFile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface OversightOptions {
  readonly databaseUrl: string;
  readonly deskUrl: string;
  readonly keys: TestKeys;
  /** Null where none is set. */
  readonly smtpUrl: string | null;
  readonly brokers?: string;
  readonly group?: string;
}

/** An answer as the outside sees it. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** A real `oversight` over HTTP. */
export class OversightAtWork {
  private constructor(
    private readonly app: NestExpressApplication,
    readonly url: string,
    private readonly keys: TestKeys,
  ) {}

  static async start(options: OversightOptions): Promise<OversightAtWork> {
    const settings = Object.assign(new OversightSettings(), {
      PORT: 0,
      LOG_LEVEL: 'silent',
      DATABASE_URL: options.databaseUrl,
      KAFKA_BROKERS: options.brokers ?? servers().kafka.brokers.join(','),
      KAFKA_GROUP: options.group ?? `oversight-${randomUUID()}`,
      DESK_URL: options.deskUrl,
      TRUSTED_KEYS_FILE: options.keys.trustedFile,
      SERVICE_KEY_FILE: options.keys.serviceFile,
      ...(options.smtpUrl !== null && { SMTP_URL: options.smtpUrl }),
    });
    const logger = createLogger({ name: 'oversight', level: 'silent' });
    const app = await createApp(OversightModule, { settings, name: 'oversight', logger });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    return new OversightAtWork(app, `http://127.0.0.1:${port}`, options.keys);
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  /** `ageS`: for how many seconds the token has been in use; it holds for 300. */
  async tokenOf({ officialId, postId, officeId }: PostHolder, ageS = 0): Promise<string> {
    const audience = ['oversight', 'desk'] as const;
    const authenticatedAt = new Date(Date.now() - ageS * 1000);
    const claims = { sub: officialId, post: postId, office: officeId, authenticatedAt, audience };
    return signToken(this.keys.issuer.privateJwk, claims, authenticatedAt);
  }

  async get(person: PostHolder, path: string): Promise<Reply> {
    return this.send('GET', path, await this.tokenOf(person));
  }

  async post(person: PostHolder, path: string, body: object, key: string = randomUUID()): Promise<Reply> {
    return this.send('POST', path, await this.tokenOf(person), { body, key });
  }

  async stream(person: PostHolder, lastEventId?: string): Promise<EventStream> {
    return EventStream.open(`${this.url}/alerts/stream`, await this.tokenOf(person), lastEventId);
  }

  async send(
    method: string,
    path: string,
    token: string | null,
    said?: { readonly body: object; readonly key: string | null },
  ): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(said && { 'content-type': 'application/json' }),
        ...(said?.key && { 'idempotency-key': said.key }),
      },
      ...(said && { body: JSON.stringify(said.body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
}
