import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid } from '#calendar';
import type { PostHolder, WorkTransferDecided } from '#contracts';
import {
  ActionForbidden,
  becomesAt,
  canTakeWork,
  CommandNotAllowed,
  decide,
  DossierError,
  DossierNotFound,
  endedOfficesOf,
  FieldInvalid,
  holderOf,
  isConcerned,
  takerOf,
  type Dossier,
  type Organisation,
  type TransferableDossier,
  type WorkTransfer,
} from '#domain';
import { canonicalJson, Clock, type Caller } from '#platform';
import { DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { occurredAtOf } from '../command/dossier-commands';
import { DossierStore } from '../command/dossier-store';
import { RungRecorder } from '../escalation/rung-recorder';
import { OrganisationJournal } from '../journal/organisation-journal';
import { postHolderOf, requireOfficial, type NamedHolder } from '../organisation/organisation-directory';

/** Thrown when dossiers are to be handed on by an operation that nobody decided. */
export class WorkTransferUndecided extends DossierError {
  readonly code = 'WORK_TRANSFER_UNDECIDED';
  readonly kind = 'conflict';

  constructor(readonly operationId: string) {
    super(`Nobody has decided operation ${operationId}.`);
  }
}

/** Thrown when an operation was decided before, and otherwise. */
export class WorkTransferDecidedOtherwise extends DossierError {
  readonly code = 'WORK_TRANSFER_DECIDED_OTHERWISE';
  readonly kind = 'conflict';

  constructor(readonly operationId: string) {
    super(`Operation ${operationId} was decided before, and otherwise; use a new one.`);
  }
}

/** Whose work is to go to whom, as people name them. */
export interface AskedTransfer {
  readonly fromOfficialId: string | null;
  readonly fromOfficeId: string | null;
  readonly to: NamedHolder | null;
  readonly assignments: readonly { readonly dossierId: string; readonly to: NamedHolder }[];
}

/** A page of the open dossiers it concerns, in order of their ids. */
export interface TransferPage {
  readonly after: string | null;
  readonly limit: number;
}

/** What a page of a transfer would do. */
export interface TransferPreview {
  readonly dossiers: readonly TransferableDossier[];
  /** To go on after; null when it was the last page. */
  readonly next: string | null;
}

/** What a page of a transfer did. */
export interface Transferred {
  readonly checked: number;
  readonly moved: number;
  /** What stays where it is, and why. */
  readonly left: readonly { readonly dossierId: string; readonly reason: string }[];
  readonly next: string | null;
}

interface Decided {
  readonly data: WorkTransferDecided;
  readonly time: string;
}

/** Hands on open work: of an official who leaves, and of offices that have ended, to their successors. No due instant moves. */
@Injectable()
export class WorkTransfers {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly store: DossierStore,
    private readonly rungs: RungRecorder,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Reads only; nothing is locked. @throws FieldInvalid */
  async preview(caller: Caller, asked: AskedTransfer, page: TransferPage): Promise<TransferPreview> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const transfer = transferFrom(asked, subject);
    const { dossiers, next } = await this.openWork(manager, subject, 'preview-work-transfer', transfer, page);
    return {
      dossiers: dossiers.map((dossier) => transferable(subject.organisation, transfer, dossier, subject.at)),
      next,
    };
  }

  /** Journals the decision, once. @throws FieldInvalid, WorkTransferDecidedOtherwise */
  async decide(caller: Caller, operationId: string, reasonCode: string, asked: AskedTransfer): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'organisation');
      const subject = await this.access.subjectOf(manager, caller);
      const before = await decisionOn(manager, operationId);
      if (before) {
        // Asked at the instant of then: who took it over may have left since.
        const again = transferFrom(asked, { ...subject, at: before.time });
        if (!isSame(before.data, { ...again, reasonCode })) throw new WorkTransferDecidedOtherwise(operationId);
        return;
      }
      const transfer = transferFrom(asked, subject);
      if (transfer.fromOfficialId !== null && transfer.to === null && transfer.assignments.length === 0) {
        throw new FieldInvalid('to', 'or assignments must be sent: an official’s work goes to nobody by itself');
      }
      await this.journal.add(manager, 'organisation', 'work-transfer-decided', {
        actor: subject.actor,
        operationId,
        reasonCode,
        ...transfer,
      });
    });
  }

  /** @throws WorkTransferUndecided */
  async apply(caller: Caller, operationId: string, page: TransferPage): Promise<Transferred> {
    const { manager } = this.dataSource;
    const decided = await decisionOn(manager, operationId);
    if (!decided) throw new WorkTransferUndecided(operationId);
    const subject = await this.access.subjectOf(manager, caller);
    const { dossiers, next } = await this.openWork(manager, subject, 'transfer-work', decided.data, page);
    let moved = 0;
    const left: { dossierId: string; reason: string }[] = [];
    for (const { dossierId } of dossiers) {
      const reason = await this.handOn(caller, dossierId, decided);
      if (reason === null) moved += 1;
      else left.push({ dossierId, reason });
    }
    return { checked: dossiers.length, moved, left, next };
  }

  /** Why a dossier stays where it is; null when it was handed on. */
  private async handOn(caller: Caller, dossierId: string, decided: Decided): Promise<string | null> {
    try {
      return await this.dataSource.transaction((manager) => this.reassign(manager, caller, dossierId, decided));
    } catch (error) {
      // Ended meanwhile, or a calendar that does not reach so far: the others are handed on all the same.
      if (error instanceof CommandNotAllowed || error instanceof CalendarNotValid) return error.message;
      if (error instanceof DossierNotFound || error instanceof ActionForbidden)
        return 'it is not in your reach any more';
      throw error;
    }
  }

  private async reassign(
    manager: EntityManager,
    caller: Caller,
    dossierId: string,
    { data, time }: Decided,
  ): Promise<string | null> {
    const stored = await this.store.lock(manager, dossierId);
    const subject = await this.access.subjectOf(manager, caller);
    this.access.require(subject, 'transfer-work', stored);
    const reason = reasonToStay(stored.state, data, time, subject);
    if (reason !== null) return reason;
    const occurredAt = occurredAtOf({ occurredAt: null }, subject, this.clock.now(), stored.state);
    const to = takerOf(subject.organisation, data, stored.state, occurredAt);
    if (to === null) return 'nobody was named for it, or nobody acts in the office that took over';
    if (isConcerned(stored.concerned, to, becomesAt(subject.organisation, occurredAt))) {
      return 'it cannot go to whom it would go; name somebody else';
    }
    if (!canTakeWork(subject.organisation, to, occurredAt))
      return `${to.officialId} can take nothing in ${to.postId} any more`;
    const recordedAt = this.clock.realNow().toISOString();
    const { dossier } = await this.rungs.record(manager, stored, occurredAt, { recordedBy: 'command', recordedAt });
    const act = {
      ...(await this.catalogue.timekeepingOf(manager, dossier.state)),
      actor: subject.actor,
      occurredAt,
    };
    const { operationId, reasonCode } = data;
    const facts = decide(dossier.state, { name: 'reassign', to, reasonCode, operationId }, act);
    await this.store.add(manager, dossier, facts, { recordedAt, byPeople: true });
    return null;
  }

  /** Without complaints about whoever asks: somebody else must hand those on. */
  private async openWork(
    manager: EntityManager,
    subject: Subject,
    action: 'preview-work-transfer' | 'transfer-work',
    transfer: WorkTransfer,
    { after, limit }: TransferPage,
  ): Promise<{ readonly dossiers: readonly Dossier[]; readonly next: string | null }> {
    const rows = await manager.query<{ state: Dossier }[]>(
      `select state from desk.dossier
       where ended_at is null and dossier_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
         and case when $2::text is null then holder_office_id = any($3)
             else holder_official_id = $2 and ($4::text is null or holder_office_id = $4) end
         and ${inReach('$5')}
         and ${notAbout('$7', '$8')}
       order by dossier_id limit $6`,
      [
        after,
        transfer.fromOfficialId,
        endedOfficesOf(subject.organisation, transfer, subject.at),
        transfer.fromOfficeId,
        this.access.officesWithin(subject, action),
        limit,
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
    );
    return {
      dossiers: rows.map(({ state }) => state),
      next: rows.length === limit ? (rows.at(-1)?.state.dossierId ?? null) : null,
    };
  }
}

/** What a request asks for, checked against the organisation. @throws FieldInvalid */
function transferFrom(asked: AskedTransfer, { organisation, at }: Pick<Subject, 'organisation' | 'at'>): WorkTransfer {
  const { fromOfficialId, fromOfficeId, to, assignments } = asked;
  requireOfficial(organisation, fromOfficialId, 'fromOfficialId');
  const transfer: WorkTransfer = {
    fromOfficialId,
    fromOfficeId,
    to: to && postHolderOf(organisation, to, at, 'to'),
    assignments: assignments.map((one, index) => ({
      dossierId: one.dossierId.toLowerCase(),
      to: postHolderOf(organisation, one.to, at, `assignments.${index}.to`),
    })),
  };
  if (fromOfficialId === null && fromOfficeId !== null && endedOfficesOf(organisation, transfer, at).length === 0) {
    throw new FieldInvalid('fromOfficeId', 'must be an office that has ended, unless an official is named');
  }
  return transfer;
}

/** Handed on or taken over meanwhile: then nothing is left to do. */
function reasonToStay(dossier: Dossier, transfer: WorkTransfer, decidedAt: string, subject: Subject): string | null {
  const { officialId, officeId, from } = holderOf(dossier);
  const isFrom =
    transfer.fromOfficialId === null
      ? endedOfficesOf(subject.organisation, transfer, subject.at).includes(officeId)
      : officialId === transfer.fromOfficialId && officeId === (transfer.fromOfficeId ?? officeId);
  if (!isFrom) return 'it was handed on meanwhile';
  return from > decidedAt ? 'it came to its holder after the decision' : null;
}

function transferable(
  organisation: Organisation,
  transfer: WorkTransfer,
  dossier: Dossier,
  at: string,
): TransferableDossier {
  const { dossierId, code, officeId, procedureCode, status, due } = dossier;
  const from = holderAlone(holderOf(dossier));
  const to = takerOf(organisation, transfer, dossier, at);
  return { dossierId, code, officeId, procedureCode, status, due, from, to };
}

function holderAlone({ officialId, postId, officeId }: PostHolder): PostHolder {
  return { officialId, postId, officeId };
}

async function decisionOn(manager: EntityManager, operationId: string): Promise<Decided | null> {
  const [row] = await manager.query<Decided[]>(
    `select body::jsonb->'data' as data, body::jsonb->>'time' as time from desk.journal
     where stream = 'organisation' and type = 'work-transfer-decided' and body::jsonb->'data'->>'operationId' = $1`,
    [operationId],
  );
  return row ?? null;
}

function isSame(before: WorkTransferDecided, asked: WorkTransfer & { readonly reasonCode: string }): boolean {
  const said = ({ reasonCode, fromOfficialId, fromOfficeId, to, assignments }: typeof asked) =>
    canonicalJson([reasonCode, fromOfficialId, fromOfficeId, to, assignments]);
  return said(before) === said(asked);
}
