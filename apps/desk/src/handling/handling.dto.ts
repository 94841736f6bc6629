import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { CommandDto, HolderDto, IsName, ReasonedDto } from '../command/command.dto';

export class HandOverDto extends CommandDto {
  @ApiProperty({ type: HolderDto })
  @ValidateNested()
  @Type(() => HolderDto)
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
  @ValidateNested()
  @Type(() => HolderDto)
  to: HolderDto;
}
