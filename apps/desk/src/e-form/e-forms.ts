import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { parseDossierEvent } from '#contracts';
import type { EForm } from '#domain';
import { Catalogue } from '../catalogue/catalogue';
import { PersonalData, type EFormOfEntry } from '../command/personal-data';
import { Journal } from '../journal/journal';

/** The e-form that a dossier was handed in with, and what was answered to it. */
export interface AnsweredEForm {
  /** Of the form's version: that of the first entry, whatever the dossier's procedure became since. */
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly form: EForm;
  /** Every set of answers, oldest first; the last holds now. */
  readonly statements: readonly [EFormOfEntry, ...EFormOfEntry[]];
}

/** What was asked and answered on the screen. */
@Injectable()
export class EForms {
  constructor(
    private readonly journal: Journal,
    private readonly catalogue: Catalogue,
    private readonly personalData: PersonalData,
  ) {}

  /** Null where nothing was answered, or the dossier's key was destroyed. */
  async of(manager: EntityManager, dossierId: string): Promise<AnsweredEForm | null> {
    const [first, ...corrected] = await this.personalData.eFormsOf(manager, dossierId);
    const [entry] = await this.journal.after(manager, dossierId, 0, 1);
    const begun = entry && parseDossierEvent(entry.body);
    if (!first || (begun?.type !== 'dossier-submitted' && begun?.type !== 'dossier-received')) return null;
    const { procedureCode, procedureVersion } = begun.data;
    const { description } = await this.catalogue.procedure(manager, procedureCode, procedureVersion);
    if (!description?.eForm) return null;
    return { procedureCode, procedureVersion, form: description.eForm, statements: [first, ...corrected] };
  }
}
