import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import { entryFormKinds, type Form, type FormOfEntry } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DossierForms, type DraftView } from './dossier-forms';
import { kindNamed } from './form-kind';
import { FormDto } from './forms.dto';

/** The forms that the circulars prescribe, as data with labels in vi, en and de; printing is somebody else's. */
@Controller('dossiers/:dossierId')
export class FormsController {
  constructor(private readonly forms: DossierForms) {}

  @Get('forms')
  @Action('read-dossier')
  @ApiOperation({ summary: 'Which forms the entries of a dossier make, each with its number by the circular of then' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ forms: readonly FormOfEntry[] }> {
    return { forms: await this.forms.list(caller, dossierId) };
  }

  @Get('forms/:kind')
  @Action('read-form')
  @ApiParam({ name: 'kind', enum: entryFormKinds })
  @ApiOperation({
    summary: 'One form, filled in with what held at its entry; the look is logged',
    description:
      'Known by its kind, for the numbers 05 and 06 changed meaning between the circulars. Instants are UTC, to be shown in ' +
      '`timeZone`; amounts are in the currency’s smallest unit; null is what nobody knows, or knows any more.',
  })
  one(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Param('kind') kind: string,
    @Query() query: FormDto,
  ): Promise<Form> {
    return this.forms.one(caller, dossierId, kindNamed(kind), query);
  }

  @Get('apology-draft')
  @Action('read-apology-draft')
  @ApiOperation({
    summary: 'The apology as the head would sign it now, with the date it proposes; the look is logged',
    description:
      'The proposed day is when the steps left are done by their limits, at the earliest the working day after the appointment. ' +
      'Signing it is `extend` with that day as `until`. `isInTime` says whether a working day is left until the appointment.',
  })
  apologyDraft(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<DraftView> {
    return this.forms.apologyDraft(caller, dossierId);
  }
}
