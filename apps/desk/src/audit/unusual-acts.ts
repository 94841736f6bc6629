import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DossierEventType, PostHolder } from '#contracts';
import type { Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess, inReach, notAbout } from '../access/desk-access';
import { unusualKinds, type UnusualActsDto, type UnusualKind } from './unusual-acts.dto';

/** An entry of the journal that is worth a look. */
export interface UnusualAct {
  readonly kind: UnusualKind;
  readonly dossierId: string;
  /** Null for a submission that is not accepted yet. */
  readonly code: string | null;
  /** The entry of the dossier’s journal. */
  readonly sequence: number;
  /** When it happened, in mapped time. */
  readonly at: string;
  /** Who acted; of a rung, who held the dossier when it rang. */
  readonly by: PostHolder;
  /** Null where none was owed. */
  readonly reasonCode: string | null;
  /** By when the result was first promised; null where nothing was. */
  readonly promisedAt: string | null;
}

export interface UnusualActsPage {
  readonly acts: readonly UnusualAct[];
  /** For `cursor`; null where everything was looked through. */
  readonly next: string | null;
  /** Up to when this page looked back, in mapped time; null where nothing in sight was looked through. */
  readonly lookedBackTo: string | null;
}

/** So many entries are looked through for one page, however few of them are unusual. */
const LOOKED_THROUGH = 10_000;

const promisedAt = `coalesce(dossier.state->'firstDue'->>'appointmentAt', dossier.state->'firstDue'->>'legalDueAt')::timestamptz`;
const isPastPromise = `entry.occurred_at > ${promisedAt}`;
/** A rung that rang after the promise, stands, and had not been acknowledged when this one of the same schedule rang. */
const isUnanswered = `exists (select from desk.escalation rang join desk.escalation before using (dossier_id, generation)
  where rang.dossier_id = dossier.dossier_id and rang.sequence = entry.sequence and before.sequence < rang.sequence
    and rang.withdrawn_sequence is null and before.withdrawn_sequence is null and before.due_at >= ${promisedAt}
    and not exists (select from desk.journal answer where answer.stream = entry.stream
      and answer.type = 'escalation-acknowledged' and answer.sequence > before.sequence and answer.sequence < rang.sequence))`;

/** By which entry each kind is found, and what must be true of it besides. */
const foundBy: Readonly<Record<UnusualKind, { readonly type: DossierEventType; readonly where: string }>> = {
  'result-late': { type: 'dossier-processed', where: isPastPromise },
  'reassigned-late': { type: 'dossier-reassigned', where: isPastPromise },
  unanswered: { type: 'dossier-escalated', where: isUnanswered },
  extended: { type: 'dossier-extended', where: 'true' },
  corrected: { type: 'dossier-corrected', where: 'true' },
  stopped: { type: 'dossier-stopped', where: 'true' },
  rebound: { type: 'dossier-rebound', where: 'true' },
  'escalation-withdrawn': { type: 'escalation-withdrawn', where: 'true' },
};

const kindOfEntry = `case ${unusualKinds
  .map((kind) => `when entry.type = '${foundBy[kind].type}' and ${foundBy[kind].where} then '${kind}'`)
  .join('\n')} end`;

/** Places of the feed before one, newest first: none of them is walled, so that what is out of sight ends no way back. */
function lookedThrough(before: `$${number}`, most: `$${number}`): string {
  return `looked as materialized
    (select position, stream, sequence from desk.feed
     where ${before}::bigint is null or position < ${before} order by position desc limit ${most})`;
}

/**
 * Each entry is looked up by its place in the feed: the way back ends with the page, and not with the journal. Entries are taken
 * by their types before their stream is read as the id of a dossier, which it is for these types alone; and before the dossier is
 * looked up, for behind a wall an index serves plain comparisons only.
 */
const pageOfActs = `
  with ${lookedThrough('$6', '$10')},
  entries as materialized
    (select looked.position, entry.*, entry.stream::uuid as dossier_id, coalesce(entry.body::jsonb #> '{data,responsible}', entry.body::jsonb #> '{data,actor}') as by
     from looked join desk.journal entry using (stream, sequence) where entry.type = any($7)),
  acts as
    (select entry.position, ${kindOfEntry} as kind, dossier.dossier_id as "dossierId", code, entry.sequence, entry.occurred_at as at,
       by, entry.body::jsonb #>> '{data,reasonCode}' as "reasonCode", ${promisedAt} as "promisedAt"
     from entries entry join desk.dossier dossier on dossier.dossier_id = entry.dossier_id
     where ${inReach('$1')} and ${notAbout('$2', '$3')}
       and ($4::text is null or office_id = $4 or holder_office_id = $4 or deciding_office_id = $4)
       and ($5::text is null or by->>'officialId' = $5))
  select * from acts where kind = any($8) order by position desc limit $9`;

const lastLookedAt = `
  with ${lookedThrough('$1', '$2')}
  select count(*)::integer as of, min(position)::text as position,
    (select entry.occurred_at from looked join desk.journal entry using (stream, sequence)
     order by looked.position limit 1) as at
  from looked`;

interface Row extends Omit<UnusualAct, 'at' | 'promisedAt'> {
  readonly position: string;
  readonly at: Date;
  readonly promisedAt: Date | null;
}

/** What a page looked through. */
interface Looked {
  readonly of: number;
  /** Of its oldest entry; null where there is none. */
  readonly position: string | null;
  /** When the oldest entry in sight happened; null where there is none. */
  readonly at: Date | null;
}

/** Finds in the journal what an inspector would want to look at. */
@Injectable()
export class UnusualActs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  async page(
    caller: Caller,
    { kind, office, official, cursor, limit }: UnusualActsDto,
    most = LOOKED_THROUGH,
  ): Promise<UnusualActsPage> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const kinds = kind === undefined ? unusualKinds : [kind];
    const [found, [last]] = await Promise.all([
      manager.query<Row[]>(pageOfActs, [
        this.access.officesWithin(subject, 'audit-dossier'),
        subject.actor.officialId,
        this.access.officesActedIn(subject),
        office ?? null,
        official ?? null,
        cursor ?? null,
        kinds.map((one) => foundBy[one].type),
        kinds,
        limit + 1,
        most,
      ]),
      manager.query<Looked[]>(lastLookedAt, [cursor ?? null, most]),
    ]);
    await logLook(manager, subject, 'audit-dossier', null);
    const shown = found.slice(0, limit);
    const hasMore = found.length > limit;
    const beyond = last?.of === most ? last.position : null;
    const lookedBackTo = (hasMore ? shown.at(-1)?.at : last?.at) ?? null;
    return {
      acts: shown.map(actOf),
      next: hasMore ? (shown.at(-1)?.position ?? null) : beyond,
      lookedBackTo: lookedBackTo?.toISOString() ?? null,
    };
  }
}

function actOf({ kind, dossierId, code, sequence, at, by, reasonCode, promisedAt }: Row): UnusualAct {
  const { officialId, postId, officeId } = by;
  return {
    kind,
    dossierId,
    code,
    sequence,
    at: at.toISOString(),
    by: { officialId, postId, officeId },
    reasonCode,
    promisedAt: promisedAt?.toISOString() ?? null,
  };
}
