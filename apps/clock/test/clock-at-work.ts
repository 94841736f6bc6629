import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { Client as Database } from 'pg';
import type { JournalEntry } from '#contracts';
import { ensureTopics, kafkaPublisher, topics, type Publisher, type StreamListener } from '#messaging';
import { migrate } from '#persistence';
import { createApp, createLogger, newSigningKey, signToken, type SigningKey } from '#platform';
import { eventually, freshDatabase, servers, type FreshDatabase } from '#testing';
import { dossierWorkflowId, type DossierSummary, type WatchOrder } from '#workflows';
import { bundleCode } from '../../../workflows/src/build/bundle-code';
import { bodyOf } from '../../../workflows/test/dossier-book';
import { quietTemporal } from '../../../workflows/test/stage';
import { CheckRounds } from '../src/checking/check-rounds';
import { ClockModule } from '../src/clock.module';
import { ClockSettings } from '../src/clock.settings';
import { LISTENER } from '../src/hearing/listener';
import { Watching } from '../src/escalating/watching';
import { DeskStandIn } from './desk-stand-in';

type DossierWorkflow = (order: WatchOrder) => Promise<DossierSummary>;

/** What the clock remembers of a dossier. */
export interface Remembered {
  readonly heard: number;
  readonly told: number;
  readonly closed: boolean;
  readonly blocked: boolean;
}

/** A message that the clock put aside. */
export interface PutAside {
  readonly stream: string | null;
  readonly body: string;
  readonly reason: string;
}

const log = createLogger({ name: 'clock-test', level: 'silent' });

/** The topic holds what every test before has published, and a new group hears all of it. */
const patience = { timeoutMs: 100_000 };

/**
 * Where clocks work: a database, a Temporal namespace and a consumer group of its own, and a `desk`. The topic alone is
 * everybody's: the clocks here also hear of dossiers that are none of theirs, and put aside what this `desk` lacks.
 */
export class ClockAtWork {
  private readonly clocks = new Set<NestExpressApplication>();

  private constructor(
    readonly desk: DeskStandIn,
    readonly temporal: Client,
    private readonly database: FreshDatabase,
    private readonly owner: Database,
    private readonly publisher: Publisher,
    private readonly folder: string,
    private readonly settings: Partial<ClockSettings>,
  ) {}

  /** Everything but a clock. */
  static async prepare(): Promise<ClockAtWork> {
    quietTemporal();
    // The clocks' own rounds rest: they would fetch from the journal what is being published, and tell it a second time.
    jest.spyOn(CheckRounds.prototype, 'onApplicationBootstrap').mockImplementation();
    const { brokers } = servers().kafka;
    await ensureTopics(brokers, log);
    const [desk, database, temporal] = await Promise.all([DeskStandIn.start(), freshDatabase(), ownNamespace()]);
    const { clock } = await migrate(database.ownerUrl);
    const owner = new Database({ connectionString: database.ownerUrl });
    await owner.connect();
    const folder = mkdtempSync(join(tmpdir(), 'motcua-clock-'));
    const settings: Partial<ClockSettings> = {
      PORT: 0,
      LOG_LEVEL: 'silent',
      DATABASE_URL: clock,
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_GROUP: `clock-${randomUUID()}`,
      TEMPORAL_NAMESPACE: temporal.options.namespace,
      DESK_URL: desk.url,
      TRUSTED_KEYS_FILE: join(folder, 'trusted.jwks'),
      WORKFLOW_FOLDER: folder,
    };
    const { code, sha256 } = await bundleCode();
    writeFileSync(join(folder, 'dossier.bundle.js'), code);
    writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ sha256 }));
    const keys = await Promise.all(['issuer', 'oversight'].map(newSigningKey));
    for (const { privateJwk } of keys) {
      writeFileSync(join(folder, `${privateJwk.kid}.jwk`), JSON.stringify(privateJwk));
    }
    writeFileSync(join(folder, 'trusted.jwks'), JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }));
    const publisher = kafkaPublisher({ brokers, clientId: 'clock-test', log });
    return new ClockAtWork(desk, temporal, database, owner, publisher, folder, settings);
  }

  /** One more clock of the group; `kid` is the key it signs with. */
  async startClock(kid = 'clock', temporalAddress = servers().temporal.address): Promise<NestExpressApplication> {
    const clock = await this.startClockAlone(temporalAddress, kid);
    await eventually(() => expect(clock.get(Watching).trouble).toBeNull());
    return clock;
  }

  /** Does not wait for Temporal, which may not be there. */
  async startClockAlone(temporalAddress: string, kid = 'clock', brokers?: string): Promise<NestExpressApplication> {
    const keyFile = join(this.folder, `${kid}.jwk`);
    writeFileSync(keyFile, JSON.stringify((await newSigningKey(kid)).privateJwk));
    const elsewhere = brokers === undefined ? {} : { KAFKA_BROKERS: brokers };
    const own = { SERVICE_KEY_FILE: keyFile, TEMPORAL_ADDRESS: temporalAddress, ...elsewhere };
    const settings = Object.assign(new ClockSettings(), this.settings, own);
    const clock = await createApp(ClockModule, { settings, name: 'clock', logger: log });
    this.clocks.add(clock);
    await clock.listen(0, '127.0.0.1');
    return clock;
  }

  /** As if the offsets of the group were reset: clocks started from now on hear everything from the beginning. */
  forgetOffsets(): void {
    this.settings.KAFKA_GROUP = `clock-${randomUUID()}`;
  }

  async stopClock(clock: NestExpressApplication): Promise<void> {
    this.clocks.delete(clock);
    await clock.close();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.clocks].map((clock) => clock.close()));
    await this.publisher.close();
    await this.temporal.connection.close();
    await this.owner.end();
    await Promise.all([this.desk.stop(), this.database.drop()]);
    rmSync(this.folder, { recursive: true });
  }

  /** Publishes entries in this order, as the relay does. */
  async publish(...entries: readonly JournalEntry[]): Promise<void> {
    await this.publisher.publish(
      topics.dossier,
      entries.map(({ event }) => ({ key: event.subject, value: bodyOf(event) })),
    );
  }

  /** Publishes any text, or any bytes, under a dossier's id. */
  async publishText(dossierId: string, value: string | Buffer): Promise<void> {
    // The port carries texts alone; what lies behind it takes bytes as they are, as a stranger's program could send them.
    await this.publisher.publish(topics.dossier, [{ key: dossierId, value: value as string }]);
  }

  /** A request of a person to a clock. */
  async as(officialId: string, clock: NestExpressApplication, method: 'GET' | 'POST', path: string, body?: object) {
    const claims = { sub: officialId, post: 'p', office: 'o', authenticatedAt: new Date() };
    const token = await signToken(this.keyOf('issuer'), { ...claims, audience: ['clock', 'desk'] });
    return this.request(token, clock, method, path, body);
  }

  /** A question of another service to a clock. */
  async asOversight(clock: NestExpressApplication, path: string) {
    const claims = { sub: 'service:oversight', audience: 'clock' } as const;
    return this.request(await signToken(this.keyOf('oversight'), claims), clock, 'GET', path);
  }

  /** A request to a clock with this token, or with none. */
  async request(
    token: string | null,
    clock: NestExpressApplication,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ) {
    const response = await fetch((await clock.getUrl()) + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.json(),
    };
  }

  /** Waits until nothing in Kafka waits for the clocks: what was published has had its effect, or was put aside. */
  async everythingHeard(): Promise<void> {
    const [clock] = this.clocks;
    await eventually(async () => expect(await clock?.get<StreamListener>(LISTENER).lag()).toBe(0), patience);
  }

  async remembered(dossierId: string): Promise<Remembered | undefined> {
    const { rows } = await this.owner.query<Remembered>(
      'select heard, told, closed, blocked from clock.watch where dossier_id = $1',
      [dossierId],
    );
    return rows[0];
  }

  /** As after a crash between telling the workflow and remembering it. */
  async forget(dossierId: string): Promise<void> {
    await this.owner.query('delete from clock.watch where dossier_id = $1', [dossierId]);
  }

  /** As if all of this had happened. */
  async remember(dossierId: string, { heard, told, closed, blocked }: Remembered): Promise<void> {
    await this.owner.query(
      'update clock.watch set heard = $2, told = $3, closed = $4, blocked = $5 where dossier_id = $1',
      [dossierId, heard, told, closed, blocked],
    );
  }

  /** As an operator does before a message is sent again. */
  async unblock(dossierId: string): Promise<void> {
    await this.owner.query('update clock.watch set blocked = false where dossier_id = $1', [dossierId]);
  }

  async putAside(dossierId: string): Promise<PutAside[]> {
    const { rows } = await this.owner.query<PutAside>(
      'select stream, body, reason from clock.dead_letter where message_key = $1 order by id',
      [dossierId],
    );
    return rows;
  }

  private keyOf(kid: string): SigningKey['privateJwk'] {
    return JSON.parse(readFileSync(join(this.folder, `${kid}.jwk`), 'utf8')) as SigningKey['privateJwk'];
  }

  workflowOf(dossierId: string, runId?: string): WorkflowHandle<DossierWorkflow> {
    return this.temporal.workflow.getHandle<DossierWorkflow>(dossierWorkflowId(dossierId), runId);
  }

  /** The states of all runs that Temporal lists of a dossier, oldest first. */
  async runsOf(dossierId: string): Promise<string[]> {
    const runs = [];
    const query = `WorkflowId = "${dossierWorkflowId(dossierId)}"`;
    for await (const run of this.temporal.workflow.list({ query })) runs.push(run);
    return runs
      .sort((one, other) => one.startTime.getTime() - other.startTime.getTime())
      .map(({ status }) => status.name);
  }
}

/** A client of a namespace that nobody else works in: a worker of another test would ask another `desk`. */
async function ownNamespace(): Promise<Client> {
  const connection = await Connection.connect({ address: servers().temporal.address });
  const namespace = `clock-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  return new Client({ connection, namespace });
}
