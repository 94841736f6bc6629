import { Body, Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { v7 as uuidv7 } from 'uuid';
import { opinionNamed } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { DossierCommand, type Make } from '../command/dossier-command';
import { postHolderOf } from '../organisation/organisation-directory';
import { GiveOpinionDto, OpenOpinionsDto, RequestOpinionDto } from './opinions.dto';
import { OpenOpinions, type PageOfOpinions } from './open-opinions';

/** Asking other bodies, several at once, while the office's own clock runs on. */
@Controller('dossiers/:dossierId')
export class OpinionsController {
  constructor(private readonly access: DeskAccess) {}

  /** Whoever is asked may read the dossier from then on. The opinion's id stands in the answer. */
  @DossierCommand('request-opinion')
  request(@Body() body: RequestOpinionDto): Make {
    const { asked, limit = null, until = null, questionCode, legalBasis = null, onSilence = 'nothing' } = body;
    const opinionId = uuidv7();
    return ({ subject, occurredAt }) => ({
      command: {
        name: 'request-opinion',
        opinionId,
        asked: postHolderOf(subject.organisation, asked, occurredAt, 'asked'),
        limit,
        until,
        questionCode,
        legalBasis,
        onSilence,
      },
    });
  }

  /** By somebody of the asked office, whoever was named. */
  @DossierCommand('give-opinion')
  give(@Body() { opinionId, outcome, reasonCode }: GiveOpinionDto): Make {
    return ({ subject, dossier }) => {
      this.access.requireOffice(subject, 'give-opinion', opinionNamed(dossier, opinionId).asked.officeId);
      return { command: { name: 'give-opinion', opinionId, outcome, reasonCode: reasonCode ?? null } };
    };
  }
}

/** What an office is asked for. */
@Controller('opinions')
export class OpenOpinionsController {
  constructor(private readonly opinions: OpenOpinions) {}

  @Get()
  @Action('read-opinions')
  @ApiOperation({ summary: 'Opinions that the caller’s office is asked for and has not given, earliest due first' })
  list(@CurrentCaller() caller: Caller, @Query() query: OpenOpinionsDto): Promise<PageOfOpinions> {
    return this.opinions.page(caller, query.limit, query.after ?? null);
  }
}
