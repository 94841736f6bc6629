import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { CommandDto, HolderDto, IsName, IsPart, ReasonedDto } from '../command/command.dto';

export class HandOverDto extends CommandDto {
  @ApiProperty({ type: HolderDto })
  @IsPart(() => HolderDto)
  to: HolderDto;

  @ApiPropertyOptional({
    example: 'examine',
    description: 'Step of the procedure that begins; its limit starts to run.',
  })
  @IsOptional()
  @IsName()
  step?: string;
}

export class ReassignDto extends ReasonedDto {
  @ApiProperty({ type: HolderDto })
  @IsPart(() => HolderDto)
  to: HolderDto;
}
