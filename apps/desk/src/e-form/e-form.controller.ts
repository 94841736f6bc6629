import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parseDossierEvent, type PostHolder } from '#contracts';
import type { EFormAnswer } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { questionViewsOf, type QuestionView } from '../catalogue/procedure-view';
import { Lookup } from '../lookup/lookup';
import { EForms } from './e-forms';

/** The answers as one entry brought them: the first as they were handed in, each other as it was corrected. */
export interface EFormStatement {
  readonly sequence: number;
  /** ISO 8601 UTC in the stack's (mapped) time. */
  readonly at: string;
  readonly actor: PostHolder;
  /** Why it was corrected; null for what was handed in. */
  readonly reasonCode: string | null;
  readonly answers: readonly EFormAnswer[];
}

/** What was asked and answered on the screen; all of it null or empty for who may not read it, and where nothing was. */
export interface EFormView {
  /** As they hold now. */
  readonly answers: readonly EFormAnswer[] | null;
  /** Of the version of the form that was answered: by it the answers are corrected. */
  readonly questions: readonly QuestionView[] | null;
  /** Oldest first; the last holds now. */
  readonly statements: readonly EFormStatement[];
}

const nothing: EFormView = { answers: null, questions: null, statements: [] };

/** What an applicant answered on the screen instead of on paper. */
@Controller('dossiers/:dossierId')
export class EFormController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lookup: Lookup,
    private readonly eForms: EForms,
  ) {}

  @Get('e-form')
  @Action('read-e-form')
  @ApiOperation({
    summary: 'The answers to the e-form of a dossier, with what was asked and what was corrected; the look is logged',
    description:
      'Null where nothing was answered, where the dossier’s key was destroyed, and for who may not know who complains.',
  })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<EFormView> {
    const { entries, subject, seesApplicant } = await this.lookup.entriesInSight(caller, 'read-e-form', dossierId);
    if (!seesApplicant) return nothing;
    const { manager } = this.dataSource;
    await logLook(manager, subject, 'read-e-form', dossierId);
    const answered = await this.eForms.of(manager, dossierId);
    if (answered === null) return nothing;
    const statements = answered.statements.flatMap(({ sequence, answers }) => {
      const entry = entries.find((one) => one.sequence === sequence);
      if (!entry) return []; // Corrected between two questions of this look.
      const { time: at, data } = parseDossierEvent(entry.body);
      return [{ sequence, at, actor: data.actor, reasonCode: 'reasonCode' in data ? data.reasonCode : null, answers }];
    });
    return {
      answers: statements.at(-1)?.answers ?? null,
      questions: questionViewsOf(answered.form),
      statements,
    };
  }
}
