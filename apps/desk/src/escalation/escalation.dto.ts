import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsNotEmpty, IsString, Matches, Min } from 'class-validator';
import type { Escalate } from '#contracts';
import { IsInstant, ReasonedDto } from '../command/command.dto';

export class EscalateDto implements Escalate {
  @ApiProperty()
  @IsInt()
  @Min(1)
  generation: number;

  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  rung: string;

  @ApiProperty({ description: 'The last entry the workflow has heard.' })
  @IsInt()
  @Min(1)
  lastSequence: number;

  @ApiProperty()
  @Matches(/^[0-9a-f]{64}$/)
  lastHash: string;
}

export class AcknowledgeDto extends ReasonedDto {
  @ApiProperty({
    format: 'date-time',
    description: 'By when the head plans the dossier to be done; unkept, it tells whoever stands above.',
  })
  @IsInstant()
  plannedAt: string;
}
