import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { shiftByWorkingTime } from '#calendar';
import { calendarIdOf, FieldInvalid, pausedStatuses, runningStatuses, type Dossier } from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { uuidPattern } from '../command/request';
import { isInstant } from '../lookup/lookup';
import type { QueueDto, QueueName, QueueState } from './queue.dto';
import { queueRowOf, type QueueRow } from './queue-row';

/** The filters of a queue. */
export type QueueQuery = { readonly [Filter in keyof QueueDto]: QueueDto[Filter] };

/** How many dossiers of a queue stand how, whatever state was asked for. */
export interface QueueCounts {
  readonly all: number;
  readonly late: number;
  readonly soon: number;
  readonly paused: number;
}

/** One page of a queue: what is late first, then by the earliest due instant; behind these what is paused, then what is done. */
export interface QueuePage {
  readonly rows: readonly QueueRow[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
  readonly counts: QueueCounts;
}

/** As long as an online submission may wait: what is due within it should be begun. */
const SOON_MS = 8 * 3_600_000;

interface Row {
  readonly dossier: Dossier;
  readonly version: number;
  readonly standing: QueueState;
  readonly hasAnswer: boolean;
  readonly hasQuestion: boolean;
  readonly rank: number;
  readonly due: Date | number;
}

/** What waits for whom, in the order in which it is due. */
@Injectable()
export class Queues {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  async page(caller: Caller, queue: QueueName, query: QueueQuery): Promise<QueuePage> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const now = this.clock.now();
    const parameters = await this.parameters(manager, subject, query, now);
    const [rows, counts] = await Promise.all([
      manager.query<Row[]>(pageOf(queue), [...parameters, ...placeOf(query), query.state ?? null, query.limit + 1]),
      manager.query<QueueCounts[]>(countsOf(queue), [...parameters]),
    ]);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      rows: await this.rowsOf(manager, shown, now),
      next: rows.length > query.limit && last ? cursorOf(last) : null,
      counts: counts[0] ?? { all: 0, late: 0, soon: 0, paused: 0 },
    };
  }

  /** The rows of some dossiers, which the caller must have been found to reach; the latest first. */
  async rowsOfDossiers(
    manager: EntityManager,
    subject: Subject,
    dossierIds: readonly string[],
  ): Promise<readonly QueueRow[]> {
    const now = this.clock.now();
    const rows = await manager.query<Row[]>(
      `select state as dossier, version, ${standing({ running: '$2', paused: '$3', now: '$4', soon: '$5' })} as standing,
         ${hasAnswer('dossier')} as "hasAnswer", ${hasQuestion('dossier')} as "hasQuestion"
       from desk.dossier where dossier_id = any($1::uuid[]) order by dossier_id desc`,
      [dossierIds, runningStatuses, pausedStatuses, now, await this.soonUntil(manager, subject, now)],
    );
    return this.rowsOf(manager, rows, now);
  }

  /** The end of the next eight working hours of the caller's office. */
  private async soonUntil(manager: EntityManager, { organisation, actor }: Subject, now: string): Promise<string> {
    const calendarId = calendarIdOf(organisation, actor.officeId, now);
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarId);
    return calendar ? shiftByWorkingTime(calendar, now, SOON_MS) : now;
  }

  private async rowsOf(manager: EntityManager, rows: readonly Row[], now: string): Promise<readonly QueueRow[]> {
    const timekeepings = await this.catalogue.timekeepingsOf(
      manager,
      rows.map(({ dossier }) => dossier),
    );
    return timekeepings.flatMap(({ presentCalendar }, index) => {
      const row = rows[index];
      return row ? [queueRowOf({ ...row, state: row.standing }, presentCalendar, now)] : [];
    });
  }

  /** What {@link matching} is asked with, $1 to $17. */
  private async parameters(
    manager: EntityManager,
    subject: Subject,
    query: QueueQuery,
    now: string,
  ): Promise<readonly unknown[]> {
    const soonUntil = await this.soonUntil(manager, subject, now);
    const actedIn = this.access.officesActedIn(subject);
    return [
      this.access.officesWithin(subject, 'read-queue'),
      subject.actor.officialId,
      actedIn,
      runningStatuses,
      pausedStatuses,
      now,
      soonUntil,
      query.procedure ?? null,
      query.office ?? null,
      query.holder ?? null,
      query.status ?? null,
      query.channel ?? null,
      query.dueBefore ?? null,
      query.receivedFrom ?? null,
      query.receivedUntil ?? null,
      query.answered ?? null,
      query.dueFrom ?? null,
    ];
  }
}

/** How a dossier stands; see {@link QueueState}. */
function standing({ running, paused, now, soon }: Record<'running' | 'paused' | 'now' | 'soon', string>): string {
  return `case when status = any(${paused}) then 'paused' when not status = any(${running}) then 'done'
    when earliest_due_at < ${now}::timestamptz then 'late' when earliest_due_at < ${soon}::timestamptz then 'soon'
    else 'on-time' end`;
}

/** Whether an answer of the applicant waits to be read: few dossiers have one, and these are an index of their own. */
function hasAnswer(row: 'dossier' | 'queued'): string {
  return `exists (select from desk.note where note.dossier_id = ${row}.dossier_id
    and note.official_id is null and note.read_at is null)`;
}

/** Whether the holder is asked something and has not read it; of the same index. */
function hasQuestion(row: 'dossier' | 'queued'): string {
  return `exists (select from desk.note where note.dossier_id = ${row}.dossier_id
    and note.asks_holder and note.read_at is null)`;
}

/** What makes a dossier one of a queue, beside being in sight. */
const belongs: Readonly<Record<QueueName, string>> = {
  mine: 'holder_official_id = $2',
  unit: 'holder_office_id = any($3)',
  all: 'true',
  'to-accept': `status = 'submitted'`,
  'handed-to-me': `holder_official_id = $2 and jsonb_typeof(state->'pendingHandover') = 'object'`,
  waiting: 'status = any($5)',
};

/** The dossiers of a queue that match, each with how it stands and where that puts it; see {@link Queues.parameters}. */
function matching(queue: QueueName): string {
  return `select dossier_id, version, state, earliest_due_at as due,
      case when status = any($4) then 0 when status = any($5) then 1 else 2 end as rank,
      ${standing({ running: '$4', paused: '$5', now: '$6', soon: '$7' })} as standing
    from desk.dossier
    where ${inReach('$1')} and ${belongs[queue]}
      and ($8::text is null or procedure_code = $8)
      and ($9::text is null or office_id = $9 or holder_office_id = $9 or deciding_office_id = $9)
      and ($10::text is null or holder_official_id = $10)
      and case when $11::text is null then (ended_at is null or $16::text is not null) else status = $11 end
      and ($12::text is null or state->>'channel' = $12)
      and ($13::timestamptz is null or (earliest_due_at < $13 and status = any($4)))
      and ($17::timestamptz is null or (earliest_due_at >= $17 and status = any($4)))
      and ($14::text is null or received_at >= $14)
      and ($15::text is null or received_at < $15)
      and ($16::text is null or ${hasAnswer('dossier')} or ${hasQuestion('dossier')})
      and ${notAbout('$2', '$3')}`;
}

function pageOf(queue: QueueName): string {
  return `select state as dossier, version, standing, rank, due,
      ${hasAnswer('queued')} as "hasAnswer", ${hasQuestion('queued')} as "hasQuestion"
    from (${matching(queue)}) as queued
    where ($18::integer is null or (rank, due, dossier_id) > ($18, $19::timestamptz, $20::uuid))
      and ($21::text is null or standing = $21)
    order by rank, due, dossier_id limit $22`;
}

function countsOf(queue: QueueName): string {
  const of = (state: QueueState) => `(count(*) filter (where standing = '${state}'))::integer as ${state}`;
  return `select count(*)::integer as all, ${of('late')}, ${of('soon')}, ${of('paused')}
    from (${matching(queue)}) as queued`;
}

/** The place behind a row; the driver gives a number for infinity. */
function cursorOf({ rank, due, dossier }: Row): string {
  const place = [rank, due instanceof Date ? due.toISOString() : 'infinity', dossier.dossierId];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Rank, due instant and id behind which a page begins; three nulls for the first. @throws FieldInvalid */
function placeOf({ cursor }: QueueQuery): readonly [rank: number | null, due: string | null, dossierId: string | null] {
  if (cursor === undefined) return [null, null, null];
  const [, rank = '', due = '', dossierId = ''] =
    /^\[([012]),"([^"]+)","([^"]+)"\]$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if ((due !== 'infinity' && !isInstant(due)) || !uuidPattern.test(dossierId)) {
    throw new FieldInvalid('cursor', 'must be the "next" of the page before');
  }
  return [Number(rank), due, dossierId];
}
