import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { parseDossierEvent, type Language } from '#contracts';
import { DossierError, officeAt, type Dossier } from '#domain';
import { Clock, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { Journal } from '../journal/journal';
import { usualTimeOf, type UsualTime } from '../lookup/usual-time';
import { Feedback } from '../notes/feedback';
import { Notes } from '../notes/notes';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import { Complaints } from './complaints';
import { citizensDossier, type CitizensDossier } from './citizens-view';
import { LookUpSecrets } from './look-up-secrets';

/** Thrown whatever is wrong, code or secret: who guesses learns nothing, not even which dossiers there are. */
export class NothingToLookUp extends DossierError {
  readonly code = 'NOTHING_TO_LOOK_UP';
  readonly kind = 'not-found';

  constructor() {
    super('No dossier has this code and this secret.');
  }
}

/** A dossier as whoever holds its receipt may see it: without anybody's name. */
export interface PublicLookUpView extends CitizensDossier {
  /** Name of the procedure, in the language asked for. */
  readonly procedure: string;
  /** Made up or unchecked: nobody may rely on its dates. */
  readonly sample: boolean;
  /** Name of the office that took it in, or of what that has become: whom to ask. */
  readonly office: string;
  /** The number under which it answers; null where citizens are told none. */
  readonly officePhone: string | null;
  /** The office's, an IANA name. */
  readonly timeZone: string;
  /** How many working hours a working day counts. */
  readonly workingHoursPerDay: number;
  /** How long this procedure usually takes there. */
  readonly usual: Pick<UsualTime, 'results' | 'medianMs' | 'p90Ms'>;
  /** What the office and the applicant wrote to each other, oldest first; none where the dossier's key was destroyed. */
  readonly messages: readonly PublicMessage[];
  /** Whether the applicant can write: not once the dossier's key was destroyed. */
  readonly canWrite: boolean;
  /** Whether they can say how they found it: not before the result, and once. */
  readonly feedback: 'not-yet' | 'open' | 'given';
  /** Whether they can complain here. */
  readonly canComplain: boolean;
}

/** A message, of the office as a whole or of the applicant. */
interface PublicMessage {
  /** ISO 8601 UTC in the stack's (mapped) time. */
  readonly at: string;
  readonly from: 'office' | 'applicant';
  readonly text: string;
}

/** Answers whoever holds a receipt. */
@Injectable()
export class PublicLookUp {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly secrets: LookUpSecrets,
    private readonly catalogue: Catalogue,
    private readonly directory: OrganisationDirectory,
    private readonly journal: Journal,
    private readonly access: DeskAccess,
    private readonly notes: Notes,
    private readonly feedback: Feedback,
    private readonly complaints: Complaints,
  ) {}

  /** Where the applicant's own words are among it, the look is logged. @throws NothingToLookUp */
  async find(
    caller: Caller,
    { code, secret, language }: { readonly code: string; readonly secret: string; readonly language: Language },
  ): Promise<PublicLookUpView> {
    const { manager } = this.dataSource;
    const dossier = await this.named(code, secret);
    const { procedure, calendar, presentCalendar } = await this.catalogue.timekeepingOf(manager, dossier);
    const now = this.clock.now();
    const organisation = await this.directory.current(manager);
    const { officeId, procedureCode, dossierId } = dossier;
    const office = officeAt(organisation, officeId, now) ?? organisation.offices.find(({ id }) => id === officeId);
    const life = (await this.journal.after(manager, dossierId, 0, 10_000)).map(({ body }) => parseDossierEvent(body));
    const { results, medianMs, p90Ms } = await usualTimeOf(manager, this.catalogue, procedureCode, officeId);
    return {
      ...citizensDossier(dossier, life, { procedure, calendar: presentCalendar, language, now }),
      procedure: procedure.description?.names[language] ?? procedure.name,
      sample: procedure.description?.sample ?? false,
      office: office?.name ?? officeId,
      officePhone: office?.phone ?? null,
      timeZone: calendar.timeZone,
      workingHoursPerDay: calendar.workingHoursPerDay,
      usual: { results, medianMs, p90Ms },
      ...(await this.exchangeOf(manager, caller, dossier)),
    };
  }

  /** What was written, and what can be. */
  private async exchangeOf(
    manager: EntityManager,
    caller: Caller,
    dossier: Dossier,
  ): Promise<Pick<PublicLookUpView, 'messages' | 'canWrite' | 'feedback' | 'canComplain'>> {
    const { dossierId, processedAt } = dossier;
    const notes = await this.notes.of(manager, dossierId, 'applicant');
    const messages = notes.flatMap(({ at, author, text }) =>
      text === null ? [] : [{ at, text, from: author === null ? ('applicant' as const) : ('office' as const) }],
    );
    if (messages.length > 0) {
      await logLook(manager, await this.access.subjectOf(manager, caller), 'look-up-with-secret', dossierId);
    }
    const canWrite = await this.notes.canBeAdded(manager, dossierId);
    const given = await this.feedback.of(manager, dossierId);
    const canRate = processedAt !== null && canWrite;
    return {
      messages,
      canWrite,
      feedback: given ? 'given' : canRate ? 'open' : 'not-yet',
      canComplain: canWrite && (await this.complaints.procedureFor(manager, dossier)) !== null,
    };
  }

  /** The dossier that code and secret name together. @throws NothingToLookUp */
  async named(said: string, secret: string): Promise<Dossier & { readonly code: string }> {
    const code = said.trim().toUpperCase();
    const [row] = await this.dataSource.query<{ state: Dossier }[]>('select state from desk.dossier where code = $1', [
      code,
    ]);
    // An unknown code takes as long as a wrong secret.
    const isRight = this.secrets.isOf(row?.state.dossierId ?? '', secret);
    if (!row || !isRight) throw new NothingToLookUp();
    return { ...row.state, code };
  }
}
