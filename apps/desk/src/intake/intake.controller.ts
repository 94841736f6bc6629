import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { officeAt } from '#domain';
import { Action } from '#platform';
import { sent } from '../command/answer-book';
import { ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import { FromRequest, type CommandRequest } from '../command/request';
import { officeNamed, postHolderOf } from '../organisation/organisation-directory';
import { CodeNumbers } from './code-numbers';
import { Intake, type ReceivedView } from './intake';
import { AcceptDto, ReceiveDto, SubmitDto } from './intake.dto';

/** Dossiers that begin. */
@Controller()
export class IntakeController {
  constructor(private readonly intake: Intake) {}

  @Post('dossiers')
  @Action('receive')
  @ApiOperation({ summary: 'receive: at the desk, recorded as dossier-received' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async receive(
    @Body() body: ReceiveDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivedView> {
    return sent(response, await this.intake.receive(request, body));
  }

  @Post('submissions')
  @Action('submit')
  @ApiOperation({ summary: 'submit: online, recorded as dossier-submitted' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async submit(
    @Body() body: SubmitDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivedView> {
    return sent(response, await this.intake.submit(request, body));
  }
}

/** The clerk's answer to an online submission: due within the acceptance limit (8 working hours). */
@Controller('dossiers/:dossierId')
export class AcceptanceController {
  constructor(private readonly codes: CodeNumbers) {}

  @DossierCommand('accept')
  accept(@Body() { responsible, papers }: AcceptDto): Make {
    return async ({ subject, dossier, occurredAt, timekeeping }) => {
      const { organisation } = subject;
      const office = officeAt(organisation, dossier.officeId, occurredAt);
      const { codePrefix } = office ?? officeNamed(organisation, dossier.officeId);
      const code = await this.codes.draw(codePrefix, timekeeping.calendar.timeZone, occurredAt);
      const holder = responsible ? postHolderOf(organisation, responsible, occurredAt, 'responsible') : subject.actor;
      return { command: { name: 'accept', code, holder, ...(papers && { papers }) } };
    };
  }

  @DossierCommand('refuse')
  refuse(@Body() { reasonCode }: ReasonedDto): Make {
    return () => ({ command: { name: 'refuse', reasonCode } });
  }
}
