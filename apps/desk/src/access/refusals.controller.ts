import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches, ValidateIf } from 'class-validator';
import { DataSource } from 'typeorm';
import { ActionForbidden } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { IsName } from '../command/command.dto';
import { uuidPattern } from '../command/request';
import { logRefusal } from './access-log';

const outcomes = ['forbidden', 'not-found'] as const;

/** What a service did not let a person do, who acted in one post of one office. */
export class RefusalDto {
  @IsName()
  officialId!: string;

  @IsName()
  postId!: string;

  @IsName()
  officeId!: string;

  @IsName()
  action!: string;

  @ApiProperty({ description: 'Method and pattern of the route, without what was put into it.' })
  @Matches(/^[A-Z]{3,7} \/[\w/:.{}*-]{0,200}$/)
  route!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  @ValidateIf((_refusal, dossierId) => dossierId !== null)
  @Matches(uuidPattern)
  dossierId!: string | null;

  @ApiProperty({ enum: outcomes })
  @IsIn(outcomes)
  outcome!: (typeof outcomes)[number];
}

/** The access log of every service is the one kept here. */
@Controller('refusals')
export class RefusalsController {
  constructor(private readonly dataSource: DataSource) {}

  /** Said once for each refusal; said again, it stands there twice. */
  @Post()
  @HttpCode(204)
  @Action('report-refusal')
  @ApiOperation({ summary: 'Has a refusal of another service written into the access log' })
  async add(@CurrentCaller() caller: Caller, @Body() { officialId, postId, officeId, ...refusal }: RefusalDto) {
    if (caller.kind !== 'service') throw new ActionForbidden('report-refusal');
    const route = `${caller.service}: ${refusal.route}`;
    await logRefusal(this.dataSource.manager, { officialId, postId, officeId }, { ...refusal, route });
  }
}
