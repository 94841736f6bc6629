import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client } from 'pg';
import type { Organisation } from '#domain';
import { migrate, type NewTimeMap } from '#persistence';
import {
  createApp,
  createLogger,
  newSigningKey,
  signToken,
  type ServiceName,
  type SigningKey,
  type TokenClaims,
} from '#platform';
import { freshDatabase, ordinaryMorning, servers } from '#testing';
import { FOUNDING_POST } from '../src/access/desk-access';
import { DeskModule } from '../src/desk.module';
import { DeskSettings } from '../src/desk.settings';

const catalogueFolder = join(__dirname, '../../../catalogue');

/** Who is who in the demo; a test that needs more people starts its desk with a copy that has them. */
export const demoOrganisation = read('demo/organisation.json') as Organisation;

/** The same with Kien, who takes over records and may say that an act happened in the past. */
export const withMigrator: Organisation = {
  ...demoOrganisation,
  posts: [
    ...demoOrganisation.posts,
    { id: 'do-luong-migrator', officeId: 'do-luong', name: 'Migrator', roles: ['migrator'] },
  ],
  officials: [...demoOrganisation.officials, { id: 'kien', name: 'Trịnh Trung Kiên', email: null }],
  tenures: [
    ...demoOrganisation.tenures,
    { officialId: 'kien', postId: 'do-luong-migrator', from: '2025-06-30T17:00:00.000Z', until: null },
  ],
};

/** An answer as the outside sees it. */
export interface Reply {
  readonly status: number;
  readonly etag: string | null;
  readonly body: any;
}

/** What a request may say besides its body. */
export interface Said {
  readonly key?: string | null;
  readonly ifMatch?: string | null;
  /** In the place of what is said of the body otherwise, and beside the others. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real `desk` over HTTP on a database of its own, with the demo organisation and catalogue loaded. */
export class DeskAtWork {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    readonly database: { readonly ownerUrl: string; drop(): Promise<void> },
    readonly owner: Client,
    private readonly keys: Readonly<Record<'issuer' | Exclude<ServiceName, 'desk'>, SigningKey>>,
    private readonly organisation: Organisation,
  ) {}

  static async start(
    options: {
      /** An ordinary morning unless given; null is real time. */
      timeMap?: NewTimeMap | null;
      brokers?: string;
      organisation?: Organisation;
      settings?: Partial<DeskSettings>;
      /** Takes every line of its log; without it the desk logs nothing. */
      log?: (line: string) => void;
    } = {},
  ): Promise<DeskAtWork> {
    const database = await freshDatabase();
    const { timeMap = ordinaryMorning } = options;
    const { desk } = await migrate(database.ownerUrl, timeMap ? { timeMap } : {});
    const keys = {
      issuer: await newSigningKey('issuer'),
      clock: await newSigningKey('clock'),
      oversight: await newSigningKey('oversight'),
      gateway: await newSigningKey('gateway'),
    };
    const folder = mkdtempSync(join(tmpdir(), 'motcua-desk-'));
    const settings = Object.assign(new DeskSettings(), {
      PORT: 0,
      LOG_LEVEL: 'silent',
      DATABASE_URL: desk,
      KAFKA_BROKERS: options.brokers ?? servers().kafka.brokers.join(','),
      TRUSTED_KEYS_FILE: join(folder, 'trusted.jwks'),
      DOSSIER_KEY_FILE: join(folder, 'dossier.key'),
      ATTACHMENT_FOLDER: join(folder, 'attachments'),
      ...options.settings,
    });
    const trusted = Object.values(keys).map(({ publicJwk }) => publicJwk);
    writeFileSync(settings.TRUSTED_KEYS_FILE, JSON.stringify({ keys: trusted }));
    writeFileSync(settings.DOSSIER_KEY_FILE, Buffer.alloc(32, 7).toString('base64'));
    const { log } = options;
    const logger = log
      ? createLogger({ name: 'desk', level: 'trace', destination: { write: log } })
      : createLogger({ name: 'desk', level: 'silent' });
    const app = await createApp(DeskModule, { settings, name: 'desk', logger });
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const owner = new Client({ connectionString: database.ownerUrl, pipeline: true });
    await owner.connect();
    const url = `http://127.0.0.1:${port}`;
    const work = new DeskAtWork(app, url, database, owner, keys, options.organisation ?? demoOrganisation);
    await work.load();
    return work;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.owner.end();
    await this.database.drop();
  }

  /** A command or question as an official of the organisation, by name. */
  async as(officialId: string, method: 'GET' | 'POST', path: string, body?: object, said: Said = {}): Promise<Reply> {
    const { tenures, posts } = this.organisation;
    const tenure = tenures.find((one) => one.officialId === officialId);
    const post = posts.find(({ id }) => id === tenure?.postId);
    const claims = { sub: officialId, post: post?.id ?? 'none', office: post?.officeId ?? 'none' };
    return this.request(await this.token('issuer', claims), method, path, body, said);
  }

  /** What time it is in the office. */
  async now(): Promise<string> {
    return (await this.as('lan', 'GET', '/time')).body.now as string;
  }

  /** As the service that watches the clock. */
  async asClock(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
    return this.asService('clock', method, path, body);
  }

  /** As a service, acting for nobody; it sends no Idempotency-Key, unless that is said. */
  async asService(
    service: Exclude<ServiceName, 'desk'>,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    said: Said = {},
  ): Promise<Reply> {
    const token = await this.token(service, { sub: `service:${service}` });
    return this.request(token, method, path, body, { key: null, ...said });
  }

  /** A token for this desk, signed with a trusted key, whatever it claims. */
  async token(signer: 'issuer' | Exclude<ServiceName, 'desk'>, claims: Omit<TokenClaims, 'audience'>): Promise<string> {
    return signToken(this.keys[signer].privateJwk, { authenticatedAt: new Date(), ...claims, audience: 'desk' });
  }

  /** A data folder as a whole stack has one, so that the command line finds this desk: its name for MOTCUA_DATA. */
  dataFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'motcua-data-'));
    const { ownerUrl } = this.database;
    mkdirSync(join(folder, 'keys'));
    for (const signer of ['issuer', 'gateway'] as const) {
      writeFileSync(join(folder, 'keys', `${signer}.jwk`), JSON.stringify(this.keys[signer].privateJwk));
    }
    writeFileSync(join(folder, 'stack.json'), JSON.stringify({ services: { desk: this.url }, ownerUrl }));
    return folder;
  }

  /** A dossier received by Lan at the counter. */
  async receive(body: object = {}): Promise<{ dossierId: string; etag: string; body: Reply['body'] }> {
    const reply = await this.as('lan', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk', ...body });
    if (reply.status !== 201) throw new Error(JSON.stringify(reply));
    return {
      dossierId: (reply.body as { dossierId: string }).dossierId,
      etag: reply.etag ?? '',
      body: reply.body as unknown,
    };
  }

  async rows(sql: string, ...parameters: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.owner.query<Record<string, unknown>>(sql, parameters)).rows;
  }

  async request(
    token: string | null,
    method: string,
    path: string,
    body: object | undefined,
    { key, ifMatch, headers }: Said,
  ): Promise<Reply> {
    const idempotency = key === null ? {} : { 'idempotency-key': key ?? randomUUID() };
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'POST' ? { 'content-type': 'application/json', ...idempotency } : {}),
        ...(ifMatch ? { 'if-match': ifMatch } : {}),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    // Paper is no JSON: whoever wants to read it fetches it.
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const answered = isJson ? await response.json() : {};
    return { status: response.status, etag: response.headers.get('etag'), body: answered };
  }

  private async load(): Promise<void> {
    const founder = await this.token('issuer', { sub: 'quang', post: FOUNDING_POST, office: 'do-luong' });
    const catalogue = { calendars: all('calendars'), procedures: all('procedures') };
    const catalogued = await this.request(founder, 'POST', '/catalogue', catalogue, {});
    if (catalogued.status !== 201) throw new Error(JSON.stringify(catalogued));
    const loaded = await this.request(founder, 'POST', '/organisation', this.organisation, {});
    if (loaded.status !== 201) throw new Error(JSON.stringify(loaded));
  }
}

function all(folder: string): unknown[] {
  return readdirSync(join(catalogueFolder, folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => read(`${folder}/${file}`));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(catalogueFolder, file), 'utf8'));
}
