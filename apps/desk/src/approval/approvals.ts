import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { parseDossierEvent, type PostHolder } from '#contracts';
import {
  AlreadyProposed,
  ApprovalClosed,
  ApprovalNotFound,
  FieldInvalid,
  fourEyesCommands,
  OneIsEnough,
  OwnProposal,
  personsOf,
  scopeOf,
  takesTwo,
  type FourEyesCommand,
} from '#domain';
import type { Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { AnswerBook, type Answer } from '../command/answer-book';
import { DossierCommands, requireVersion, type Opened } from '../command/dossier-commands';
import { DossierStore, type StoredDossier } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import { uuidPattern, type CommandRequest } from '../command/request';
import { Journal } from '../journal/journal';
import { isInstant } from '../lookup/lookup';
import {
  approvalViewOf,
  divided,
  NobodyToApprove,
  ProposalOutdated,
  stateOf,
  type ApprovalRow,
  type ApprovalView,
  type Decision,
  type Standing,
} from './approval';
import type { ProposeDto, WaitingDto } from './approvals.dto';
import { ended, requireProposer } from './decision';
import { Proposable } from './proposable';

/** What was proposed of a dossier, newest first, and who could approve what the caller proposes. */
export interface ApprovalsOfDossier {
  readonly approvals: readonly ApprovalView[];
  /** For each command that takes two here and now. */
  readonly takesTwo: readonly { readonly command: FourEyesCommand; readonly approvers: readonly PostHolder[] }[];
}

/** One page of what waits, oldest first. */
export interface WaitingPage {
  readonly approvals: readonly ApprovalView[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** More than any dossier has. */
const MOST_OF_A_DOSSIER = 200;
const MOST_CHANGES = 20;

/** Commands that take two persons: proposed by one, and decided by another who has the right. */
@Injectable()
export class Approvals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly answers: AnswerBook,
    private readonly commands: DossierCommands,
    private readonly store: DossierStore,
    private readonly personalData: PersonalData,
    private readonly journal: Journal,
    private readonly proposable: Proposable,
  ) {}

  /**
   * Proposes a command. It is tried as if the first who may approve it gave it now, so that what would be refused is refused at
   * once. @throws OneIsEnough, NobodyToApprove, AlreadyProposed, and what the command itself would throw
   */
  async propose(dossierId: string, request: CommandRequest, { command, body }: ProposeDto): Promise<Answer> {
    const order = await this.proposable.order(command, body);
    return this.commands.inTransaction(async (manager) => {
      const opened = await this.commands.open(manager, dossierId, request);
      if (opened.repeated) return opened.repeated;
      const { stored, subject } = opened;
      this.access.require(subject, 'propose', stored);
      if (!takesTwo(command, stored.state, subject.organisation, subject.at)) throw new OneIsEnough(command);
      requireVersion(stored, request.ifMatch);
      const authors = this.access.authorsOf(subject, 'propose', stored);
      const [approver] = this.access.approversOf(subject, command, stored, authors);
      if (!approver) throw new NobodyToApprove(command);
      const rehearsed = await this.commands.rehearse(manager, { ...opened, subject: approver }, order);
      const row = await this.add(manager, rehearsed, { command, body, subject, authors });
      const view = approvalViewOf(row, standingOf(rehearsed));
      const answer = {
        status: 201,
        etag: null,
        location: `/dossiers/${dossierId}/approvals`,
        body: JSON.stringify(view),
      };
      await this.answers.keep(manager, request, answer);
      return answer;
    });
  }

  /** Gives the command in the approver's name. @throws OwnProposal, ProposalOutdated, ApprovalClosed, and what the command throws */
  async approve(approvalId: string, request: CommandRequest): Promise<Answer> {
    return this.deciding(approvalId, request, async (manager, opened, row) => {
      const { stored, subject } = opened;
      const { command, proposed_by: proposedBy, dossier_id: dossierId } = row;
      this.requireSecond(opened, row);
      await this.requirePresent(manager, row, stored);
      const sealed = await this.opened(manager, dossierId, row);
      const order = await this.proposable.order(command, { ...row.said, ...sealed });
      const proposal = { of: 'approval', id: approvalId, row } as const;
      await ended(manager, proposal, subject, { decision: 'approved', reasonCode: null });
      return this.commands.carryOut(manager, opened, request, { ...order, proposedBy });
    });
  }

  /** @throws OwnProposal, ApprovalClosed */
  async decline(approvalId: string, request: CommandRequest, reasonCode: string): Promise<Answer> {
    return this.deciding(approvalId, request, async (manager, opened, row) => {
      this.requireSecond(opened, row);
      return this.closed(manager, opened, request, row, { decision: 'declined', reasonCode });
    });
  }

  /** @throws NotTheProposer, ApprovalClosed */
  async withdraw(approvalId: string, request: CommandRequest): Promise<Answer> {
    return this.deciding(approvalId, request, async (manager, opened, row) => {
      requireProposer(row, opened.subject);
      return this.closed(manager, opened, request, row, { decision: 'withdrawn', reasonCode: null });
    });
  }

  /** What was proposed of one dossier. Where free text is among it, the look is logged. */
  async ofDossier(caller: Caller, dossierId: string): Promise<ApprovalsOfDossier> {
    return this.dataSource.transaction(async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      const stored = await this.store.find(manager, dossierId);
      this.access.require(subject, 'read-approvals', stored);
      const rows = await manager.query<ApprovalRow[]>(
        `select * from desk.approval where dossier_id = $1 order by proposed_at desc, approval_id desc limit $2`,
        [dossierId, MOST_OF_A_DOSSIER],
      );
      const mayRead = this.access.seesApplicant(subject, stored);
      if (mayRead && rows.some(({ sealed }) => sealed !== null)) {
        await logLook(manager, subject, 'read-approvals', dossierId);
      }
      const approvals: ApprovalView[] = [];
      for (const row of rows) {
        const sealed = mayRead ? await this.opened(manager, dossierId, row) : {};
        const isOpen = stateOf(row, standingOf(stored)) === 'open';
        const mayDecide = isOpen && this.mayDecide(subject, stored, row);
        approvals.push(approvalViewOf(row, standingOf(stored), { sealed, mayDecide }));
      }
      return { approvals, takesTwo: this.takingTwo(subject, stored) };
    });
  }

  /** The proposals that the caller may decide, oldest first: open, in reach of their right to the command, and of somebody else. */
  async waiting(
    caller: Caller,
    { limit, cursor }: { readonly [Name in keyof WaitingDto]: WaitingDto[Name] },
  ): Promise<WaitingPage> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const [from, afterId] = placeOf(cursor);
    const { where, parameters } = this.decidable(subject, 6);
    const rows = await manager.query<Waiting[]>(
      `select approval.*, code, procedure_code as "procedureCode", state->'due'->>'appointmentAt' as "appointmentAt"
       from desk.approval approval join desk.dossier dossier using (dossier_id)
       where decision is null and dossier.ended_at is null and dossier.version = approval.version
         and ($1::timestamptz is null or (proposed_at, approval_id) > ($1, $2::uuid))
         and ${notAbout('$3', '$4')} and ${where}
       order by proposed_at, approval_id limit $5`,
      [from, afterId, subject.actor.officialId, this.access.officesActedIn(subject), limit + 1, ...parameters],
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      approvals: shown.map((row) => viewOfWaiting(row)),
      next: rows.length > limit && last ? cursorOf(last) : null,
    };
  }

  /** The condition for what a subject may decide, position by position, each without what it would decide in its authors' place. */
  private decidable(
    subject: Subject,
    first: number,
  ): { readonly where: string; readonly parameters: readonly unknown[] } {
    const parameters: unknown[] = [];
    const parameter = (value: unknown): `$${number}` => `$${first - 1 + parameters.push(value)}`;
    const cases = subject.positions.flatMap((position) =>
      fourEyesCommands
        .filter((command) => scopeOf(command, position.rights) !== null)
        .map((command) => {
          const own = { ...subject, rights: position.rights, positions: [position] };
          const reach = inReach(parameter(this.access.officesWithin(own, command)));
          const persons = parameter(personsOf(subject.actor.officialId, position));
          return `(command = ${parameter(command)} and ${reach} and not authors && ${persons}::text[])`;
        }),
    );
    return { where: `(${['false', ...cases].join(' or ')})`, parameters };
  }

  /** The right to the command itself, and as another person than its authors. */
  private mayDecide(subject: Subject, stored: StoredDossier, { command, authors }: ApprovalRow): boolean {
    if (scopeOf('approve', subject.rights) === null) return false;
    return this.access.reaches(this.access.apartFrom(authors, subject), command, stored);
  }

  /** @throws DossierNotFound, ActionForbidden, OwnProposal */
  private requireSecond({ subject, stored }: Opened, row: ApprovalRow): void {
    this.access.require(subject, row.command, stored);
    if (!this.mayDecide(subject, stored, row)) throw new OwnProposal();
  }

  private takingTwo(subject: Subject, stored: StoredDossier): ApprovalsOfDossier['takesTwo'] {
    const authors = this.access.authorsOf(subject, 'propose', stored);
    return fourEyesCommands
      .filter((command) => takesTwo(command, stored.state, subject.organisation, subject.at))
      .map((command) => {
        const approvers = this.access.approversOf(subject, command, stored, authors);
        return { command, approvers: approvers.map(({ actor }) => actor) };
      });
  }

  /** Runs a decision under the locks of the dossier and of the proposal, once for each request. */
  private async deciding(
    approvalId: string,
    request: CommandRequest,
    decide: (manager: EntityManager, opened: Opened, row: ApprovalRow) => Promise<Answer>,
  ): Promise<Answer> {
    return this.commands.inTransaction(async (manager) => {
      const [found] = await manager.query<{ dossier_id: string }[]>(
        'select dossier_id from desk.approval where approval_id = $1',
        [approvalId],
      );
      const notFound = () => new ApprovalNotFound(approvalId);
      if (!found) throw notFound();
      const opened = await this.commands.open(manager, found.dossier_id, request, notFound);
      if (opened.repeated) return opened.repeated;
      if (!this.access.reaches(opened.subject, 'read-approvals', opened.stored)) throw notFound();
      // Under the dossier's lock, which every decision takes first.
      const [row] = await manager.query<ApprovalRow[]>('select * from desk.approval where approval_id = $1', [
        approvalId,
      ]);
      if (!row) throw new ApprovalNotFound(approvalId);
      const state = stateOf(row, standingOf(opened.stored));
      if (state !== 'open' && state !== 'outdated') throw new ApprovalClosed(state);
      return decide(manager, opened, row);
    });
  }

  private async closed(
    manager: EntityManager,
    { stored, subject }: Opened,
    request: CommandRequest,
    row: ApprovalRow,
    decided: Decision,
  ): Promise<Answer> {
    const after = await ended(manager, { of: 'approval', id: row.approval_id, row }, subject, decided);
    const body = JSON.stringify(approvalViewOf(after, standingOf(stored)));
    const answer = { status: 200, etag: null, location: null, body };
    await this.answers.keep(manager, request, answer);
    return answer;
  }

  private async requirePresent(manager: EntityManager, row: ApprovalRow, { version }: StoredDossier): Promise<void> {
    if (row.version === version) return;
    const since = await this.journal.after(manager, row.dossier_id, row.sequence, MOST_CHANGES);
    throw new ProposalOutdated(since.map(({ body }) => parseDossierEvent(body).type));
  }

  private async add(
    manager: EntityManager,
    { state: { dossierId, lastSequence }, version }: StoredDossier,
    { command, body, subject: { actor, at }, authors }: Proposed,
  ): Promise<ApprovalRow> {
    const [waiting] = await manager.query<{ approval_id: string }[]>(
      `select approval_id from desk.approval
       where dossier_id = $1 and command = $2 and version = $3 and decision is null`,
      [dossierId, command, version],
    );
    if (waiting) throw new AlreadyProposed(waiting.approval_id);
    const approvalId = uuidv7();
    const { said, toSeal } = divided(body);
    const sealed =
      toSeal && (await this.personalData.sealed(manager, dossierId, sealPlaceOf(approvalId), JSON.stringify(toSeal)));
    const [row] = await manager.query<ApprovalRow[]>(
      `insert into desk.approval
         (approval_id, dossier_id, command, said, sealed, version, sequence, proposed_by, authors, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning *`,
      [
        approvalId,
        dossierId,
        command,
        JSON.stringify(said),
        sealed,
        version,
        lastSequence,
        JSON.stringify(actor),
        authors,
        at,
      ],
    );
    if (!row) throw new RangeError('A proposal was not written.');
    return row;
  }

  /** What was sealed of a proposal; nothing where there was nothing, or where the dossier's key was destroyed. */
  private async opened(
    manager: EntityManager,
    dossierId: string,
    { approval_id: approvalId, sealed }: ApprovalRow,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (sealed === null) return {};
    const opened = await this.personalData.opener(manager, dossierId);
    return opened === null ? {} : (JSON.parse(opened(sealPlaceOf(approvalId), sealed)) as Record<string, unknown>);
  }
}

interface Proposed extends Pick<ProposeDto, 'command' | 'body'> {
  readonly subject: Subject;
  readonly authors: readonly string[];
}

interface Waiting extends ApprovalRow, Pick<Standing, 'code' | 'procedureCode' | 'appointmentAt'> {}

/** As found by {@link Approvals.waiting}: open, and the reader's to decide. */
function viewOfWaiting(row: Waiting): ApprovalView {
  return approvalViewOf(row, { ...row, endedAt: null }, { mayDecide: true });
}

function standingOf({ state, version }: StoredDossier): Standing {
  const { code, procedureCode, endedAt, due } = state;
  return { code, procedureCode, appointmentAt: due.appointmentAt, version, endedAt };
}

function cursorOf({ proposed_at: at, approval_id: id }: ApprovalRow): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url');
}

/** Instant and id behind which a page begins; nulls for the first. @throws FieldInvalid */
function placeOf(cursor: string | undefined): readonly [at: string | null, approvalId: string | null] {
  if (cursor === undefined) return [null, null];
  const [, at = '', id = ''] =
    /^\["([^"]+)","([^"]+)"\]$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (!isInstant(at) || !uuidPattern.test(id)) {
    throw new FieldInvalid('cursor', 'must be the "next" of the page before');
  }
  return [at, id];
}

/** What was sealed for one proposal opens in no other. */
function sealPlaceOf(approvalId: string): string {
  return `desk.approval/${approvalId}`;
}
