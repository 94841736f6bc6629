import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { UnusualActsDto } from './unusual-acts.dto';
import { UnusualActs, type UnusualActsPage } from './unusual-acts';

/** Where an inspector begins who has no complaint in hand. */
@Controller('unusual-acts')
export class UnusualActsController {
  constructor(private readonly acts: UnusualActs) {}

  @Get()
  @Action('audit-dossier')
  @ApiOperation({
    summary: 'Entries of the journal that are worth a look, what was told last first; this look is logged',
    description:
      'Unusual is not wrong: each kind says what it was found by. A page looks through so many entries and no more, so that one with ' +
      'few acts, or none, may still have a next. Holds no personal data of the applicant; what is about a complaint of which the ' +
      'caller is the subject is left out.',
  })
  page(@CurrentCaller() caller: Caller, @Query() query: UnusualActsDto): Promise<UnusualActsPage> {
    return this.acts.page(caller, query);
  }
}
