import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { DossierStore } from '../command/dossier-store';
import { NoticeBook, type NoticeView } from './notice-book';

/** What the applicant was told of a dossier. */
@Controller('dossiers/:dossierId/notices')
export class NoticesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly book: NoticeBook,
  ) {}

  /** In the order of what caused them. Neither addresses nor texts: nothing personal. */
  @Get()
  @Action('read-dossier')
  @ApiOperation({
    summary: 'What the applicant was told because of which entry, by which way, and what became of it',
    description:
      'Once it has ended, each notice is an entry of the stream `notices` too (`entrySequence`): what an appeal starts from.',
  })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ notices: readonly NoticeView[] }> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    this.access.require(subject, 'read-dossier', await this.store.find(manager, dossierId));
    return { notices: await this.book.ofDossier(dossierId) };
  }
}
