import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parseDossierEvent, type DossierEvent } from '#contracts';
import {
  apologyDraft,
  dossierFrom,
  draftedApology,
  entryOfForm,
  formOf,
  formsMadeBy,
  NoAppointmentToMove,
  requireAllowed,
  type ApologyDraft,
  type EntryFormKind,
  type Form,
  type FormOfEntry,
  type FormSources,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { Catalogue } from '../catalogue/catalogue';
import { PersonalData } from '../command/personal-data';
import { reasons } from '../command/reasons';
import { Lookup } from '../lookup/lookup';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import type { FormDto } from './forms.dto';

/** An apology that nobody signed, as figures and as the form it would be. */
export interface DraftView {
  readonly draft: ApologyDraft;
  readonly form: Form;
}

/**
 * Fills in forms. All that stands on one is of the moment of its entry (applicant, organisation, procedure, due dates), so that
 * one made years later is the one that was handed out. Each look is logged: forms name people.
 */
@Injectable()
export class DossierForms {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lookup: Lookup,
    private readonly catalogue: Catalogue,
    private readonly personalData: PersonalData,
    private readonly directory: OrganisationDirectory,
  ) {}

  /** The forms that a dossier's entries make. Names nobody. @throws DossierNotFound */
  async list(caller: Caller, dossierId: string): Promise<readonly FormOfEntry[]> {
    const { entries } = await this.lookup.entriesInSight(caller, 'read-dossier', dossierId);
    return formsMadeBy(entries.map(({ body }) => parseDossierEvent(body)));
  }

  /** @throws DossierNotFound, FormNotMade, FormNotOfRegulation, ReasonUnexplained */
  async one(caller: Caller, dossierId: string, kind: EntryFormKind, { sequence, regulation }: FormDto): Promise<Form> {
    const { entries, subject, seesApplicant } = await this.lookup.entriesInSight(caller, 'read-form', dossierId);
    const life = entries.map(({ body }) => parseDossierEvent(body));
    const entry = entryOfForm(kind, life, sequence ?? null);
    await logLook(this.dataSource.manager, subject, 'read-form', dossierId);
    const sources = await this.sourcesOf(life.slice(0, entry.sequence), seesApplicant);
    return formOf(kind, regulation ?? null, entry, { ...sources, facts: life });
  }

  /**
   * The apology as the head would sign it now.
   *
   * @throws DossierNotFound, CommandNotAllowed where it cannot be extended now, NoAppointmentToMove
   */
  async apologyDraft(caller: Caller, dossierId: string): Promise<DraftView> {
    const { entries, subject, seesApplicant } = await this.lookup.entriesInSight(
      caller,
      'read-apology-draft',
      dossierId,
    );
    const life = entries.map(({ body }) => parseDossierEvent(body));
    const dossier = dossierFrom(life);
    requireAllowed('extend', dossier.status);
    const { manager } = this.dataSource;
    const { procedure, calendar } = await this.catalogue.timekeepingOf(manager, dossier);
    const now = this.clock.now();
    const draft = apologyDraft(dossier, procedure, calendar, now);
    if (!draft) throw new NoAppointmentToMove(dossierId);
    await logLook(manager, subject, 'read-apology-draft', dossierId);
    return { draft, form: draftedApology(draft, now, await this.sourcesOf(life, seesApplicant)) };
  }

  /** All that was known when the last of these entries was written; for who may not know, without who complains. */
  private async sourcesOf(life: readonly DossierEvent[], seesApplicant: boolean): Promise<FormSources> {
    const { manager } = this.dataSource;
    const dossier = dossierFrom(life);
    const { dossierId, lastSequence } = dossier;
    const recordedAt = life.at(-1)?.recordedat ?? this.clock.realNow().toISOString();
    const { procedure, calendar } = await this.catalogue.timekeepingOf(manager, dossier);
    const organisation = await this.directory.at(manager, recordedAt);
    const applicant = seesApplicant ? await this.personalData.applicantOf(manager, dossierId, lastSequence) : null;
    const remarks = seesApplicant ? await this.personalData.remarksOf(manager, dossierId) : [];
    const eForm = seesApplicant ? await this.personalData.eFormOf(manager, dossierId, lastSequence) : null;
    return { facts: life, procedure, timeZone: calendar.timeZone, organisation, applicant, remarks, eForm, reasons };
  }
}
