import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { localDate } from '#calendar';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskSettings } from '../desk.settings';
import { printed } from '../printing/printer';
import { bookPaperOf } from './book-paper';
import { PrintedBookDto, TrackingBookDto } from './tracking-book.dto';
import { TrackingBook, type TrackingBookView } from './tracking-book';

/** The daily book of an office. */
@Controller()
export class TrackingBookController {
  constructor(
    private readonly book: TrackingBook,
    private readonly settings: DeskSettings,
  ) {}

  @Get('tracking-book.pdf')
  @Action('read-tracking-book')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiOperation({ summary: 'The tracking book as PDF (A4, landscape); each line is logged as a look' })
  async print(@CurrentCaller() caller: Caller, @Query() query: PrintedBookDto): Promise<StreamableFile> {
    const book = await this.book.read(caller, query);
    const pdf = await printed(bookPaperOf(book, query.language), {
      isDemo: this.settings.DEMO,
      language: query.language,
    });
    const name = `tracking-book-${localDate(book, book.from)}.pdf`;
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `inline; filename="${name}"` });
  }

  @Get('tracking-book')
  @Action('read-tracking-book')
  @ApiOperation({
    summary: 'What was received in a period, by name, as it stands now; each line is logged as a look',
    description:
      'Form 07 of Circular 03/2025/TT-VPCP, form 06 of 01/2018/TT-VPCP. In the order of receipt, by the office that received; at ' +
      'most 500 lines, a longer period is refused. Instants are UTC, to be shown in `timeZone`. A complaint is not in the book ' +
      'of whom it is about.',
  })
  read(@CurrentCaller() caller: Caller, @Query() query: TrackingBookDto): Promise<TrackingBookView> {
    return this.book.read(caller, query);
  }
}
