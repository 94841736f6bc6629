import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** An act upon a version of a procedure: on which decision it rests. */
export class PublishDto {
  @ApiProperty({ example: 'Quyết định 1234/QĐ-UBND', description: 'The decision behind it.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  legalBasis: string;
}

export class WithdrawDto extends PublishDto {
  @ApiPropertyOptional({
    example: '2027-03-01',
    description: "The first day, in the zone of its calendar, on which it takes no new dossiers. Default: today's.",
  })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  from?: string;
}
