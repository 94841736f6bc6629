import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { Action, CurrentCaller, type Caller } from '#platform';
import { sent } from '../command/answer-book';
import { FromRequest, type CommandRequest } from '../command/request';
import type { DossierView } from '../lookup/dossier-view';
import { TakingOver, type TakeOverPreview } from './taking-over';
import { TakeOverDto } from './taking-over.dto';

/** Work that is open elsewhere already. */
@Controller('taken-over-dossiers')
export class TakingOverController {
  constructor(private readonly takingOver: TakingOver) {}

  @Post()
  @Action('take-over')
  @ApiOperation({
    summary: 'take-over: of a dossier open in another system, recorded as dossier-received',
    description:
      'Its clock began with the first receipt. Another dossier of the same system and number is refused (409).',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A UUID of yours; a repeat gets the same answer, with the header Idempotent-Replayed.',
  })
  async takeOver(
    @Body() body: TakeOverDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView> {
    return sent(response, await this.takingOver.takeOver(request, body));
  }

  @Post('preview')
  @HttpCode(200)
  @Action('take-over')
  @ApiOperation({
    summary: 'What a dossier would be due at if it were taken over now; refused as that would be. Reads only',
  })
  preview(@CurrentCaller() caller: Caller, @Body() body: TakeOverDto): Promise<TakeOverPreview> {
    return this.takingOver.preview(caller, body);
  }
}
