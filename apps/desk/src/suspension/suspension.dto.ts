import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  Min,
} from 'class-validator';
import { CommandDto, IsName, ReasonedDto } from '../command/command.dto';

/** One more than the lawful number needs both. */
export class ExceptionDto extends ReasonedDto {
  @ApiPropertyOptional({ description: 'Legal basis of an exception from the lawful number.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  legalBasis?: string;

  @ApiPropertyOptional({ description: 'Id of the official who approved the exception.' })
  @IsOptional()
  @IsName()
  approvedBy?: string;
}

const componentWords = 'Codes of what is missing or wrong: of components, where the procedure describes them.';

export class RequestSupplementDto extends ExceptionDto {
  @ApiProperty({ type: [String], example: ['land-use-certificate'], description: componentWords })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @IsName({ each: true })
  components: string[];
}

export class RequestPaymentDto extends CommandDto {
  @ApiProperty({ example: 75000, description: "In the currency's smallest unit." })
  @IsInt()
  @Min(1)
  amountMinor: number;

  @ApiProperty({ example: 'VND' })
  @Matches(/^[A-Z]{3}$/)
  currency: string;
}
