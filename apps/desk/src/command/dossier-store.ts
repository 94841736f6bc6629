import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { endsDossier, parseDossierEvent } from '#contracts';
import {
  after,
  begun,
  dossierFrom,
  DossierNotFound,
  FOLD,
  holderOf,
  nextRungAt,
  openRungs,
  type Concerned,
  type Dossier,
  type Fact,
} from '#domain';
import { chained, Journal, type Happening, type NewEntry, type StoredEntry } from '../journal/journal';
import { planNotices } from '../notices/notice-plan';

/** A dossier as its row holds it, with its version (ETag) and the end of its chain. */
export interface StoredDossier {
  readonly state: Dossier;
  readonly version: number;
  readonly lastHash: string;
  readonly lastRecordedAt: string;
  /** Whom it is about, where it is a complaint or a petition that says so; stands in no event. */
  readonly concerned: Concerned | null;
}

interface Row {
  readonly state: Dossier;
  readonly version: number;
  readonly last_hash: string;
  readonly last_recorded_at: Date;
}

/** What its own row says. */
type SavedDossier = Omit<StoredDossier, 'concerned'>;

/** What a transaction made of a dossier. */
export interface Written {
  readonly dossier: StoredDossier;
  readonly entries: readonly StoredEntry[];
}

/** What is to become of a dossier, before it is written. */
export interface Change extends Written {
  readonly how: 'insert' | 'update';
  readonly entries: readonly NewEntry[];
  readonly facts: readonly Fact[];
  /** Whether the applicant is told: of what happens now, not of what is recorded of the past. */
  readonly told: boolean;
}

/** How facts are recorded: `byPeople` moves the version; the recording of rungs leaves it. */
interface Recording {
  readonly recordedAt: string;
  readonly byPeople: boolean;
  readonly ofPast?: boolean;
}

/** Whom a row of desk.dossier is about, as a column beside it. */
export const concernedColumn = `(select json_build_object('officialId', about.official_id, 'officeId', about.office_id)
  from desk.complaint_subject about where about.dossier_id = dossier.dossier_id) as concerned`;

const DOSSIERS_A_PAGE = 200;
/** More than any dossier has. */
const ENTRIES_OF_A_DOSSIER = 10_000;

/** Reads and writes dossiers: entries, the state they add up to, and the ledgers, in the given transaction only. */
@Injectable()
export class DossierStore {
  constructor(private readonly journal: Journal) {}

  /** The dossier, locked until the transaction ends. @throws DossierNotFound */
  async lock(manager: EntityManager, dossierId: string): Promise<StoredDossier> {
    return this.read(manager, dossierId, 'for update of dossier');
  }

  /** The dossier as last committed. @throws DossierNotFound */
  async find(manager: EntityManager, dossierId: string): Promise<StoredDossier> {
    return this.read(manager, dossierId, '');
  }

  /** Those of some dossiers that exist, as last committed, by id. */
  async findSome(manager: EntityManager, dossierIds: readonly string[]): Promise<readonly StoredDossier[]> {
    const rows = await manager.query<(Row & Pick<StoredDossier, 'concerned'>)[]>(
      `select state, version, last_hash, last_recorded_at, ${concernedColumn}
       from desk.dossier where dossier_id = any($1::uuid[]) order by dossier_id`,
      [dossierIds],
    );
    return rows.map((row) => ({ ...savedFrom(row), concerned: row.concerned }));
  }

  /** Begins a dossier with its first fact. */
  async begin(manager: EntityManager, fact: Fact, recordedAt: string): Promise<Written> {
    const change = beginning(fact, recordedAt);
    await this.write(manager, change);
    return change;
  }

  /** Adds facts to a locked dossier, by {@link addition}. */
  async add(
    manager: EntityManager,
    before: StoredDossier,
    facts: readonly Fact[],
    options: Recording,
  ): Promise<Written> {
    const change = addition(before, facts, options);
    await this.write(manager, change);
    return change;
  }

  /** Writes all of a change. Every query is begun at once, so that others may go out with them in the same round trip. */
  async write(manager: EntityManager, { how, dossier, entries, facts, told }: Change): Promise<void> {
    const { concerned, state } = dossier;
    await Promise.all([
      this.journal.append(manager, entries),
      this.save(manager, dossier, how),
      how === 'insert' && concerned && writeConcerned(manager, state.dossierId, concerned),
      ...facts.map((fact) => writeLedger(manager, fact)),
      told && planNotices(manager, facts),
    ]);
  }

  /**
   * Rebuilds the states that another build wrote, a page in the order of ids, under their row locks; a second desk at it finds
   * them done. Answers where the next page begins; null behind the last.
   */
  async rebuildPage(manager: EntityManager, afterId: string): Promise<string | null> {
    const rows = await manager.query<(Row & { dossier_id: string })[]>(
      `select dossier_id, version, last_hash, last_recorded_at from desk.dossier
       where fold <> $1 and dossier_id > $2 order by dossier_id limit $3 for update`,
      [FOLD, afterId, DOSSIERS_A_PAGE],
    );
    for (const row of rows) {
      const entries = await this.journal.after(manager, row.dossier_id, 0, ENTRIES_OF_A_DOSSIER);
      const state = dossierFrom(entries.map(({ body }) => parseDossierEvent(body)));
      await this.save(manager, { ...savedFrom(row), state }, 'update');
    }
    return rows.at(-1)?.dossier_id ?? null;
  }

  private async read(
    manager: EntityManager,
    dossierId: string,
    lock: 'for update of dossier' | '',
  ): Promise<StoredDossier> {
    const [row] = await manager.query<(Row & Pick<StoredDossier, 'concerned'>)[]>(
      `select state, version, last_hash, last_recorded_at, ${concernedColumn}
       from desk.dossier where dossier_id = $1 ${lock}`,
      [dossierId],
    );
    if (!row) throw new DossierNotFound(dossierId);
    return { ...savedFrom(row), concerned: row.concerned };
  }

  private async save(manager: EntityManager, dossier: SavedDossier, how: 'insert' | 'update'): Promise<void> {
    const { state } = dossier;
    const holder = holderOf(state);
    await manager.query(statements[how], [
      state.dossierId,
      state.code,
      dossier.version,
      state.status,
      state.procedureCode,
      state.officeId,
      holder.officialId,
      holder.officeId,
      earliestDue(state),
      openRungs(state)[0]?.wakeAt ?? null,
      dossier.lastRecordedAt,
      state.endedAt,
      state.lastSequence,
      dossier.lastHash,
      JSON.stringify(state),
      FOLD,
    ]);
  }
}

/** A dossier that begins with this fact. Its applicant is told once they are written down: that is up to the intake. */
export function beginning(fact: Fact, recordedAt: string, concerned: Concerned | null = null): Change {
  const state = begun(fact);
  const entries = chained([happening(fact, state)], { hash: null, recordedAt });
  const dossier = { ...stored(state, 1, entries, recordedAt), concerned };
  return { how: 'insert', dossier, entries, facts: [fact], told: false };
}

/** What facts make of a dossier. */
export function addition(
  before: StoredDossier,
  facts: readonly Fact[],
  { recordedAt: now, byPeople, ofPast = false }: Recording,
): Change {
  const recordedAt = now > before.lastRecordedAt ? now : before.lastRecordedAt;
  const happenings: Happening[] = [];
  let state = before.state;
  for (const fact of facts) {
    state = after(state, fact);
    happenings.push(happening(fact, state));
  }
  const entries = chained(happenings, { hash: before.lastHash, recordedAt });
  const version = before.version + (byPeople ? 1 : 0);
  const dossier = { ...stored(state, version, entries, recordedAt), concerned: before.concerned };
  return { how: 'update', dossier, entries, facts, told: !ofPast };
}

const columns = `dossier_id, code, version, status, procedure_code, office_id, holder_official_id, holder_office_id,
  earliest_due_at, next_wake_at, last_recorded_at, ended_at, last_sequence, last_hash, state, fold`;
const values = '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16';
const statements = {
  insert: `insert into desk.dossier (${columns}) values (${values})`,
  update: `update desk.dossier set (${columns}) = (${values}) where dossier_id = $1`,
} as const;

function savedFrom({ state, version, last_hash: lastHash, last_recorded_at: at }: Row): SavedDossier {
  return { state, version, lastHash, lastRecordedAt: at.toISOString() };
}

function stored(state: Dossier, version: number, entries: readonly StoredEntry[], recordedAt: string): SavedDossier {
  const last = entries.at(-1);
  if (!last) throw new RangeError('A dossier is written with at least one entry.');
  return { state, version, lastHash: last.hash, lastRecordedAt: recordedAt };
}

function happening(fact: Fact, state: Dossier): Happening {
  return { ...fact, nextRungAt: endsDossier(fact) ? null : nextRungAt(state) };
}

/** What the lists are ordered by; nothing due sorts last. */
function earliestDue({ due, status }: Dossier): string {
  const instants = status === 'submitted' ? [due.acceptanceDueAt] : [due.stepDueAt, due.appointmentAt, due.legalDueAt];
  return instants.filter((instant) => instant !== null).sort()[0] ?? 'infinity';
}

async function writeConcerned(manager: EntityManager, dossierId: string, about: Concerned): Promise<void> {
  await manager.query('insert into desk.complaint_subject (dossier_id, official_id, office_id) values ($1, $2, $3)', [
    dossierId,
    about.officialId,
    about.officeId,
  ]);
}

async function writeLedger(manager: EntityManager, fact: Fact): Promise<void> {
  if (fact.type === 'dossier-escalated') await insertEscalation(manager, fact);
  else if (fact.type === 'escalation-withdrawn') await withdrawEscalation(manager, fact);
  else if (fact.type === 'dossier-linked') await insertLink(manager, fact);
  else if (fact.type === 'opinion-requested') await insertOpinion(manager, fact);
  else if (fact.type === 'opinion-given' || fact.type === 'opinion-presumed') await answerOpinion(manager, fact);
  else if ('released' in fact.data && fact.data.released) await insertResponsibility(manager, fact, fact.data.released);
}

type FactOf<Type extends Fact['type']> = Extract<Fact, { type: Type }>;

async function insertEscalation(
  manager: EntityManager,
  { subject, sequence, time, data }: FactOf<'dossier-escalated'>,
) {
  await manager.query(
    `insert into desk.escalation
       (dossier_id, sequence, generation, rung, due_at, responsible_id, addressee_id, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      subject,
      sequence,
      data.generation,
      data.rung,
      time,
      data.responsible.officialId,
      data.addressee.officialId,
      data.recordedBy,
    ],
  );
}

async function withdrawEscalation(manager: EntityManager, { subject, sequence, data }: FactOf<'escalation-withdrawn'>) {
  await manager.query(
    `update desk.escalation set withdrawn_sequence = $4
     where dossier_id = $1 and generation = $2 and rung = $3 and withdrawn_sequence is null`,
    [subject, data.generation, data.rung, sequence],
  );
}

async function insertLink(manager: EntityManager, { subject, sequence, data }: FactOf<'dossier-linked'>) {
  await manager.query(
    'insert into desk.dossier_link (dossier_id, sequence, kind, other_dossier_id) values ($1, $2, $3, $4)',
    [subject, sequence, data.kind, data.otherDossierId],
  );
}

async function insertOpinion(manager: EntityManager, { subject, data }: FactOf<'opinion-requested'>) {
  await manager.query(
    `insert into desk.opinion (opinion_id, dossier_id, asked_official_id, asked_office_id, due_at)
     values ($1, $2, $3, $4, $5)`,
    [data.opinionId, subject, data.asked.officialId, data.asked.officeId, data.dueAt],
  );
}

async function answerOpinion(
  manager: EntityManager,
  { sequence, data }: FactOf<'opinion-given'> | FactOf<'opinion-presumed'>,
) {
  await manager.query('update desk.opinion set answered_sequence = $2 where opinion_id = $1', [
    data.opinionId,
    sequence,
  ]);
}

async function insertResponsibility(
  manager: EntityManager,
  { subject, sequence }: Fact,
  held: NonNullable<FactOf<'dossier-received'>['data']['released']>,
) {
  await manager.query(
    `insert into desk.responsibility_record
       (dossier_id, sequence, official_id, post_id, office_id, from_at, until_at, working_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [subject, sequence, held.officialId, held.postId, held.officeId, held.from, held.until, held.workingMs],
  );
}
