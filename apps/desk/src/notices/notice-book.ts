import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ApplicantNotified, NoticeKind, NoticeMeans, NoticeOutcome, NoticeReason } from '#contracts';
import { OrganisationJournal } from '../journal/organisation-journal';

/** Which notice: what the applicant is told, because of which entry of which dossier. */
export interface NoticeKey {
  readonly dossierId: string;
  readonly causeSequence: number;
  readonly kind: NoticeKind;
}

/** A notice that is this process's to send until its lease ends. `attempts` counts this one, and says whose the lease is. */
export interface ClaimedNotice extends NoticeKey {
  readonly attempts: number;
}

/** What came of an attempt: an outcome, or another attempt after a pause. `answer` is a code, never a text. */
export type Attempted =
  | { readonly outcome: 'sent'; readonly means: NoticeMeans }
  | {
      readonly outcome: 'failed';
      readonly means: NoticeMeans | null;
      readonly reason: NoticeReason;
      readonly answer: string;
    }
  | { readonly outcome: 'not-possible' | 'not-sent'; readonly reason: NoticeReason }
  | {
      readonly outcome: 'pending';
      readonly means: NoticeMeans | null;
      readonly answer: string;
      readonly pauseMs: number;
    };

/** A notice as people see it. Instants are ISO 8601 in UTC, real time. */
export interface NoticeView {
  readonly causeSequence: number;
  readonly kind: NoticeKind;
  readonly state: NoticeOutcome | 'pending';
  readonly by: NoticeMeans | null;
  readonly attempts: number;
  readonly reasonCode: NoticeReason | null;
  /** What the other side answered last, as a code; null where it accepted or was not asked. */
  readonly lastAnswer: string | null;
  readonly createdAt: string;
  /** Null unless it is still to be tried. */
  readonly nextAttemptAt: string | null;
  /** Null while it is still to be tried. */
  readonly settledAt: string | null;
  /** Its entry in the stream `notices`; null while it is still to be tried. */
  readonly entrySequence: number | null;
}

/** Longer than any attempt takes. One whose sender died meanwhile is taken over by whoever looks next. */
const LEASE_S = 60;

/** What applicants are to be told, and what became of it. */
@Injectable()
export class NoticeBook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Takes so many that wait longest, each under a lease. Whatever others are taking meanwhile is passed over. */
  async claim(limit: number): Promise<readonly ClaimedNotice[]> {
    const [claimed] = await this.dataSource.query<[ClaimedNotice[], number]>(
      `update desk.notice set attempts = attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => $2)
       where (dossier_id, cause_sequence, kind) in (
         select dossier_id, cause_sequence, kind from desk.notice
         where state = 'pending' and next_attempt_at <= clock_timestamp()
         order by next_attempt_at limit $1 for update skip locked)
       returning dossier_id as "dossierId", cause_sequence as "causeSequence", kind, attempts`,
      [limit, LEASE_S],
    );
    return claimed;
  }

  /**
   * Writes down what came of them, and an entry for each that ended, all or nothing. One whose lease somebody else has taken
   * over meanwhile is theirs to write down.
   */
  async settle(attempted: readonly (ClaimedNotice & Attempted)[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      // The stream before the rows, always: so no two desks wait for each other.
      if (attempted.some(isSettled)) await this.journal.lock(manager, 'notices');
      const ours = await stillOurs(manager, attempted);
      const settled = ours.filter(isSettled);
      const first =
        settled.length === 0
          ? 0
          : await this.journal.addAll(manager, 'notices', 'applicant-notified', settled.map(eventOf));
      await write(manager, [
        ...settled.map((one, index) => ({ ...rowOf(one), entry_sequence: first + index })),
        ...ours.filter((one) => !isSettled(one)).map(rowOf),
      ]);
    });
  }

  /** Those of one dossier, in the order of what caused them. */
  async ofDossier(dossierId: string): Promise<readonly NoticeView[]> {
    const rows = await this.dataSource.query<(Omit<NoticeView, Times> & { readonly [At in Times]: Date | null })[]>(
      `select cause_sequence as "causeSequence", kind, state, means as by, attempts, reason as "reasonCode",
         last_answer as "lastAnswer", created_at as "createdAt", settled_at as "settledAt",
         case when state = 'pending' then next_attempt_at end as "nextAttemptAt", entry_sequence as "entrySequence"
       from desk.notice where dossier_id = $1 order by cause_sequence, kind`,
      [dossierId],
    );
    return rows.map((row) => ({
      ...row,
      createdAt: row.createdAt?.toISOString() ?? '',
      nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
      settledAt: row.settledAt?.toISOString() ?? null,
    }));
  }
}

type Times = 'createdAt' | 'nextAttemptAt' | 'settledAt';
type Pending = Extract<Attempted, { outcome: 'pending' }>;
type Settled = ClaimedNotice & Exclude<Attempted, Pending>;

function isSettled(one: ClaimedNotice & Attempted): one is Settled {
  return one.outcome !== 'pending';
}

/** Locked until the transaction ends. */
async function stillOurs(
  manager: EntityManager,
  attempted: readonly (ClaimedNotice & Attempted)[],
): Promise<readonly (ClaimedNotice & Attempted)[]> {
  const rows = await manager.query<NoticeKey[]>(
    `select n.dossier_id as "dossierId", n.cause_sequence as "causeSequence", n.kind
     from desk.notice n
     join json_populate_recordset(null::desk.notice, $1) tried using (dossier_id, cause_sequence, kind)
     where n.state = 'pending' and n.attempts = tried.attempts
     for update of n`,
    [JSON.stringify(attempted.map(({ attempts, ...key }) => ({ ...keyColumns(key), attempts })))],
  );
  const ours = new Set(rows.map(noticeId));
  return attempted.filter((one) => ours.has(noticeId(one)));
}

async function write(manager: EntityManager, rows: readonly object[]): Promise<void> {
  await manager.query(
    `update desk.notice n
     set state = tried.state, means = tried.means, attempts = tried.attempts, reason = tried.reason,
       last_answer = tried.last_answer, entry_sequence = tried.entry_sequence,
       settled_at = case when tried.state = 'pending' then null else clock_timestamp() end,
       next_attempt_at = clock_timestamp() + make_interval(secs => tried.pause_s)
     from json_to_recordset($1) tried (dossier_id uuid, cause_sequence integer, kind text, state text, means text,
       attempts integer, reason text, last_answer text, pause_s double precision, entry_sequence integer)
     where (n.dossier_id, n.cause_sequence, n.kind) = (tried.dossier_id, tried.cause_sequence, tried.kind)`,
    [JSON.stringify(rows)],
  );
}

function keyColumns({ dossierId, causeSequence, kind }: NoticeKey) {
  return { dossier_id: dossierId, cause_sequence: causeSequence, kind };
}

function rowOf(one: ClaimedNotice & Attempted) {
  return {
    ...keyColumns(one),
    state: one.outcome,
    means: meansOf(one),
    attempts: handedOver(one),
    reason: 'reason' in one ? one.reason : null,
    last_answer: 'answer' in one ? one.answer : null,
    pause_s: one.outcome === 'pending' ? one.pauseMs / 1_000 : 0,
  };
}

function eventOf(one: Settled): ApplicantNotified {
  return {
    dossierId: one.dossierId,
    causeSequence: one.causeSequence,
    kind: one.kind,
    by: meansOf(one),
    outcome: one.outcome,
    attempts: handedOver(one),
    reasonCode: 'reason' in one ? one.reason : null,
  };
}

function meansOf(one: Attempted): NoticeMeans | null {
  return 'means' in one ? one.means : null;
}

/** The last attempt counts only where something was handed over. */
function handedOver(one: ClaimedNotice & Attempted): number {
  return one.outcome === 'not-possible' || one.outcome === 'not-sent' ? one.attempts - 1 : one.attempts;
}

/** One text a notice is known by, made of its key alone: the same in every repeat. */
export function noticeId({ dossierId, causeSequence, kind }: NoticeKey): string {
  return `${dossierId}.${causeSequence}.${kind}`;
}
