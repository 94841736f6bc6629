import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { calendarIdOf, DossierError, holderOf, officeAt, type Dossier, type Office } from '#domain';
import { Clock } from '#platform';
import { logComplaint } from '../access/access-log';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { AnswerBook, type Answer } from '../command/answer-book';
import { PersonalData, type Applicant } from '../command/personal-data';
import type { CommandRequest } from '../command/request';
import { Intake } from '../intake/intake';
import { AboutDto, ApplicantDto, SubmitDto } from '../intake/intake.dto';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import type { ComplaintSubject } from './public-look-up.dto';

/** Thrown where no complaint can be handed in online about a dossier: none is in the catalogue, or it is a complaint itself. */
export class ComplaintNotOffered extends DossierError {
  readonly code = 'COMPLAINT_NOT_OFFERED';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`About dossier ${dossierId} no complaint can be handed in here.`);
  }
}

/** One about each who has to do with it, and one more; too few to bury an office in. */
const COMPLAINTS_A_DAY = 3;

/** Thrown when as many complaints came by one receipt as may in 24 hours. */
export class TooManyComplaints extends DossierError {
  readonly code = 'TOO_MANY_COMPLAINTS';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`By the receipt of dossier ${dossierId} ${COMPLAINTS_A_DAY} complaints came in 24 hours; more come later.`);
  }
}

/** Where a complaint goes and as what. */
interface Offered {
  readonly procedureCode: string;
  readonly office: Office;
}

/**
 * Complaints by whoever holds a receipt. Each becomes a submission of the office's own complaint procedure, and from there it is a
 * complaint like every other. It is linked with nothing: a link is an entry, which whom it is about could read. The code of the
 * dossier stands in the sealed text alone.
 */
@Injectable()
export class Complaints {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly directory: OrganisationDirectory,
    private readonly catalogue: Catalogue,
    private readonly personalData: PersonalData,
    private readonly intake: Intake,
    private readonly answers: AnswerBook,
    private readonly access: DeskAccess,
  ) {}

  /** The first complaint procedure, by code, that the office offers online; null where there is none, and for a complaint itself. */
  async procedureFor(manager: EntityManager, { officeId, procedureCode }: Dossier): Promise<Offered | null> {
    const organisation = await this.directory.current(manager);
    const at = this.clock.now();
    const office = officeAt(organisation, officeId, at);
    if (!office || office.receptionPostId === null) return null;
    const inForce = await this.catalogue.proceduresInForce(manager, calendarIdOf(organisation, office.id, at), at);
    const complaints = inForce.filter(({ description }) => description?.kind === 'complaint');
    if (complaints.some(({ code }) => code === procedureCode)) return null;
    const [first] = complaints
      .filter(({ description }) => description?.channels.includes('online'))
      .sort((one, other) => one.code.localeCompare(other.code));
    return first ? { procedureCode: first.code, office } : null;
  }

  /** The look at the applicant's data, which it needs, is logged. @throws ComplaintNotOffered, TooManyComplaints, RoutedToConcerned where nobody is left whom it is not about */
  async submit(
    request: CommandRequest,
    dossier: Dossier & { readonly code: string },
    { about, text }: { readonly about: ComplaintSubject; readonly text: string },
  ): Promise<Answer> {
    const { manager } = this.dataSource;
    const repeated = await this.answers.find(manager, request);
    if (repeated) return repeated;
    const offered = await this.procedureFor(manager, dossier);
    if (offered === null) throw new ComplaintNotOffered(dossier.dossierId);
    const { office, procedureCode } = offered;
    const subject = await this.access.subjectOf(manager, request.caller);
    const concerned =
      about === 'office'
        ? { officialId: null, officeId: office.id }
        : { officialId: holderOf(dossier).officialId, officeId: null };
    await this.dataSource.transaction(async (transaction) => {
      await requireFew(transaction, dossier.dossierId);
      await logComplaint(transaction, subject, dossier.dossierId, concerned);
    });
    const known = await this.personalData.applicantOf(manager, dossier.dossierId);
    const body = Object.assign(new SubmitDto(), {
      procedureCode,
      channel: 'online' as const,
      about: Object.assign(
        new AboutDto(),
        about === 'office' ? { officeId: office.id } : { officialId: concerned.officialId },
      ),
      remark: `${dossier.code}\n\n${text}`,
      ...(known && { applicant: said(known), language: known.language }),
    });
    return this.intake.submitTo(office.id, request, body);
  }
}

/**
 * Counted by the looks that they needed, in real time: nothing else ties a complaint to the dossier. Until the transaction ends nobody
 * else counts them, so that many at once are no more.
 */
async function requireFew(manager: EntityManager, dossierId: string): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('complaints by ' || $1, 0))`, [dossierId]);
  const [row] = await manager.query<{ made: number }[]>(
    `select count(*)::integer as made from desk.access_log
     where dossier_id = $1 and action = 'speak-with-secret' and at > clock_timestamp() - interval '24 hours'`,
    [dossierId],
  );
  if ((row?.made ?? 0) >= COMPLAINTS_A_DAY) throw new TooManyComplaints(dossierId);
}

/** As an intake says it: what is not known is left out. */
function said({ name, phone, email, identityNumber, address }: Applicant): ApplicantDto {
  return Object.assign(new ApplicantDto(), {
    name,
    ...(phone !== null && { phone }),
    ...(email !== null && { email }),
    ...(identityNumber !== null && { identityNumber }),
    ...(address !== null && { address }),
  });
}
