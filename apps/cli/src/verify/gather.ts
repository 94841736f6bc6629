import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as TemporalClient, Connection, WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from 'pg';
import { isOrganisationStream, parseDossierEvent, type DossierEvent } from '#contracts';
import { kafkaSubscriber, topics } from '#messaging';
import { createLogger, sha256Hex } from '#platform';
import type { StackFile } from '#local';
import { dossierWorkflowId } from '#workflows';
import { asOwner } from '../stack-access';
import type {
  AnswerRow,
  DossierRow,
  EscalationRow,
  Evidence,
  HeardRow,
  JournalRow,
  EFormRow,
  MessageRow,
  NoticeRow,
  OpinionRow,
  ToldMessage,
  WatchedRow,
  WorkflowStatus,
} from './evidence';

const DESCRIBES_AT_ONCE = 16;

/** Reads everything the invariants are decided upon from the running system. */
export async function gather(stack: StackFile): Promise<Evidence> {
  const stored = await asOwner(stack, fromDatabase);
  const events = eventsByDossier(stored.journal);
  const [told, workflows] = await Promise.all([toldMessages(stack), workflowStatuses(stack, [...events.keys()])]);
  return { ...stored, events, told, workflows, journalledSince: await journalledSince(stack, stored.journal, told) };
}

/** The system runs on while it is read: what is told of and was not journalled a moment ago is looked up. */
async function journalledSince(
  stack: StackFile,
  journal: readonly JournalRow[],
  told: readonly ToldMessage[],
): Promise<Evidence['journalledSince']> {
  const known = new Set(journal.map(({ stream, sequence }) => `${stream} ${sequence}`));
  const streams = told
    .filter(({ stream, sequence }) => !known.has(`${stream} ${sequence}`))
    .map(({ stream }) => stream);
  if (streams.length === 0) return [];
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<JournalRow>(
      'select stream, sequence, hash from desk.journal where stream = any($1)',
      [[...new Set(streams)]],
    );
    return rows;
  });
}

/** The journalled events by dossier, oldest first, without asking Kafka or Temporal. */
export async function journalledEvents(stack: StackFile): Promise<Evidence['events']> {
  return eventsByDossier(await asOwner(stack, journalOf));
}

async function journalOf(client: Client): Promise<readonly JournalRow[]> {
  const { rows } = await client.query<JournalRow>(
    `select stream, sequence, type, body, hash, previous_hash as "previousHash",
       occurred_at as "occurredAt", recorded_at as "recordedAt" from desk.journal order by stream, sequence`,
  );
  return rows;
}

/** What the database knows, as of one moment. */
export async function fromDatabase(
  client: Client,
): Promise<Omit<Evidence, 'events' | 'told' | 'workflows' | 'journalledSince'>> {
  const rows = async <Row extends object>(sql: string): Promise<readonly Row[]> => (await client.query<Row>(sql)).rows;
  // One snapshot for all: what is committed meanwhile would look like a difference.
  await client.query('begin isolation level repeatable read read only');
  const journal = await journalOf(client);
  const [counts] = await rows<{ unfed: string; letters: string }>(
    `select (select count(*) from desk.unfed) as unfed,
       (select count(*) from clock.dead_letter) + (select count(*) from oversight.dead_letter) as letters`,
  );
  const evidence = {
    journal,
    feed: (
      await rows<{ position: string; stream: string; sequence: number }>(
        'select position, stream, sequence from desk.feed order by position',
      )
    ).map((row) => ({ ...row, position: Number(row.position) })),
    unfed: Number(counts?.unfed ?? 0),
    deadLetters: Number(counts?.letters ?? 0),
    dossiers: (
      await rows<Omit<DossierRow, 'endedAt'> & { readonly endedAt: Date | null }>(
        `select dossier_id as "dossierId", state, code, status, ended_at as "endedAt",
           last_sequence as "lastSequence", last_hash as "lastHash" from desk.dossier`,
      )
    ).map((row) => ({ ...row, endedAt: row.endedAt?.toISOString() ?? null })),
    ledger: (
      await rows<{
        dossierId: string;
        officialId: string;
        postId: string;
        officeId: string;
        from: Date;
        until: Date;
        workingMs: string;
      }>(
        `select dossier_id as "dossierId", official_id as "officialId", post_id as "postId", office_id as "officeId",
           from_at as "from", until_at as "until", working_ms as "workingMs" from desk.responsibility_record`,
      )
    ).map((row) => ({
      ...row,
      from: row.from.toISOString(),
      until: row.until.toISOString(),
      workingMs: Number(row.workingMs),
    })),
    escalations: (
      await rows<Omit<EscalationRow, 'dueAt'> & { readonly dueAt: Date }>(
        `select dossier_id as "dossierId", generation, rung, due_at as "dueAt", responsible_id as "responsibleId",
           addressee_id as "addresseeId", recorded_by as "recordedBy", withdrawn_sequence is not null as withdrawn
         from desk.escalation`,
      )
    ).map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })),
    answers: await rows<AnswerRow>(
      `select body::json->>'dossierId' as "dossierId", (body::json->>'lastSequence')::integer as sequence from desk.answer
       where body::json->>'lastSequence' is not null`,
    ),
    opinions: (
      await rows<Omit<OpinionRow, 'dueAt'> & { readonly dueAt: Date }>(
        `select opinion_id as "opinionId", dossier_id as "dossierId", asked_office_id as "officeId", due_at as "dueAt",
           answered_sequence is not null as answered from desk.opinion`,
      )
    ).map((row) => ({ ...row, dueAt: row.dueAt.toISOString() })),
    clock: await rows<WatchedRow>(
      'select dossier_id::text as stream, heard as sequence, heard_hash as hash, blocked, told from clock.watch',
    ),
    oversight: await rows<HeardRow>('select stream, sequence, hash, blocked from oversight.inbox'),
    alerts: await rows<{ dossierId: string; generation: number; rung: string; withdrawn: boolean }>(
      `select dossier_id as "dossierId", generation, rung, state = 'withdrawn' as withdrawn from oversight.alert`,
    ),
    notices: await rows<NoticeRow>(
      `select dossier_id as "dossierId", cause_sequence as "causeSequence", kind, state,
         entry_sequence as "entrySequence" from desk.notice`,
    ),
    messages: await rows<MessageRow>(
      `select dossier_id as "dossierId", note_id as "messageId", entry_sequence as "entrySequence",
         encode(sha256(sealed), 'hex') as "sealedHash" from desk.note where entry_sequence is not null`,
    ),
    eForms: await rows<EFormRow>(
      `select dossier_id as "dossierId", sequence, encode(sha256(sealed), 'hex') as "sealedHash" from desk.e_form`,
    ),
    rungsWaiting: (
      await rows<{ id: string }>(
        `select dossier_id as id from desk.dossier where next_wake_at < statement_timestamp() - interval '2 minutes'`,
      )
    ).map(({ id }) => id),
  };
  await client.query('commit');
  return evidence;
}

function eventsByDossier(journal: readonly JournalRow[]): ReadonlyMap<string, readonly DossierEvent[]> {
  const events = new Map<string, DossierEvent[]>();
  for (const { stream, body } of journal) {
    if (isOrganisationStream(stream)) continue;
    const history = events.get(stream) ?? [];
    history.push(parseDossierEvent(body));
    events.set(stream, history);
  }
  return events;
}

/** Everything Kafka holds of us, from the beginning. */
async function toldMessages({ brokers }: StackFile): Promise<readonly ToldMessage[]> {
  const told: ToldMessage[] = [];
  const subscriber = kafkaSubscriber({
    brokers,
    clientId: 'motcua-verify',
    groupId: `motcua-verify-${randomUUID()}`,
    log: createLogger({ name: 'verify', level: 'silent' }),
    onFatal: (error) => {
      throw error;
    },
  });
  await subscriber.run([topics.dossier, topics.organisation], ({ messages }) => {
    told.push(...messages.flatMap(({ value }) => entryIn(value?.toString('utf8') ?? '')));
    return Promise.resolve();
  });
  while ((await subscriber.lag()) > 0) await pause(100);
  await subscriber.stop();
  return told;
}

/** The entry a message holds; what claims to be none is somebody else's, and consumers have put it aside. */
function entryIn(body: string): ToldMessage[] {
  const { subject, sequence } = parsed(body);
  if (typeof subject !== 'string' || typeof sequence !== 'number') return [];
  return [{ stream: subject, sequence, hash: sha256Hex(body) }];
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {}; // No JSON: no entry.
  }
}

/** By id, never from a list: lists of Temporal lie for a while. */
async function workflowStatuses(
  { temporal }: StackFile,
  dossierIds: readonly string[],
): Promise<ReadonlyMap<string, WorkflowStatus>> {
  const connection = await Connection.connect({ address: temporal.address });
  const client = new TemporalClient({ connection, namespace: temporal.namespace });
  const statuses = new Map<string, WorkflowStatus>();
  const waiting = [...dossierIds];
  const describeNext = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) statuses.set(id, await statusOf(client, id));
  };
  await Promise.all(Array.from({ length: DESCRIBES_AT_ONCE }, describeNext));
  await connection.close();
  return statuses;
}

async function statusOf(client: TemporalClient, dossierId: string): Promise<WorkflowStatus> {
  try {
    const { status } = await client.workflow.getHandle(dossierWorkflowId(dossierId)).describe();
    return status.name as WorkflowStatus;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
