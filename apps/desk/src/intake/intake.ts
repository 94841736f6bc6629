import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Link, PostHolder } from '#contracts';
import {
  actingIn,
  after,
  ActionForbidden,
  addresseeOf,
  answersTo,
  begun,
  calendarIdOf,
  concernedBy,
  decideReceive,
  decideSubmit,
  DossierError,
  FieldInvalid,
  holderOf,
  holderOfPost,
  isConcerned,
  linksAtIntake,
  papersChecked,
  requireChannelOffered,
  requireNotConcerned,
  RoutedToConcerned,
  scopeOf,
  type Act,
  type Action,
  type Concerned,
  type Dossier,
  type EFormAnswer,
  type Fact,
  type Office,
  type Predecessor,
  type Timekeeping,
} from '#domain';
import { seeingEverything } from '#persistence';
import { Clock } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { AnswerBook, type Answer } from '../command/answer-book';
import { occurredAtOf } from '../command/dossier-commands';
import { addition, beginning, DossierStore } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import type { CommandRequest } from '../command/request';
import { ApplicantIndex, type LikelyDuplicate } from '../duplicates/applicant-index';
import { etagOf, viewOf, type DossierView } from '../lookup/dossier-view';
import type { NamedLinkDto } from '../linking/link.dto';
import { receiptOf, type Receipt } from '../lookup/due-dates';
import { planNotices } from '../notices/notice-plan';
import { openOffice, postHolderOf, requireOpenOffice } from '../organisation/organisation-directory';
import { CodeNumbers } from './code-numbers';
import { applicantOf, type ReceiveDto, type SubmitDto } from './intake.dto';

/** Thrown when a successor is asked for a dossier that has not ended. */
export class DossierNotEnded extends DossierError {
  readonly code = 'DOSSIER_NOT_ENDED';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} has not ended; only an ended one has a successor.`);
  }
}

/** A dossier that has just begun, with what its applicant is given and what the clerk should know. */
export interface ReceivedView extends DossierView {
  readonly receipt: Receipt;
  readonly likelyDuplicates: readonly LikelyDuplicate[];
}

/** What an intake is decided upon, inside its transaction. */
interface Counter {
  readonly manager: EntityManager;
  readonly subject: Subject;
  readonly office: Office;
  readonly act: Act;
  readonly concerned: Concerned | null;
}

/** What an intake was decided to be. */
interface Begun {
  readonly subject: Subject;
  readonly fact: Fact;
  readonly timekeeping: Timekeeping;
  readonly concerned: Concerned | null;
  readonly eForm: readonly EFormAnswer[] | null;
  /** The entries of the papers that were found and of the links that were named with it. */
  readonly besides: readonly Fact[];
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
    private readonly index: ApplicantIndex,
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
      const code = await this.codes.draw(office.codePrefix, act.calendar.timeZone, act.occurredAt);
      const begins = { dossierId: uuidv7(), code, channel: body.channel, holder, given, predecessor };
      return decideReceive({ ...begins, ...officesOf(body, office, subject) }, act);
    });
  }

  /** Submitted online: the acceptance clock runs, and the reception post answers for it. */
  async submit(request: CommandRequest, body: SubmitDto): Promise<Answer> {
    return this.begin('submit', request, body, submission(body));
  }

  /** Likewise, by an applicant without an account, whom the service that calls speaks for, to the office that is named. */
  async submitTo(officeId: string, request: CommandRequest, body: SubmitDto): Promise<Answer> {
    return this.begin('speak-with-secret', request, body, submission(body), officeId);
  }

  private async begin(
    action: Action,
    request: CommandRequest,
    body: SubmitDto & Pick<ReceiveDto, 'papers'>,
    decide: (counter: Counter) => Fact | Promise<Fact>,
    officeId: string | null = null,
  ): Promise<Answer> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const [repeated, subject, now] = await Promise.all([
          this.answers.find(manager, request),
          this.access.subjectOf(manager, request.caller),
          this.catalogue.now(manager),
        ]);
        if (repeated) return repeated;
        this.access.scope(subject, action);
        const occurredAt = occurredAtOf({ occurredAt: body.occurredAt ?? null }, subject, this.clock.now(), null);
        const office = openOffice(subject.organisation, officeId ?? subject.actor.officeId, subject.at);
        const calendarId = calendarIdOf(subject.organisation, office.id, subject.at);
        const { procedureCode } = body;
        const timekeeping = await this.catalogue.newestTimekeeping(manager, procedureCode, calendarId, occurredAt, now);
        requireChannelOffered(timekeeping.procedure, body.channel); // Before a code is drawn.
        const act: Act = { ...timekeeping, actor: subject.actor, occurredAt };
        const eForm = body.eForm ? answersTo(timekeeping.procedure.description?.eForm ?? null, body.eForm) : null;
        const concerned = concernedBy(body.about ?? null, timekeeping.procedure, subject.organisation);
        requireNotAboutCaller(concerned, subject);
        const fact = await decide({ manager, subject, office, act, concerned });
        requireNotConcerned(concerned, holderOf(begun(fact)));
        const checked = papersChecked(begun(fact), body.papers ?? [], act);
        const links = await this.links(manager, subject, body.links ?? []);
        const linked = linksAtIntake(checked.reduce<Dossier>(after, begun(fact)), links, act);
        const besides = [...checked, ...linked];
        return this.write(manager, request, body, { subject, fact, timekeeping, concerned, eForm, besides });
      });
    } catch (error) {
      const answered = await this.answers.givenMeanwhile(this.dataSource.manager, request, error);
      if (answered) return answered;
      throw error;
    }
  }

  private async write(
    manager: EntityManager,
    request: CommandRequest,
    { applicant, remark, occurredAt, language = 'vi', links = [] }: SubmitDto,
    { subject, fact, timekeeping, concerned, eForm, besides }: Begun,
  ): Promise<Answer> {
    const recordedAt = this.clock.realNow().toISOString();
    const personal = { applicant: applicant ? applicantOf(applicant, language) : null, remark: remark ?? null, eForm };
    // Who complains of somebody is not looked for, and not found by others.
    const known = concerned === null ? personal.applicant : null;
    const { code: procedureCode } = timekeeping.procedure;
    const likelyDuplicates = known ? await this.index.find(manager, subject, procedureCode, known) : [];
    const begins = beginning(fact, recordedAt, concerned);
    const recording = { recordedAt, byPeople: true, ofPast: occurredAt !== undefined };
    if (links.length > 0) this.access.require(subject, 'link', begins.dossier);
    const added = besides.length > 0 ? addition(begins.dossier, besides, recording) : null;
    const { state, version } = (added ?? begins).dossier;
    const receipt = receiptOf(state, timekeeping, language);
    const view: ReceivedView = { ...viewOf(state), receipt, likelyDuplicates };
    const answer = {
      status: 201,
      etag: etagOf(version),
      location: `/dossiers/${fact.subject}`,
      body: JSON.stringify(view),
    };
    const writing = async () => {
      await Promise.all([
        this.store.write(manager, begins),
        this.personalData.begin(manager, fact.subject, fact.sequence, personal),
        known && this.index.add(manager, fact.subject, procedureCode, known),
        this.answers.keep(manager, request, answer),
        applicant && occurredAt === undefined && planNotices(manager, [fact]), // Behind the applicant, whom it looks for.
      ]);
      if (added) await this.store.write(manager, added); // Behind the row that it moves on.
    };
    await seeingEverything(writing);
    return answer;
  }

  /** Links as they may be noted: both dossiers in the caller's sight. @throws ActionForbidden, DossierNotFound */
  private async links(
    manager: EntityManager,
    subject: Subject,
    named: readonly NamedLinkDto[],
  ): Promise<readonly Link[]> {
    if (named.length > 0) this.access.requireOffice(subject, 'link', subject.actor.officeId);
    const links: Link[] = [];
    for (const { kind, otherDossierId } of named) {
      const other = await this.store.find(manager, otherDossierId.toLowerCase());
      this.access.require(subject, 'read-dossier', other);
      links.push({ kind, otherDossierId: other.state.dossierId });
    }
    return links;
  }

  /** The first receipt's clock of a wrongly ended dossier, with every stop until its end. */
  private async predecessor(manager: EntityManager, subject: Subject, dossierId: string): Promise<Predecessor> {
    const predecessor = await this.store.find(manager, dossierId);
    this.access.require(subject, 'receive', predecessor);
    const { clockStartedAt, endedAt, suspensions } = predecessor.state;
    const reason = 'other-body' as const; // It waited for nobody here: whatever was waited for there, the limit counts on.
    if (endedAt === null || clockStartedAt === null) throw new DossierNotEnded(dossierId);
    const clockStops = suspensions.map(({ from, until }) => ({ reason, from, until: until ?? endedAt }));
    return { dossierId, clockStartedAt, clockStops };
  }
}

function submission(body: SubmitDto): (counter: Counter) => Fact {
  return ({ subject, office, act, concerned }) => {
    const holder = receptionOf(subject, office, act.occurredAt, concerned);
    const begins = { dossierId: uuidv7(), channel: body.channel, holder };
    return decideSubmit({ ...begins, ...officesOf(body, office, subject) }, act);
  };
}

/** The offices a dossier begins with: all of them exist now. */
function officesOf(body: SubmitDto, { id: officeId }: Office, { organisation, at }: Subject) {
  const { helpedByOfficeId = null, decidingOfficeId = officeId } = body;
  requireOpenOffice(organisation, helpedByOfficeId, 'helpedByOfficeId', at);
  requireOpenOffice(organisation, decidingOfficeId, 'decidingOfficeId', at);
  return { officeId, helpedByOfficeId, decidingOfficeId };
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

/** Nobody takes in what is about themselves; of an office, whoever takes it in must name somebody else who answers for it. */
function requireNotAboutCaller(concerned: Concerned | null, { actor }: Subject): void {
  if (concerned?.officialId === actor.officialId) throw new RoutedToConcerned();
}

/** The reception post; where it is about them, the next head above whom it is not about. */
function receptionOf({ organisation }: Subject, office: Office, at: string, concerned: Concerned | null): PostHolder {
  const postId = office.receptionPostId;
  // Who is away for a day is no reason to turn an applicant away: then the post answers as it is held.
  const holder =
    postId === null ? null : (actingIn(organisation, postId, at) ?? holderOfPost(organisation, postId, at));
  if (!holder || holder.officialId === null) {
    throw new FieldInvalid('procedureCode', `cannot be submitted to ${office.id}: nobody receives online there now`);
  }
  const reception = { ...holder, officialId: holder.officialId };
  if (!isConcerned(concerned, reception)) return reception;
  const head = addresseeOf(organisation, 'head-of-office', reception, at, concerned);
  return { ...head, officialId: head.officialId ?? reception.officialId };
}
