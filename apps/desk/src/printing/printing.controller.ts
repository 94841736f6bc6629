import { Controller, Get, Param, ParseUUIDPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { entryFormKinds } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskSettings } from '../desk.settings';
import { DossierForms } from '../forms/dossier-forms';
import { kindNamed } from '../forms/form-kind';
import { LookUpSecrets } from '../public-look-up/look-up-secrets';
import { paperOf, textOf } from './form-paper';
import { lookUpAddress } from './look-up-address';
import { printed } from './printer';
import { PrintedFormDto } from './printing.dto';

/** The forms that the circulars prescribe, on paper. */
@Controller('dossiers/:dossierId')
export class PrintingController {
  constructor(
    private readonly forms: DossierForms,
    private readonly secrets: LookUpSecrets,
    private readonly settings: DeskSettings,
  ) {}

  @Get('forms/:kind.pdf')
  @Action('read-form')
  @ApiParam({ name: 'kind', enum: entryFormKinds })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({
    summary: 'One form as PDF (A5), filled in with what held at its entry; the look is logged',
    description:
      'The same form in the same language has the same bytes whenever it is printed. It goes to the applicant: the code to ' +
      'scan, and the secret beside it, open the page on which they follow the dossier.',
  })
  async print(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Param('kind') kind: string,
    @Query() query: PrintedFormDto,
  ): Promise<StreamableFile> {
    const form = await this.forms.one(caller, dossierId, kindNamed(kind), query);
    const code = textOf('code', form);
    const key = code === null ? null : { code, secret: this.secrets.of(dossierId) };
    const scanned = lookUpAddress(this.settings.PUBLIC_URL, key);
    const { language } = query;
    const paper = paperOf(form, { language, scanned, secret: key?.secret ?? null });
    const pdf = await printed(paper, { isDemo: this.settings.DEMO, language });
    const name = `${code ?? 'submission'}-${form.kind}.pdf`;
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="${name}"` });
  }
}
