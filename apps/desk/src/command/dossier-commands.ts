import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  ActionForbidden,
  becomesAt,
  after,
  calendarIdOf,
  decide,
  FieldInvalid,
  holderOf,
  requireExplained,
  requireMandateToDecide,
  requireNotConcerned,
  scopeOf,
  transitions,
  type Action,
  type Command,
  type Dossier,
  type Fact,
  type ProcedureVersion,
  type Timekeeping,
} from '#domain';
import { Clock } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue, type PresentVersions } from '../catalogue/catalogue';
import { ApplicantIndex } from '../duplicates/applicant-index';
import { RungRecorder } from '../escalation/rung-recorder';
import { etagOf, viewOf } from '../lookup/dossier-view';
import { AnswerBook, type Answer } from './answer-book';
import { addition, DossierStore, type StoredDossier } from './dossier-store';
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
}

export interface Made {
  readonly command: Command;
  readonly personal?: Personal;
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
  ) {}

  /** @throws DossierError; then nothing has happened. */
  async execute(dossierId: string, request: CommandRequest, order: Order): Promise<Answer> {
    return this.dataSource.transaction(async (manager) => {
      // Asked in this order, the lock first: what another command committed meanwhile is seen.
      const [stored, repeated, subject, now] = await Promise.all([
        this.store.lock(manager, dossierId),
        this.answers.find(manager, request),
        this.access.subjectOf(manager, request.caller),
        this.catalogue.now(manager),
      ]);
      // Before the rights of now: whoever was answered once is answered again, also after handing the dossier on.
      if (repeated) return repeated;
      this.access.require(subject, order.action, stored);
      if (!order.ofAnyVersion) requireVersion(stored, request.ifMatch);

      const occurredAt = occurredAtOf(order, subject, this.clock.now(), stored.state);
      const recordedAt = this.clock.realNow().toISOString();
      const ofPast = order.occurredAt !== null;
      const recording = { recordedBy: 'command', recordedAt, ofPast } as const;
      const { dossier } = await this.rungs.record(manager, stored, occurredAt, recording);
      const timekeeping = await this.timekeepingFor(manager, order.action, dossier.state, { subject, occurredAt, now });
      const applicant = () => this.personalData.applicantOf(manager, dossierId);
      const procedureInForce = this.procedureInForce(manager, dossier.state, subject);
      const scene = { subject, dossier: dossier.state, occurredAt, timekeeping, applicant, procedureInForce };
      const { command, personal } = await order.make(scene);
      // Of what is recorded of the past it is not asked: who decided it is history.
      if (!ofPast) {
        const { actor, organisation } = subject;
        requireMandateToDecide(command.name, dossier.state, { organisation, actor, at: occurredAt });
      }
      const facts = decide(dossier.state, command, { ...timekeeping, actor: subject.actor, occurredAt });
      requireExplained(facts, reasons, personal?.remark ?? null);
      const then = holderOf(facts.reduce(after, dossier.state));
      requireNotConcerned(dossier.concerned, then, becomesAt(subject.organisation, occurredAt));
      const change = addition(dossier, facts, { recordedAt, byPeople: true, ofPast });
      const { state, version } = change.dossier;
      const answer = {
        status: 200,
        etag: etagOf(version),
        location: order.location ?? null,
        body: JSON.stringify(viewOf(state)),
      };
      await Promise.all([this.store.write(manager, change), this.answers.keep(manager, request, answer)]);
      await order.alongside?.(manager, scene);
      await this.personalData.add(manager, dossierId, sequenceOf(command, facts), personal ?? {});
      if (personal?.applicant && stored.concerned === null) {
        await this.index.replace(manager, dossierId, state.procedureCode, personal.applicant);
      }
      return answer;
    });
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

function requireVersion({ version }: StoredDossier, ifMatch: string | null): void {
  if (ifMatch === null) throw new PreconditionMissing();
  if (ifMatch !== etagOf(version)) throw new VersionStale(etagOf(version));
}
