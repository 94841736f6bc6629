import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  ActionForbidden,
  becomesAt,
  after,
  calendarIdOf,
  decide,
  DossierNotFound,
  FieldInvalid,
  FourEyes,
  holderOf,
  requireExplained,
  requireMandateToDecide,
  requireNotConcerned,
  scopeOf,
  transitions,
  takesTwo,
  type Act,
  type Action,
  type Command,
  type Dossier,
  type EFormAnswer,
  type Fact,
  type ProcedureVersion,
  type Timekeeping,
} from '#domain';
import { seeingEverything } from '#persistence';
import { Clock } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue, type PresentVersions } from '../catalogue/catalogue';
import { ApplicantIndex } from '../duplicates/applicant-index';
import { EForms, type AnsweredEForm } from '../e-form/e-forms';
import { RungRecorder } from '../escalation/rung-recorder';
import { etagOf, viewOf } from '../lookup/dossier-view';
import { AnswerBook, type Answer } from './answer-book';
import { addition, DossierStore, type Change, type StoredDossier } from './dossier-store';
import { PersonalData, type Applicant, type Personal } from './personal-data';
import { reasons } from './reasons';
import { PreconditionMissing, VersionStale, type CommandRequest } from './request';

/** What a command is decided upon, inside its transaction. */
export interface Scene {
  readonly subject: Subject;
  readonly dossier: Dossier;
  readonly occurredAt: string;
  readonly timekeeping: Timekeeping;
  /** The applicant as known before the command. */
  readonly applicant: () => Promise<Applicant | null>;
  /** The e-form as answered before the command; null where none was, and for who may not read it. */
  readonly eForm: () => Promise<AnsweredEForm | null>;
  /** Answers sealed for the entry that a command will be recorded as. @throws PersonalDataErased, and what refuses the command */
  readonly sealedFor: (command: Command, answers: readonly EFormAnswer[]) => Promise<Buffer>;
  /** The version of another procedure that the dossier's office would have taken at an instant. @throws ProcedureNotInForce */
  readonly procedureInForce: (procedureCode: string, at: string) => Promise<ProcedureVersion>;
}

/** A command as its feature hands it over. */
export interface Order {
  readonly action: Action;
  /** Said by the caller; null means now. In the past only with the right `record-past`. */
  readonly occurredAt: string | null;
  /** Makes the command, and what must not go into the journal, from the dossier as it stands under the lock. */
  readonly make: (scene: Scene) => Made | Promise<Made>;
  /** It was decided upon no version: what it adds stands beside whatever others do. */
  readonly ofAnyVersion?: boolean;
  /** Writes, in the same transaction, what stands beside the entry. */
  readonly alongside?: (manager: EntityManager, scene: Scene) => Promise<void>;
  /** Where what it made is found. */
  readonly location?: string;
  /** Whose proposal is carried out by who approves it; absent where one decides alone. */
  readonly proposedBy?: PostHolder;
}

/** A dossier under its lock, and who wants something done to it. */
export interface Opened {
  readonly stored: StoredDossier;
  /** The answer that this request was given before; null for a new one. */
  readonly repeated: Answer | null;
  readonly subject: Subject;
  readonly now: PresentVersions;
}

/** What an order comes to, before it is written. */
interface Decided extends Pick<Made, 'personal'> {
  /** With the rungs that fell due before. */
  readonly before: StoredDossier;
  readonly scene: Scene;
  readonly change: Change;
  /** Of the entry that the command itself is recorded as. */
  readonly sequence: number;
}

export interface Made {
  readonly command: Command;
  readonly personal?: Personal | undefined;
}

/**
 * Runs the commands on a dossier that has begun: one transaction each, under the dossier's row lock.
 *
 * Rungs that fell due before the command's own time are recorded first, so that no event is journalled ahead of a rung and
 * lag of Kafka or Temporal changes no figure. A repeat with the same key gets the same answer.
 */
@Injectable()
export class DossierCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly answers: AnswerBook,
    private readonly store: DossierStore,
    private readonly catalogue: Catalogue,
    private readonly rungs: RungRecorder,
    private readonly personalData: PersonalData,
    private readonly index: ApplicantIndex,
    private readonly eForms: EForms,
  ) {}

  /** @throws DossierError; then nothing has happened. */
  async execute(dossierId: string, request: CommandRequest, order: Order): Promise<Answer> {
    return this.inTransaction(async (manager) => {
      const opened = await this.open(manager, dossierId, request);
      // Before the rights of now: whoever was answered once is answered again, also after handing the dossier on.
      if (opened.repeated) return opened.repeated;
      const { stored, subject } = opened;
      this.access.require(subject, order.action, stored);
      this.requireOneEnough(order, opened);
      if (!order.ofAnyVersion) requireVersion(stored, request.ifMatch);
      return this.carryOut(manager, opened, request, order);
    });
  }

  /**
   * A transaction for commands on one dossier. What is written is decided here, under its lock, by its rights; it may leave the
   * sight of whoever does it, and a repeat is answered after it did.
   */
  inTransaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return seeingEverything(() => this.dataSource.transaction(work));
  }

  /** Locks a dossier for whatever is to be done to it. @throws DossierNotFound where for the caller it does not exist, or what is said */
  async open(
    manager: EntityManager,
    dossierId: string,
    request: CommandRequest,
    notFound: () => Error = () => new DossierNotFound(dossierId),
  ): Promise<Opened> {
    // Asked in this order, the lock first: what another command committed meanwhile is seen.
    const [stored, repeated, subject, now] = await Promise.all([
      this.store.lock(manager, dossierId),
      this.answers.find(manager, request),
      this.access.subjectOf(manager, request.caller),
      this.catalogue.now(manager),
    ]);
    // Behind the lock, which waits for what is changing it; a repeat is answered, wherever the dossier went since.
    if (!repeated && !(await this.access.isInSight(manager, request.caller, subject, dossierId))) throw notFound();
    return { stored, repeated, subject, now };
  }

  /** Does what was found to be allowed, and keeps the answer. @throws DossierError */
  async carryOut(manager: EntityManager, opened: Opened, request: CommandRequest, order: Order): Promise<Answer> {
    const { scene, change, sequence, personal } = await this.decided(manager, opened, order);
    const { state, version } = change.dossier;
    const location = order.location ?? null;
    const answer = { status: 200, etag: etagOf(version), location, body: JSON.stringify(viewOf(state)) };
    await Promise.all([this.store.write(manager, change), this.answers.keep(manager, request, answer)]);
    await order.alongside?.(manager, scene);
    await this.personalData.add(manager, state.dossierId, sequence, personal ?? {});
    if (personal?.applicant && opened.stored.concerned === null) {
      await this.index.replace(manager, state.dossierId, state.procedureCode, personal.applicant);
    }
    return answer;
  }

  /**
   * Finds out whether an order would be refused, and writes nothing of it; rungs that have fallen due are recorded all the same.
   * Answers the dossier that it would be carried out on. @throws DossierError
   */
  async rehearse(manager: EntityManager, opened: Opened, order: Order): Promise<StoredDossier> {
    return (await this.decided(manager, opened, order)).before;
  }

  /**
   * Of records of the past it is not asked how many decided. Whoever hands over what another holds reassigns it.
   *
   * @throws FourEyes
   */
  private requireOneEnough({ action, occurredAt }: Order, { stored: { state }, subject }: Opened): void {
    const isTaken = action === 'hand-over' && holderOf(state).officialId !== subject.actor.officialId;
    const decided = isTaken ? 'reassign' : action;
    if (occurredAt === null && takesTwo(decided, state, subject.organisation, subject.at)) throw new FourEyes(decided);
  }

  private async decided(manager: EntityManager, { stored, subject, now }: Opened, order: Order): Promise<Decided> {
    const occurredAt = occurredAtOf(order, subject, this.clock.now(), stored.state);
    const recordedAt = this.clock.realNow().toISOString();
    const ofPast = order.occurredAt !== null;
    const recording = { recordedBy: 'command', recordedAt, ofPast } as const;
    const { dossier } = await this.rungs.record(manager, stored, occurredAt, recording);
    const timekeeping = await this.timekeepingFor(manager, order.action, dossier.state, { subject, occurredAt, now });
    const { actor, organisation } = subject;
    const { proposedBy = null } = order;
    const act = { ...timekeeping, actor, proposedBy, occurredAt };
    const scene = { ...this.known(manager, subject, dossier, act), subject, occurredAt, timekeeping };
    const { command, personal } = await order.make(scene);
    // Of what is recorded of the past it is not asked: who decided it is history.
    if (!ofPast) requireMandateToDecide(command.name, dossier.state, { organisation, actor, at: occurredAt });
    const facts = decide(dossier.state, command, act);
    requireExplained(facts, reasons, personal?.remark ?? null);
    const then = holderOf(facts.reduce(after, dossier.state));
    requireNotConcerned(dossier.concerned, then, becomesAt(organisation, occurredAt));
    const change = addition(dossier, facts, { recordedAt, byPeople: true, ofPast });
    return { before: dossier, scene, change, sequence: sequenceOf(command, facts), personal };
  }

  /** What a command can ask about its dossier. */
  private known(
    manager: EntityManager,
    subject: Subject,
    dossier: StoredDossier,
    act: Act,
  ): Omit<Scene, 'subject' | 'occurredAt' | 'timekeeping'> {
    const { state } = dossier;
    const { dossierId } = state;
    return {
      dossier: state,
      applicant: () => this.personalData.applicantOf(manager, dossierId),
      eForm: async () => (this.access.seesApplicant(subject, dossier) ? this.eForms.of(manager, dossierId) : null),
      sealedFor: (command, answers) => {
        const sequence = sequenceOf(command, decide(state, command, act));
        return this.personalData.sealedEForm(manager, dossierId, sequence, answers);
      },
      procedureInForce: this.procedureInForce(manager, state, subject),
    };
  }

  private procedureInForce(
    manager: EntityManager,
    { officeId }: Dossier,
    { organisation, at: now }: Subject,
  ): Scene['procedureInForce'] {
    const calendarId = calendarIdOf(organisation, officeId, now);
    return async (procedureCode, at) =>
      (await this.catalogue.newestTimekeeping(manager, procedureCode, calendarId, at)).procedure;
  }

  /** A dossier keeps the versions it is accepted with, whatever held when it was submitted. */
  private timekeepingFor(
    manager: EntityManager,
    action: Action,
    dossier: Dossier,
    {
      subject: { organisation, at },
      occurredAt,
      now,
    }: Pick<Scene, 'subject' | 'occurredAt'> & { now: PresentVersions },
  ): Promise<Timekeeping> {
    if (action !== 'accept') return this.catalogue.timekeepingInForce(manager, dossier, now);
    const calendarId = calendarIdOf(organisation, dossier.officeId, at);
    return this.catalogue.newestTimekeeping(manager, dossier.procedureCode, calendarId, occurredAt, now);
  }
}

/**
 * When a command happened: now, but never before what the stream already holds; or in the past, as said, by those who take
 * over records. @throws ActionForbidden
 */
export function occurredAtOf(
  { occurredAt }: Pick<Order, 'occurredAt'>,
  subject: Subject,
  now: string,
  dossier: Dossier | null,
): string {
  if (occurredAt === null) return [now, ...(dossier ? timesOf(dossier) : [])].sort().at(-1) ?? now;
  if (scopeOf('record-past', subject.rights) === null) throw new ActionForbidden('record-past');
  if (occurredAt > now) throw new FieldInvalid('occurredAt', 'must not lie in the future');
  return occurredAt;
}

function timesOf(dossier: Dossier): readonly string[] {
  const presumed = dossier.opinions.flatMap(({ answer }) => (answer?.presumed ? [answer.at] : []));
  return [dossier.lastActAt, ...dossier.escalations.map(({ dueAt }) => dueAt), ...presumed];
}

/** Of the entry that the command itself is recorded as. */
function sequenceOf({ name }: Command, facts: readonly Fact[]): number {
  const own = facts.findLast(({ type }) => type === transitions[name].event);
  if (!own) throw new RangeError(`"${name}" was not recorded as ${transitions[name].event}.`);
  return own.sequence;
}

/** @throws PreconditionMissing, VersionStale */
export function requireVersion({ version }: StoredDossier, ifMatch: string | null): void {
  if (ifMatch === null) throw new PreconditionMissing();
  if (ifMatch !== etagOf(version)) throw new VersionStale(etagOf(version));
}
