import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PostHolder } from '#contracts';
import {
  ActionForbidden,
  calendarIdOf,
  decideReceive,
  decideSubmit,
  DossierError,
  FieldInvalid,
  holderOfPost,
  requireChannelOffered,
  scopeOf,
  type Act,
  type Action,
  type Fact,
  type Office,
  type Predecessor,
  type Timekeeping,
} from '#domain';
import { Clock } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { AnswerBook, type Answer } from '../command/answer-book';
import { occurredAtOf } from '../command/dossier-commands';
import { DossierStore } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import type { CommandRequest } from '../command/request';
import { etagOf, viewOf } from '../lookup/dossier-view';
import { receiptOf } from '../lookup/due-dates';
import { postHolderOf } from '../organisation/organisation-directory';
import { CodeNumbers } from './code-numbers';
import type { ApplicantDto, ReceiveDto, SubmitDto } from './intake.dto';

/** Thrown when a successor is asked for a dossier that has not ended. */
export class DossierNotEnded extends DossierError {
  readonly code = 'DOSSIER_NOT_ENDED';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} has not ended; only an ended one has a successor.`);
  }
}

/** What an intake is decided upon, inside its transaction. */
interface Counter {
  readonly manager: EntityManager;
  readonly subject: Subject;
  readonly office: Office;
  readonly act: Act;
}

/**
 * Begins dossiers, in one transaction each: dossier, schedule, responsibility, entry and answer. The receipt is given only
 * after COMMIT, whatever Kafka and Temporal do.
 */
@Injectable()
export class Intake {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly answers: AnswerBook,
    private readonly store: DossierStore,
    private readonly catalogue: Catalogue,
    private readonly codes: CodeNumbers,
    private readonly personalData: PersonalData,
  ) {}

  /** Received at the desk: submitted and accepted in one. @throws DossierError; then nothing has happened */
  async receive(request: CommandRequest, body: ReceiveDto): Promise<Answer> {
    return this.begin('receive', request, body, async ({ manager, subject, office, act }) => {
      const { actor, organisation } = subject;
      const holder = body.responsible
        ? postHolderOf(organisation, body.responsible, act.occurredAt, 'responsible')
        : actor;
      const given = givenInstants(body, act, subject);
      const predecessor = body.successorOf ? await this.predecessor(manager, subject, body.successorOf) : null;
      const code = await this.codes.draw(office.codePrefix, act.calendar.timeZone);
      const { channel } = body;
      return decideReceive(
        { dossierId: uuidv7(), code, officeId: office.id, channel, holder, given, predecessor },
        act,
      );
    });
  }

  /** Submitted online: the acceptance clock runs, and the reception post answers for it. */
  async submit(request: CommandRequest, body: SubmitDto): Promise<Answer> {
    return this.begin('submit', request, body, ({ subject, office, act }) => {
      const holder = receptionOf(subject, office, act.occurredAt);
      return decideSubmit({ dossierId: uuidv7(), officeId: office.id, channel: body.channel, holder }, act);
    });
  }

  private async begin(
    action: Action,
    request: CommandRequest,
    body: SubmitDto,
    decide: (counter: Counter) => Fact | Promise<Fact>,
  ): Promise<Answer> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const [repeated, subject] = await Promise.all([
          this.answers.find(manager, request),
          this.access.subjectOf(manager, request.caller),
        ]);
        if (repeated) return repeated;
        this.access.scope(subject, action);
        const office = officeOf(subject, action);
        const calendarId = calendarIdOf(subject.organisation, office.id);
        const occurredAt = occurredAtOf({ occurredAt: body.occurredAt ?? null }, subject, this.clock.now(), null);
        const { procedureCode } = body;
        const timekeeping = await this.catalogue.timekeepingInForce(manager, procedureCode, calendarId, occurredAt);
        requireChannelOffered(timekeeping.procedure, body.channel); // Before a code is drawn.
        const act: Act = { ...timekeeping, actor: subject.actor, occurredAt };
        const fact = await decide({ manager, subject, office, act });
        return this.write(manager, request, body, fact, timekeeping);
      });
    } catch (error) {
      // Two repeats at once: the later one waited for the earlier one's key and now reads its answer.
      const answered = isKeyTaken(error) ? await this.answers.find(this.dataSource.manager, request) : null;
      if (answered) return answered;
      throw error;
    }
  }

  private async write(
    manager: EntityManager,
    request: CommandRequest,
    { applicant, remark, language = 'vi' }: SubmitDto,
    fact: Fact,
    timekeeping: Timekeeping,
  ): Promise<Answer> {
    const { dossier } = await this.store.begin(manager, fact, this.clock.realNow().toISOString());
    const personal = { applicant: applicant ? applicantOf(applicant) : null, remark: remark ?? null };
    const answer = {
      status: 201,
      etag: etagOf(dossier.version),
      location: `/dossiers/${fact.subject}`,
      body: JSON.stringify({ ...viewOf(dossier.state), receipt: receiptOf(dossier.state, timekeeping, language) }),
    };
    await Promise.all([
      this.personalData.begin(manager, fact.subject, fact.sequence, personal),
      this.answers.keep(manager, request, answer),
    ]);
    return answer;
  }

  /** The first receipt's clock of a wrongly ended dossier, with every stop until its end. */
  private async predecessor(manager: EntityManager, subject: Subject, dossierId: string): Promise<Predecessor> {
    const { state } = await this.store.find(manager, dossierId);
    this.access.require(subject, 'receive', state);
    const { clockStartedAt, endedAt, suspensions } = state;
    if (endedAt === null || clockStartedAt === null) throw new DossierNotEnded(dossierId);
    const clockStops = suspensions.map(({ from, until }) => ({ from, until: until ?? endedAt }));
    return { dossierId, clockStartedAt, clockStops };
  }
}

function officeOf({ actor, organisation }: Subject, action: Action): Office {
  const office = organisation.offices.find(({ id }) => id === actor.officeId);
  if (!office) throw new ActionForbidden(action);
  return office;
}

function givenInstants(body: ReceiveDto, { procedure }: Act, subject: Subject) {
  const isGiven = procedure.serviceLevel.kind === 'given';
  if (!isGiven && body.given)
    throw new FieldInvalid('given', `must not be sent: ${procedure.code} computes its instants`);
  if (!isGiven) return null;
  if (scopeOf('take-over', subject.rights) === null) throw new ActionForbidden('take-over');
  if (!body.given) throw new FieldInvalid('given', `must be sent: the instants of ${procedure.code} are taken over`);
  return { appointmentAt: body.given.appointmentAt, legalDueAt: body.given.legalDueAt };
}

function receptionOf({ organisation }: Subject, office: Office, at: string): PostHolder {
  const holder = office.receptionPostId && holderOfPost(organisation, office.receptionPostId, at);
  if (!holder || holder.officialId === null) {
    throw new FieldInvalid('procedureCode', `cannot be submitted to ${office.id}: nobody receives online there now`);
  }
  return { ...holder, officialId: holder.officialId };
}

function applicantOf({ name, phone, email, identityNumber, address }: ApplicantDto) {
  return {
    name,
    phone: phone ?? null,
    email: email ?? null,
    identityNumber: identityNumber ?? null,
    address: address ?? null,
  };
}

function isKeyTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'answer_pkey';
}
