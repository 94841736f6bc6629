import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parseDossierEvent, type Language } from '#contracts';
import { DossierError, officeAt, type Dossier } from '#domain';
import { Clock } from '#platform';
import { Catalogue } from '../catalogue/catalogue';
import { Journal } from '../journal/journal';
import { usualTimeOf, type UsualTime } from '../lookup/usual-time';
import { OrganisationDirectory } from '../organisation/organisation-directory';
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
  /** The office's, an IANA name. */
  readonly timeZone: string;
  /** How many working hours a working day counts. */
  readonly workingHoursPerDay: number;
  /** How long this procedure usually takes there. */
  readonly usual: Pick<UsualTime, 'results' | 'medianMs' | 'p90Ms'>;
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
  ) {}

  /** @throws NothingToLookUp */
  async find(code: string, secret: string, language: Language): Promise<PublicLookUpView> {
    const { manager } = this.dataSource;
    const dossier = await this.named(code.trim().toUpperCase(), secret);
    const { procedure, calendar } = await this.catalogue.timekeepingOf(manager, dossier);
    const now = this.clock.now();
    const organisation = await this.directory.current(manager);
    const { officeId, procedureCode, dossierId } = dossier;
    const received = organisation.offices.find(({ id }) => id === officeId);
    const life = (await this.journal.after(manager, dossierId, 0, 10_000)).map(({ body }) => parseDossierEvent(body));
    const { results, medianMs, p90Ms } = await usualTimeOf(manager, this.catalogue, procedureCode, officeId);
    return {
      ...citizensDossier(dossier, life, { procedure, language, now }),
      procedure: procedure.description?.names[language] ?? procedure.name,
      sample: procedure.description?.sample ?? false,
      office: (officeAt(organisation, officeId, now) ?? received)?.name ?? officeId,
      timeZone: calendar.timeZone,
      workingHoursPerDay: calendar.workingHoursPerDay,
      usual: { results, medianMs, p90Ms },
    };
  }

  private async named(code: string, secret: string): Promise<Dossier & { readonly code: string }> {
    const [row] = await this.dataSource.query<{ state: Dossier }[]>('select state from desk.dossier where code = $1', [
      code,
    ]);
    // An unknown code takes as long as a wrong secret.
    const isRight = this.secrets.isOf(row?.state.dossierId ?? '', secret);
    if (!row || !isRight) throw new NothingToLookUp();
    return { ...row.state, code };
  }
}
