import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  ActionForbidden,
  becomesAt,
  canTakeWork,
  DossierNotFound,
  endedOfficesOf,
  FieldInvalid,
  holderOf,
  isConcerned,
  takerOf,
  takesTwo,
  type Command,
  type Dossier,
  type TransferableDossier,
  type WorkTransfer,
} from '#domain';
import type { Caller } from '#platform';
import { DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import type { StoredDossier } from '../command/dossier-store';
import {
  DossierStays,
  Operations,
  type Applied,
  type Decided,
  type Operation,
  type Page,
  type Scene,
  type Which,
} from '../operation/operations';
import { postHolderOf, requireOfficial, type NamedHolder } from '../organisation/organisation-directory';

/** Whose work is to go to whom, as people name them. */
export interface AskedTransfer {
  readonly fromOfficialId: string | null;
  readonly fromOfficeId: string | null;
  readonly to: NamedHolder | null;
  readonly assignments: readonly { readonly dossierId: string; readonly to: NamedHolder }[];
}

/** What a page of a transfer would do. */
export interface TransferPreview {
  readonly dossiers: readonly TransferableDossier[];
  /** To go on after; null when it was the last page. */
  readonly next: string | null;
}

/** Why a dossier stays with whoever holds it, in words. Codes may be added. */
const staying = {
  'takes-two': 'it is late, and to reassign it takes two persons',
  'no-taker': 'nobody was named for it, or nobody acts in the office that took over',
  'not-to-them': 'it cannot go to whom it would go; name somebody else',
  'taker-gone': 'whoever would take it holds that post no more',
  'handed-on': 'it was handed on meanwhile',
  'came-later': 'it came to its holder after the decision',
  'out-of-reach': 'it is not in your reach any more',
} as const;

/** Thrown inside a transfer for a dossier that stays. */
class WorkStays extends DossierStays {
  constructor(readonly because: keyof typeof staying) {
    super(staying[because]);
  }
}

/** A dossier that stays with whoever holds it. */
export interface Staying {
  readonly dossierId: string;
  readonly code: string | null;
  /** Why, as a code: `refused` where the command itself was, as `reason` says. */
  readonly because: keyof typeof staying | 'refused';
  /** The same in English words. */
  readonly reason: string;
}

/** What a page of a transfer did. */
export type Transferred = Omit<Applied, 'left'> & {
  /** What stays, and why. */
  readonly left: readonly Staying[];
};

type TransferDecided = Decided<'work-transfer-decided'>;

/** Hands on open work: of an official who leaves, and of offices that have ended, to their successors. No due instant moves. */
@Injectable()
export class WorkTransfers {
  private readonly transfer: Operation<'work-transfer-decided'> = {
    name: 'WORK_TRANSFER',
    event: 'work-transfer-decided',
    stream: 'organisation',
    decides: ['reasonCode', 'fromOfficialId', 'fromOfficeId', 'to', 'assignments'],
    which: (transfer, subject) => this.openWork(subject, 'transfer-work', transfer),
    commandOn: (dossier, decided, scene) => this.reassign(dossier, decided, scene),
  };

  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly operations: Operations,
  ) {}

  /** Reads only; nothing is locked. @throws FieldInvalid */
  async preview(caller: Caller, asked: AskedTransfer, page: Page): Promise<TransferPreview> {
    const subject = await this.access.subjectOf(this.dataSource.manager, caller);
    const transfer = transferFrom(asked, subject);
    const work = this.openWork(subject, 'preview-work-transfer', transfer);
    const { dossiers, next } = await this.operations.openDossiers(work, page);
    const timekeepings = await this.catalogue.timekeepingsOf(this.dataSource.manager, dossiers);
    return {
      dossiers: timekeepings.flatMap(({ presentCalendar: { timeZone } }, index) => {
        const dossier = dossiers[index];
        return dossier ? [transferable(subject, transfer, dossier, timeZone)] : [];
      }),
      next,
    };
  }

  /** Journals the decision, once. @throws FieldInvalid, OperationDecidedOtherwise */
  async decide(caller: Caller, operationId: string, reasonCode: string, asked: AskedTransfer): Promise<void> {
    await this.operations.decide(caller, this.transfer, operationId, (subject) => {
      const transfer = transferFrom(asked, subject);
      if (transfer.fromOfficialId !== null && transfer.to === null && transfer.assignments.length === 0) {
        throw new FieldInvalid('to', 'or assignments must be sent: an official’s work goes to nobody by itself');
      }
      return { actor: subject.actor, operationId, reasonCode, ...transfer };
    });
  }

  /** @throws OperationUndecided */
  async apply(caller: Caller, operationId: string, page: Page): Promise<Transferred> {
    const { left, ...applied } = await this.operations.apply(caller, this.transfer, operationId, page);
    return { ...applied, left: left.map(stayingOf) };
  }

  /** @throws DossierStays, and what {@link DeskAccess.require} does */
  private reassign(
    dossier: StoredDossier,
    { data: transfer, time }: TransferDecided,
    { subject, occurredAt }: Scene,
  ): Command {
    this.access.require(subject, 'transfer-work', dossier);
    requireHeldSince(dossier.state, transfer, time, subject);
    const { organisation } = subject;
    if (takesTwo('reassign', dossier.state, organisation, subject.at)) {
      throw new WorkStays('takes-two');
    }
    const to = takerOf(organisation, transfer, dossier.state, occurredAt);
    if (to === null) throw new WorkStays('no-taker');
    if (isConcerned(dossier.concerned, to, becomesAt(organisation, occurredAt))) {
      throw new WorkStays('not-to-them');
    }
    if (!canTakeWork(organisation, to, occurredAt)) {
      throw new WorkStays('taker-gone');
    }
    const { operationId, reasonCode } = transfer;
    return { name: 'reassign', to, reasonCode, operationId };
  }

  /** Without complaints about whoever asks: somebody else must hand those on. */
  private openWork(subject: Subject, action: 'preview-work-transfer' | 'transfer-work', transfer: WorkTransfer): Which {
    return {
      where: `case when $3::text is null then holder_office_id = any($4)
             else holder_official_id = $3 and ($5::text is null or holder_office_id = $5) end
         and ${inReach('$6')}
         and ${notAbout('$7', '$8')}`,
      parameters: [
        transfer.fromOfficialId,
        endedOfficesOf(subject.organisation, transfer, subject.at),
        transfer.fromOfficeId,
        this.access.officesWithin(subject, action),
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
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

/** @throws DossierStays where it was handed on or taken over meanwhile: then nothing is left to do */
function requireHeldSince(dossier: Dossier, transfer: WorkTransfer, decidedAt: string, subject: Subject): void {
  const { officialId, officeId, from } = holderOf(dossier);
  const isFrom =
    transfer.fromOfficialId === null
      ? endedOfficesOf(subject.organisation, transfer, subject.at).includes(officeId)
      : officialId === transfer.fromOfficialId && officeId === (transfer.fromOfficeId ?? officeId);
  if (!isFrom) throw new WorkStays('handed-on');
  if (from > decidedAt) throw new WorkStays('came-later');
}

function stayingOf({ dossierId, code, because: error }: Applied['left'][number]): Staying {
  const isOutOfReach = error instanceof DossierNotFound || error instanceof ActionForbidden;
  const stays = isOutOfReach ? new WorkStays('out-of-reach') : error;
  const because = stays instanceof WorkStays ? stays.because : 'refused';
  return { dossierId, code, because, reason: stays.message };
}

function transferable(
  { organisation, at }: Pick<Subject, 'organisation' | 'at'>,
  transfer: WorkTransfer,
  dossier: Dossier,
  timeZone: string,
): TransferableDossier {
  const { dossierId, code, officeId, procedureCode, status, due } = dossier;
  const from = holderAlone(holderOf(dossier));
  const isForTwo = takesTwo('reassign', dossier, organisation, at);
  const to = isForTwo ? null : takerOf(organisation, transfer, dossier, at);
  return { dossierId, code, officeId, procedureCode, status, due, timeZone, from, to, takesTwo: isForTwo };
}

function holderAlone({ officialId, postId, officeId }: PostHolder): PostHolder {
  return { officialId, postId, officeId };
}
