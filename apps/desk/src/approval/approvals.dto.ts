import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { fourEyesCommands, type FourEyesCommand } from '#domain';
import { reasonPattern } from '../command/command.dto';

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
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: 'The next page: as given by the page before.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(300)
  cursor?: string;
}
