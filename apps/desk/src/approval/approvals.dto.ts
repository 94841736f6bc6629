import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsObject, Matches } from 'class-validator';
import { fourEyesCommands, type FourEyesCommand } from '#domain';
import { IsPageCursor, IsPageLimit, reasonPattern } from '../command/command.dto';

/** A command that takes two persons, as one of them would give it. */
export class ProposeDto {
  @ApiProperty({ enum: fourEyesCommands })
  @IsIn(fourEyesCommands)
  command: FourEyesCommand;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The body of the command of that name.' })
  @IsObject()
  body: object;
}

export class DeclineDto {
  @ApiProperty({ example: 'survey', description: 'Code of the reason, of `GET /reasons` or of the office’s own.' })
  @Matches(reasonPattern)
  reasonCode: string;
}

/** A page of what waits, oldest first. */
export class WaitingDto {
  @IsPageLimit()
  limit: number = 50;

  @IsPageCursor(300)
  cursor?: string;
}
