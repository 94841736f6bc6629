import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  AlreadyProposed,
  ApprovalClosed,
  ApprovalNotFound,
  OneIsEnough,
  OwnProposal,
  scopeOf,
  type DocumentAct,
} from '#domain';
import { sha256Hex, type Caller } from '#platform';
import { DeskAccess, streamOf, type LoadedBy, type Subject } from '../access/desk-access';
import type { Decision } from '../approval/approval';
import { ended, requireProposer } from '../approval/decision';
import { CatalogueLoader } from '../catalogue/catalogue-loader';
import { AnswerBook, type Answer } from '../command/answer-book';
import type { CommandRequest } from '../command/request';
import { OrganisationJournal } from '../journal/organisation-journal';
import { etagOf } from '../lookup/dossier-view';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import { OrganisationLoader } from '../organisation/organisation-loader';
import {
  NothingToLoad,
  proposalViewOf,
  type DocumentProposalPage,
  type ProposalRow,
  type ProposedDocument,
} from './document-proposal';

/** What is decided upon, inside its transaction and under the lock of what is loaded. */
interface Scene {
  readonly manager: EntityManager;
  readonly subject: Subject;
  /** The version of the organisation that holds. */
  readonly latest: number;
}

/** Documents that take two persons: proposed by one, loaded as they were proposed when another who has the right approves. */
@Injectable()
export class DocumentProposals {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly answers: AnswerBook,
    private readonly journal: OrganisationJournal,
    private readonly directory: OrganisationDirectory,
    private readonly organisation: OrganisationLoader,
    private readonly catalogue: CatalogueLoader,
  ) {}

  /**
   * Proposes a document. It is loaded on trial, so that what would be refused is refused at once.
   *
   * @throws OneIsEnough, NothingToLoad, AlreadyProposed, OrganisationStale, and what the load itself would throw
   */
  async propose(act: DocumentAct, request: CommandRequest, document: object): Promise<Answer> {
    return this.once(act, request, 201, async ({ manager, subject, latest }) => {
      if (!this.access.takesTwoToLoad(subject, act)) throw new OneIsEnough(act);
      const { caller, ifMatch } = request;
      await this.tryOut(manager, act, document, { caller, proposedBy: subject.actor, ifMatch });
      const version = act === 'load-organisation' ? latest : null;
      return this.add(manager, { act, document: JSON.stringify(document), version, subject });
    });
  }

  /** Loads the document in the approver's name. @throws OwnProposal, ApprovalClosed, OrganisationStale, and what the load throws */
  async approve(act: DocumentAct, proposalId: string, request: CommandRequest): Promise<Answer> {
    const approved = { decision: 'approved', reasonCode: null } as const;
    return this.deciding(act, proposalId, request, approved, async ({ manager, subject }, row) => {
      this.requireSecond(subject, row);
      const { version, proposed_by: proposedBy } = row;
      const by = { caller: request.caller, proposedBy, ifMatch: version === null ? null : etagOf(version) };
      await this.load(manager, act, JSON.parse(row.document) as object, by);
    });
  }

  /** @throws OwnProposal, ApprovalClosed */
  async decline(act: DocumentAct, proposalId: string, request: CommandRequest, reasonCode: string): Promise<Answer> {
    const declined = { decision: 'declined', reasonCode } as const;
    return this.deciding(act, proposalId, request, declined, ({ subject }, row) => this.requireSecond(subject, row));
  }

  /** @throws NotTheProposer, ApprovalClosed */
  async withdraw(act: DocumentAct, proposalId: string, request: CommandRequest): Promise<Answer> {
    const withdrawn = { decision: 'withdrawn', reasonCode: null } as const;
    return this.deciding(act, proposalId, request, withdrawn, ({ subject }, row) => requireProposer(row, subject));
  }

  /** All that were made, newest first. */
  async page(
    act: DocumentAct,
    caller: Caller,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<DocumentProposalPage> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const latest = await this.directory.latestVersion(manager);
    const rows = await manager.query<ProposalRow[]>(
      `select * from desk.document_proposal where act = $1 and ($2::uuid is null or proposal_id < $2)
       order by proposal_id desc limit $3`,
      [act, cursor ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    return {
      proposals: shown.map((row) => proposalViewOf(row, latest, this.isAnother(subject, row))),
      next: rows.length > limit ? (shown.at(-1)?.proposal_id ?? null) : null,
    };
  }

  /** One, with what would be loaded. @throws ApprovalNotFound */
  async read(act: DocumentAct, caller: Caller, proposalId: string): Promise<ProposedDocument> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const latest = await this.directory.latestVersion(manager);
    const row = await this.find(manager, act, proposalId);
    const document = JSON.parse(row.document) as ProposedDocument['document'];
    const edited = row.version === null ? null : await this.directory.ofVersion(manager, row.version);
    return { ...proposalViewOf(row, latest, this.isAnother(subject, row)), document, edited };
  }

  /** Does something under the lock of what is loaded, once for each request, and answers the proposal as it is then. */
  private async once(
    act: DocumentAct,
    request: CommandRequest,
    status: number,
    decide: (scene: Scene) => Promise<ProposalRow>,
  ): Promise<Answer> {
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, streamOf[act]);
      const repeated = await this.answers.find(manager, request);
      if (repeated) return repeated;
      const subject = await this.access.subjectOf(manager, request.caller);
      const latest = await this.directory.latestVersion(manager);
      const row = await decide({ manager, subject, latest });
      const body = JSON.stringify(proposalViewOf(row, latest, this.isAnother(subject, row)));
      const answer = { status, etag: null, location: `/${streamOf[act]}/proposals/${row.proposal_id}`, body };
      await this.answers.keep(manager, request, answer);
      return answer;
    });
  }

  /** Ends a proposal that waits, once what the decision needs is there and done. @throws ApprovalNotFound, ApprovalClosed */
  private async deciding(
    act: DocumentAct,
    proposalId: string,
    request: CommandRequest,
    decision: Decision,
    carryOut: (scene: Scene, row: ProposalRow) => Promise<void> | void,
  ): Promise<Answer> {
    return this.once(act, request, 200, async (scene) => {
      const row = await this.find(scene.manager, act, proposalId);
      if (row.decision !== null) throw new ApprovalClosed(row.decision);
      await carryOut(scene, row);
      return ended(scene.manager, { of: 'document', id: proposalId, row }, scene.subject, decision);
    });
  }

  /** Whether anything is new. */
  private async load(manager: EntityManager, act: DocumentAct, document: object, by: LoadedBy): Promise<boolean> {
    if (act === 'load-organisation') return (await this.organisation.load(manager, document, by)).changed;
    return (await this.catalogue.load(manager, document, by)).added > 0;
  }

  private async tryOut(manager: EntityManager, act: DocumentAct, document: object, by: LoadedBy): Promise<void> {
    await manager.query('savepoint tried_out');
    const isNew = await this.load(manager, act, document, by);
    await manager.query('rollback to savepoint tried_out');
    if (!isNew) throw new NothingToLoad();
  }

  private async add(
    manager: EntityManager,
    { act, document, version, subject }: Pick<ProposalRow, 'act' | 'document' | 'version'> & { subject: Subject },
  ): Promise<ProposalRow> {
    const sha256 = sha256Hex(document);
    const [waiting] = await manager.query<{ proposal_id: string }[]>(
      `select proposal_id from desk.document_proposal
       where act = $1 and sha256 = $2 and version is not distinct from $3 and decision is null`,
      [act, sha256, version],
    );
    if (waiting) throw new AlreadyProposed(waiting.proposal_id);
    const [row] = await manager.query<ProposalRow[]>(
      `insert into desk.document_proposal (proposal_id, act, document, sha256, version, proposed_by, authors, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
      [
        uuidv7(),
        act,
        document,
        sha256,
        version,
        JSON.stringify(subject.actor),
        this.access.authorsOfAct(subject, act),
        subject.at,
      ],
    );
    if (!row) throw new RangeError('A proposal was not written.');
    return row;
  }

  private async find(manager: EntityManager, act: DocumentAct, proposalId: string): Promise<ProposalRow> {
    const [row] = await manager.query<ProposalRow[]>(
      'select * from desk.document_proposal where proposal_id = $1 and act = $2',
      [proposalId, act],
    );
    if (!row) throw new ApprovalNotFound(proposalId);
    return row;
  }

  /** The right to the act, and as another person than its authors. */
  private isAnother(subject: Subject, { act, authors }: ProposalRow): boolean {
    return scopeOf(act, this.access.apartFrom(authors, subject).rights) !== null;
  }

  /** @throws OwnProposal */
  private requireSecond(subject: Subject, row: ProposalRow): void {
    if (!this.isAnother(subject, row)) throw new OwnProposal();
  }
}
