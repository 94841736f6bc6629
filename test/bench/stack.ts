import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { text as streamText } from 'node:stream/consumers';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { Pool } from 'pg';
import { issueToken, startStack, type Stack, type StackOptions } from '#local';
import { topics } from '#messaging';
import { demoContent, loadContent } from '../../apps/cli/src/start/content';
import { holderNamed } from '../../apps/cli/src/stack-access';
import { lagOf } from './bare/kafka';
import { nowMs, together, until } from './load';
import { Processes } from './processes';

/** A computed procedure of the demo office: its first rung lies more than a day ahead. */
const PROCEDURE = '1.004873';
/** One rung, at the very instant that the intake gives. */
const GIVEN_PROCEDURE = 'bench.given';
const TOKEN_USED_MS = 200_000;
const groups = ['motcua-clock', 'motcua-oversight'];
const SETTLED_WITHIN_MS = 600_000;

const clerk = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
const officer = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
/** Somebody who was not here before, as nearly all are: a duplicate would be looked for and found each time. */
function newApplicant() {
  const digits = String(randomInt(1e9)).padStart(9, '0');
  return {
    name: `Nguyễn Văn ${digits}`,
    phone: `0${digits}`,
    identityNumber: `040${digits}`,
    address: 'Xóm 4, xã Đô Lương, tỉnh Nghệ An',
  };
}

/** Which Temporal: the one its CLI holds, or the server proper. */
export interface Flavoured {
  readonly temporal: 'cli' | 'server';
}

/** One answered command. */
export interface Answered {
  readonly dossierId: string;
  readonly etag: string;
  readonly answeredAtMs: number;
}

interface Exchanged {
  readonly status: number;
  readonly answer: string;
  readonly headers: IncomingHttpHeaders;
}

/** How the commands of a life follow one another. */
export interface Pace {
  readonly before: () => Promise<unknown>;
  readonly answeredIn: (ms: number) => void;
}

/** A whole stack of its own in a folder of its own, with the demo office, seen from outside: over HTTP and in its servers. */
export class BenchStack {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly tokens = new Map<string, { readonly text: Promise<string>; readonly untilMs: number }>();

  private constructor(
    readonly stack: Stack,
    readonly temporal: TemporalClient,
    /** As the owner of all databases. */
    readonly database: Pool,
    readonly processes: Processes,
    readonly temporalFlavour: 'cli' | 'server',
  ) {}

  static async start(
    options: Pick<StackOptions, 'dataFolder' | 'report' | 'settings'> & Flavoured,
  ): Promise<BenchStack> {
    const { dataFolder, temporal: temporalFlavour } = options;
    const stack = await startStack({ ...options, ports: 'free' });
    const connection = await Connection.connect({ address: stack.temporal.address });
    const database = new Pool({ connectionString: stack.ownerUrl, application_name: 'bench', max: 12 });
    const temporal = new TemporalClient({ connection, namespace: stack.temporal.namespace });
    const processes = new Processes(dataFolder, database);
    const bench = new BenchStack(stack, temporal, database, processes, temporalFlavour);
    await loadContent(stack, benchContent());
    return bench;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.database.end();
    await this.temporal.connection.close();
    await this.stack.stop();
  }

  /** A dossier at the counter, with a full applicant. */
  async receive(): Promise<Answered> {
    return this.post('lan', '/dossiers', { procedureCode: PROCEDURE, channel: 'desk', applicant: newApplicant() });
  }

  /** A dossier whose one rung falls due at that instant. */
  async receiveDue(atMs: number): Promise<Answered> {
    const appointmentAt = new Date(Math.ceil(atMs)).toISOString();
    const given = { appointmentAt, legalDueAt: appointmentAt };
    const body = { procedureCode: GIVEN_PROCEDURE, channel: 'desk', applicant: newApplicant(), given };
    return this.post('migrator', '/dossiers', body);
  }

  /** What follows a receipt: hand-overs to and fro, the result, its return. */
  async handle(received: Answered, handOvers: number, pace?: Pace): Promise<void> {
    const people = [clerk, officer];
    let last = received;
    const tell = async (officialId: string, name: string, body: object) => {
      await pace?.before();
      const beganAtMs = nowMs();
      last = await this.post(officialId, `/dossiers/${last.dossierId}/${name}`, body, last.etag);
      pace?.answeredIn(last.answeredAtMs - beganAtMs);
    };
    for (let turn = 0; turn < handOvers; turn += 1) {
      await tell(people[turn % 2]?.officialId ?? '', 'hand-over', { to: people[(turn + 1) % 2] });
    }
    await tell(people[handOvers % 2]?.officialId ?? '', 'mark-processed', { result: 'granted' });
    await tell('lan', 'return', { to: 'applicant', proof: 'signature' });
  }

  /** Receives until so many dossiers are open, and everybody has heard of them. Answers how many were received. */
  async fillTo(open: number): Promise<number> {
    const missing = Math.max(0, open - (await this.count('desk.dossier where ended_at is null')));
    await together(8, missing, () => this.receive());
    await this.settled();
    return missing;
  }

  /** Waits until whatever was committed is in Kafka, heard by everybody, and told to Temporal where it must be. */
  async settled(limitMs = SETTLED_WITHIN_MS): Promise<void> {
    await until('the services to catch up', limitMs, async () => (await this.behind()) === 0);
  }

  /** Entries not sent, messages not handled, and dossiers of which the clock has not heard all. */
  async behind(): Promise<number> {
    const { rows } = await this.database.query<{ dossiers: number }>(
      `select count(*)::int as dossiers from desk.dossier left join clock.watch using (dossier_id)
       where heard is distinct from last_sequence`,
    );
    const behind = (await this.unsent()) + (rows[0]?.dossiers ?? 0);
    return behind > 0 ? behind : lagOf(this.stack.brokers, topics.dossier, groups);
  }

  /** Entries that the relay has not sent. */
  async unsent(): Promise<number> {
    const { rows } = await this.database.query<{ entries: number }>(
      `select ((select count(*) from desk.unfed) + (select coalesce(max(position), 0) from desk.feed) - sent_position)::int
         as entries
       from desk.feed_progress where reader = 'kafka'`,
    );
    return rows[0]?.entries ?? 0;
  }

  async count(what: string): Promise<number> {
    const { rows } = await this.database.query<{ n: number }>(`select count(*)::int as n from ${what}`);
    return rows[0]?.n ?? 0;
  }

  /** How many workflows of a type have completed, as Temporal lists them. */
  async completed(workflowType: string): Promise<number> {
    const { count } = await this.temporal.workflow.count(
      `WorkflowType = '${workflowType}' AND ExecutionStatus = 'Completed'`,
    );
    return count;
  }

  /** @throws Error for anything but an answer of the 200s: a refusal is quick and would be a fine figure. */
  async post(officialId: string, path: string, body: object, etag?: string): Promise<Answered> {
    const headers = {
      authorization: `Bearer ${await this.tokenOf(officialId)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(etag !== undefined && { 'if-match': etag }),
    };
    const { status, answer, headers: answered } = await this.exchange(path, headers, JSON.stringify(body));
    const answeredAtMs = nowMs();
    if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${answer}`);
    const { dossierId } = JSON.parse(answer) as { dossierId: string };
    return { dossierId, etag: String(answered.etag), answeredAtMs };
  }

  /** Once more where a kept connection was closed by `desk` at the moment it was used again: the key makes that harmless. */
  private async exchange(path: string, headers: OutgoingHttpHeaders, text: string): Promise<Exchanged> {
    const url = new URL(path, this.stack.services.desk);
    const length = { 'content-length': Buffer.byteLength(text) };
    const sent = request(url, { method: 'POST', headers: { ...headers, ...length }, agent: this.agent });
    try {
      sent.end(text);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      const answer = await streamText(response);
      return { status: response.statusCode ?? 0, answer, headers: response.headers };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (sent.reusedSocket && code === 'ECONNRESET') return this.exchange(path, headers, text);
      throw error;
    }
  }

  /** Tokens hold for five minutes; signing one for each request would measure the signing. */
  private async tokenOf(officialId: string): Promise<string> {
    const known = this.tokens.get(officialId);
    if (known && performance.now() < known.untilMs) return known.text;
    const text = holderNamed(this.stack, officialId).then((holder) => issueToken(this.stack.keys, holder));
    this.tokens.set(officialId, { text, untilMs: performance.now() + TOKEN_USED_MS });
    return text;
  }
}

/** The demo office, somebody who takes records over with their instants, and a procedure for those. */
function benchContent(): ReturnType<typeof demoContent> {
  const { organisation, calendars, procedures } = demoContent();
  const post = { id: 'bench-migrator', officeId: 'do-luong-centre', name: 'Migrator', roles: ['migrator'] as const };
  const tenure = { officialId: 'migrator', postId: post.id, from: '2025-06-30T17:00:00.000Z', until: null };
  return {
    organisation: {
      ...organisation,
      posts: [...organisation.posts, post],
      officials: [...organisation.officials, { id: 'migrator', name: 'Migrator', email: null }],
      tenures: [...organisation.tenures, tenure],
    },
    calendars,
    procedures: [...procedures, givenProcedure],
  };
}

const givenProcedure = {
  code: GIVEN_PROCEDURE,
  version: 1,
  name: 'Instants given',
  calendarId: 'vn-office',
  serviceLevel: {
    kind: 'given',
    legalLimit: null,
    appointmentLimit: null,
    acceptanceLimit: null,
    maxSupplements: 1,
    maxExtensions: 1,
    steps: [],
    ladder: [{ name: 'appointment-due', of: 'appointmentAt', offset: null, tell: 'head-of-office' }],
  },
};
