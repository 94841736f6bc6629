import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { WorkCalendar } from '#calendar';
import type { DueInstants } from '#contracts';
import {
  begun,
  calendarIdOf,
  concernedBy,
  decideTakeOver,
  DossierError,
  FieldInvalid,
  type Fact,
  type Office,
  type Organisation,
  type Status,
  type TakeOver,
  type VersionOfReceiptBasis,
} from '#domain';
import { seeingEverything } from '#persistence';
import { Clock, isDuplicateIn, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { AnswerBook, type Answer } from '../command/answer-book';
import { DossierStore } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import type { CommandRequest } from '../command/request';
import { ApplicantIndex } from '../duplicates/applicant-index';
import { CodeNumbers } from '../intake/code-numbers';
import { applicantOf } from '../intake/intake.dto';
import { etagOf, viewOf } from '../lookup/dossier-view';
import { postHolderOf } from '../organisation/organisation-directory';
import { dueSaid, timeSaid } from './said-times';
import type { TakeOverDto } from './taking-over.dto';

/** Thrown when a dossier of that system and number is here already, and was taken over by another command. */
export class AlreadyTakenOver extends DossierError {
  readonly code = 'ALREADY_TAKEN_OVER';
  readonly kind = 'conflict';

  constructor(
    readonly system: string,
    readonly number: string,
    readonly dossierId: string,
  ) {
    super(`Number ${number} of ${system} was taken over before, as dossier ${dossierId}, and not in these words.`);
  }
}

/** What a dossier would be, if it were taken over now. */
export interface TakeOverPreview {
  readonly status: Status;
  readonly due: DueInstants;
  readonly procedureVersion: number;
  readonly procedureVersionBasis: VersionOfReceiptBasis;
  /** `id/version` */
  readonly calendar: string;
}

/** Takes over dossiers that are open in another system, in one transaction each: nothing of one is ever half done. */
@Injectable()
export class TakingOver {
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

  /** @throws AlreadyTakenOver, DossierError; then nothing has happened */
  async takeOver(request: CommandRequest, body: TakeOverDto): Promise<Answer> {
    try {
      const transaction = async (manager: EntityManager) => {
        const repeated = await this.answers.find(manager, request);
        if (repeated) return repeated;
        const { office, timeZone, fact, basis } = await this.decided(manager, request.caller, body);
        // Only now: a line that is refused draws no code.
        const code = await this.codes.draw(office.codePrefix, timeZone, this.clock.now());
        return this.write(manager, request, body, fact(code), basis);
      };
      // What is brought along is written whomever it is about.
      return await seeingEverything(() => this.dataSource.transaction(transaction));
    } catch (error) {
      const answered = await this.answers.givenMeanwhile(this.dataSource.manager, request, error);
      if (answered) return answered;
      if (isDuplicateIn(error, 'external_number_pkey')) await requireNew(this.dataSource.manager, body);
      throw error;
    }
  }

  /** Refuses as {@link takeOver} would, and writes nothing. */
  async preview(caller: Caller, body: TakeOverDto): Promise<TakeOverPreview> {
    const { fact, basis } = await this.decided(this.dataSource.manager, caller, body);
    const { status, due, procedureVersion, calendar } = begun(fact(''));
    return { status, due, procedureVersion, procedureVersionBasis: basis, calendar };
  }

  /** Everything but the code. A channel that is not offered any more is no reason against what has come through it. */
  private async decided(manager: EntityManager, caller: Caller, body: TakeOverDto) {
    const subject = await this.access.subjectOf(manager, caller);
    this.access.scope(subject, 'take-over');
    const { actor, organisation, at } = subject;
    await requireNew(manager, body);
    const office = officeIn(organisation, body.officeId);
    const calendarId = calendarIdOf(organisation, office.id, at);
    const occurredAt = this.clock.now();
    const receivedAt = (calendar: WorkCalendar) => timeSaid(calendar, body.firstReceivedAt, 'firstReceivedAt');
    const { procedureCode } = body;
    const { timekeeping, basis } = await this.catalogue.timekeepingOfReceipt(
      manager,
      procedureCode,
      calendarId,
      receivedAt,
    );
    concernedBy(null, timekeeping.procedure, organisation); // No file says whom a complaint is about.
    const command: TakeOver = {
      ...commandOf(body, timekeeping.calendar),
      holder: postHolderOf(organisation, body.responsible, occurredAt, 'responsible'),
    };
    const fact = (code: string) => decideTakeOver({ ...command, code }, { ...timekeeping, actor, occurredAt });
    fact(''); // Whatever refuses it does so before a code is drawn.
    return { office, timeZone: timekeeping.calendar.timeZone, fact, basis };
  }

  private async write(
    manager: EntityManager,
    request: CommandRequest,
    { system, number, applicant, remark }: TakeOverDto,
    fact: Fact,
    procedureVersionBasis: VersionOfReceiptBasis,
  ): Promise<Answer> {
    const { dossier } = await this.store.begin(manager, fact, this.clock.realNow().toISOString());
    const personal = { applicant: applicant ? applicantOf(applicant) : null, remark: remark ?? null };
    const answer = {
      status: 201,
      etag: etagOf(dossier.version),
      location: `/dossiers/${fact.subject}`,
      body: JSON.stringify({ ...viewOf(dossier.state), procedureVersionBasis }),
    };
    await Promise.all([
      manager.query('insert into desk.external_number (system, number, dossier_id) values ($1, $2, $3)', [
        system,
        number,
        fact.subject,
      ]),
      this.personalData.begin(manager, fact.subject, fact.sequence, personal),
      personal.applicant && this.index.add(manager, fact.subject, dossier.state.procedureCode, personal.applicant),
      this.answers.keep(manager, request, answer),
    ]);
    return answer;
  }
}

function commandOf(body: TakeOverDto, calendar: WorkCalendar): Omit<TakeOver, 'holder'> {
  const { system, number, status, step = null, officeId, channel } = body;
  const due = (name: 'appointmentAt' | 'legalDueAt') => {
    const said = body[name];
    return said === undefined ? null : dueSaid(calendar, said, name);
  };
  return {
    dossierId: uuidv7(),
    code: '',
    officeId,
    channel,
    from: { system, number, status, step, appointmentAt: due('appointmentAt'), legalDueAt: due('legalDueAt') },
    firstReceivedAt: timeSaid(calendar, body.firstReceivedAt, 'firstReceivedAt'),
    clockStops: body.clockStops.map(({ reason, from, until }, index) => ({
      reason,
      from: timeSaid(calendar, from, `clockStops.${index}.from`),
      until: until === undefined ? null : timeSaid(calendar, until, `clockStops.${index}.until`),
    })),
  };
}

function officeIn({ offices }: Organisation, officeId: string): Office {
  const office = offices.find(({ id }) => id === officeId);
  if (!office) throw new FieldInvalid('officeId', 'is not an office of this organisation');
  return office;
}

/** @throws AlreadyTakenOver */
async function requireNew(manager: EntityManager, { system, number }: TakeOverDto): Promise<void> {
  const [known] = await manager.query<{ dossier_id: string }[]>(
    'select dossier_id from desk.external_number where system = $1 and number = $2',
    [system, number],
  );
  if (known) throw new AlreadyTakenOver(system, number, known.dossier_id);
}
