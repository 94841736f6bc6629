import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Verdict } from '#contracts';
import { Action } from '#platform';
import { NumberPipe } from '../command/number.pipe';
import { DossierCommand, type Make } from '../command/dossier-command';
import { AcknowledgeDto, EscalateDto } from './escalation.dto';
import { Escalations } from './escalations';

/** Rungs that ring, and heads who answer. */
@Controller('dossiers/:dossierId')
export class EscalationController {
  constructor(private readonly escalations: Escalations) {}

  /** The clock's own command: needs neither ETag nor key, and always gets its verdict. Idempotent. */
  @Post('escalations')
  @HttpCode(200)
  @Action('escalate')
  @ApiOperation({ summary: 'The clock’s own command: did this rung fall due unmet? Idempotent' })
  escalate(@Param('dossierId', ParseUUIDPipe) dossierId: string, @Body() escalate: EscalateDto): Promise<Verdict> {
    return this.escalations.verdictOn(dossierId, escalate);
  }

  /**
   * The head takes the case up, with a reason and a planned date: nobody else is told until a due instant changes or that date
   * passes unkept.
   */
  @DossierCommand('acknowledge', 'escalations/:generation/:rung/acknowledgement')
  acknowledge(
    @Param('generation', NumberPipe) generation: number,
    @Param('rung') rung: string,
    @Body() { plannedAt, reasonCode }: AcknowledgeDto,
  ): Make {
    return () => ({ command: { name: 'acknowledge', generation, rung, plannedAt, reasonCode } });
  }
}
