import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { Search, type SearchResult } from './search';
import { SearchDto } from './search.dto';

/** Finding a dossier whose applicant stands at the counter. */
@Controller('searches')
export class SearchController {
  constructor(private readonly search: Search) {}

  /** A POST, so that nothing personal stands in a URL. Nothing is written but the access log. */
  @Post()
  @HttpCode(200)
  @Action('search-applicants')
  @ApiOperation({
    summary:
      'Dossiers in sight by code, or by the applicant’s name, phone or identity number; each hit is logged as a look',
    description:
      'A name is found whole; typed without diacritics it finds every spelling. Of a complaint, which is found by its code ' +
      'alone, the name is shown to the holder and to heads.',
  })
  find(@CurrentCaller() caller: Caller, @Body() body: SearchDto): Promise<SearchResult> {
    return this.search.find(caller, body);
  }
}
