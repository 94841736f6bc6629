import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  AlreadyProposed,
  ApprovalClosed,
  ApprovalNotFound,
  areTwo,
  NotTheProposer,
  OneIsEnough,
  OwnProposal,
} from '#domain';
import type { PersonCaller } from '#platform';
import { instantSql } from '../instant-sql';
import { AccountActs, type AccountManagers, type AccountActDone, type GivingAct } from './account-acts';

/** A proposed act as it is listed. Officials by their ids; instants are real time, ISO 8601 UTC. */
export interface AccountProposalView {
  readonly proposalId: string;
  readonly act: GivingAct['act'];
  /** Whose account it is about; null where the act names an identity alone. */
  readonly officialId: string | null;
  /** Of an account to be opened. */
  readonly username: string | null;
  /** Of somebody whom another provider signs in; null for an account. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly proposedBy: string;
  readonly proposedAt: string;
  /** `outdated`: something else was done to the same account or identity since, by `decidedBy`. */
  readonly state: 'open' | Decision;
  /** Null while it is open. */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  /** Why it was declined. */
  readonly reasonCode: string | null;
  /** Whether whoever reads it may approve or decline it now. */
  readonly mayDecide: boolean;
}

/** A page of them, newest first. */
export interface AccountProposalPage {
  readonly proposals: readonly AccountProposalView[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

type Decision = 'approved' | 'declined' | 'withdrawn' | 'outdated';

interface Row {
  readonly proposalId: string;
  readonly act: GivingAct;
  readonly proposedBy: string;
  readonly authors: readonly string[];
  readonly proposedAt: string;
  readonly decision: Decision | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reasonCode: string | null;
}

const columns = `proposal_id as "proposalId", act, proposed_by as "proposedBy", authors, ${instantSql('proposed_at')} as "proposedAt",
  decision, decided_by as "decidedBy", ${instantSql('decided_at')} as "decidedAt", reason_code as "reasonCode"`;

/** Acts on accounts that take two persons: proposed by one, done as they were proposed when another who has the right approves. */
@Injectable()
export class AccountProposals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly acts: AccountActs,
  ) {}

  /** Is done on trial, so that what would be refused is refused at once. @throws OneIsEnough, AlreadyProposed, and what the act throws */
  async propose(caller: PersonCaller, act: GivingAct): Promise<AccountProposalView> {
    await this.acts.requireOfficialOf(act);
    const managers = await this.acts.managers(caller);
    return this.acts.inTurn(async (manager) => {
      if (!(await this.acts.takesTwo(manager, managers))) throw new OneIsEnough('manage-accounts');
      await this.refuseRepeated(manager, act);
      await manager.query('savepoint tried_out');
      await this.acts.perform(manager, act, { by: caller.officialId, proposedBy: null });
      await manager.query('rollback to savepoint tried_out');
      const [row] = await manager.query<Row[]>(
        `insert into gateway.account_proposal (proposal_id, act, proposed_by, authors) values ($1, $2, $3, $4) returning ${columns}`,
        [uuidv7(), JSON.stringify(act), caller.officialId, managers.authors],
      );
      if (!row) throw new RangeError('A proposal was not written.');
      return viewOf(row, managers);
    });
  }

  /**
   * Does the act in the approver's name, to whom its link is told.
   *
   * @throws OwnProposal, ApprovalClosed also where something else was done to the same since, and what the act throws
   */
  async approve(caller: PersonCaller, proposalId: string): Promise<AccountActDone> {
    const { act } = await this.find(this.dataSource.manager, proposalId);
    await this.acts.requireOfficialOf(act);
    const managers = await this.acts.managers(caller);
    const performed = await this.acts.inTurn(async (manager) => {
      const row = await this.undecided(manager, proposalId);
      if (!isAnother(row, managers)) throw new OwnProposal();
      await this.close(manager, proposalId, { decision: 'approved', by: caller.officialId, reasonCode: null });
      return this.acts.perform(manager, act, { by: caller.officialId, proposedBy: row.proposedBy });
    });
    return this.acts.finished(act, performed);
  }

  /** @throws OwnProposal, ApprovalClosed */
  async decline(caller: PersonCaller, proposalId: string, reasonCode: string): Promise<AccountProposalView> {
    const managers = await this.acts.managers(caller);
    return this.acts.inTurn(async (manager) => {
      if (!isAnother(await this.undecided(manager, proposalId), managers)) throw new OwnProposal();
      const row = await this.close(manager, proposalId, { decision: 'declined', by: caller.officialId, reasonCode });
      return viewOf(row, managers);
    });
  }

  /** @throws NotTheProposer, ApprovalClosed */
  async withdraw(caller: PersonCaller, proposalId: string): Promise<AccountProposalView> {
    const managers = await this.acts.managers(caller);
    return this.acts.inTurn(async (manager) => {
      const { proposedBy } = await this.undecided(manager, proposalId);
      if (proposedBy !== caller.officialId) throw new NotTheProposer();
      const row = await this.close(manager, proposalId, { decision: 'withdrawn', by: proposedBy, reasonCode: null });
      return viewOf(row, managers);
    });
  }

  /** All that were made, or those that wait, newest first. */
  async page(
    caller: PersonCaller,
    { state, cursor, limit }: { readonly state?: 'open'; readonly cursor?: string; readonly limit: number },
  ): Promise<AccountProposalPage> {
    const managers = await this.acts.managers(caller);
    const rows = await this.dataSource.query<Row[]>(
      `select ${columns} from gateway.account_proposal
       where ($1::uuid is null or proposal_id < $1) and (decision is null or not $2)
       order by proposal_id desc limit $3`,
      [cursor ?? null, state === 'open', limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      proposals: shown.map((row) => viewOf(row, managers)),
      next: rows.length > limit ? (shown.at(-1)?.proposalId ?? null) : null,
    };
  }

  private async refuseRepeated(manager: EntityManager, act: GivingAct): Promise<void> {
    const [waiting] = await manager.query<Pick<Row, 'proposalId'>[]>(
      'select proposal_id as "proposalId" from gateway.account_proposal where act = $1::jsonb and decision is null',
      [JSON.stringify(act)],
    );
    if (waiting) throw new AlreadyProposed(waiting.proposalId);
  }

  /** @throws ApprovalNotFound, ApprovalClosed */
  private async undecided(manager: EntityManager, proposalId: string): Promise<Row> {
    const row = await this.find(manager, proposalId);
    if (row.decision !== null) throw new ApprovalClosed(row.decision);
    return row;
  }

  private async find(manager: EntityManager, proposalId: string): Promise<Row> {
    const [row] = await manager.query<Row[]>(`select ${columns} from gateway.account_proposal where proposal_id = $1`, [
      proposalId,
    ]);
    if (!row) throw new ApprovalNotFound(proposalId);
    return row;
  }

  private async close(
    manager: EntityManager,
    proposalId: string,
    { decision, by, reasonCode }: { decision: Decision; by: string; reasonCode: string | null },
  ): Promise<Row> {
    await manager.query(
      `update gateway.account_proposal set decision = $2, decided_by = $3, decided_at = clock_timestamp(), reason_code = $4
       where proposal_id = $1 and decision is null`,
      [proposalId, decision, by, reasonCode],
    );
    return this.find(manager, proposalId);
  }
}

/** By a position in which none of the authors is on both sides. */
function isAnother({ authors }: Row, { positions }: AccountManagers): boolean {
  return positions.some((persons) => areTwo(authors, persons));
}

function viewOf(row: Row, managers: AccountManagers): AccountProposalView {
  const { proposalId, act, proposedBy, proposedAt, decision, decidedBy, decidedAt, reasonCode } = row;
  return {
    proposalId,
    act: act.act,
    officialId: 'officialId' in act ? act.officialId : null,
    username: 'username' in act ? act.username : null,
    issuer: 'issuer' in act ? act.issuer : null,
    subject: 'subject' in act ? act.subject : null,
    proposedBy,
    proposedAt,
    state: decision ?? 'open',
    decidedBy,
    decidedAt,
    reasonCode,
    mayDecide: decision === null && isAnother(row, managers),
  };
}
