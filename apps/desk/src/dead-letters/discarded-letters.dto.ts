import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsNotEmpty, IsString, Matches, MaxLength, Min, ValidateIf } from 'class-validator';
import { consumers, discardReasons, type Consumer, type DeadLetterDiscarded, type DiscardReason } from '#contracts';

/** No text of the message itself: what stands in the journal stands there for ever. */
export class DiscardLetterDto implements Omit<DeadLetterDiscarded, 'actor'> {
  @ApiProperty({ enum: consumers })
  @IsIn(consumers)
  consumer: Consumer;

  @ApiProperty({ example: 'motcua.dossier' })
  @IsString()
  @IsNotEmpty()
  @Matches(/^[a-z.-]{1,64}$/)
  topic: string;

  @ApiProperty({ description: '-1 where it came by the feed.' })
  @IsInt()
  @Min(-1)
  partition: number;

  @ApiProperty({ example: '1234' })
  @Matches(/^\d{1,19}$/)
  offset: string;

  @ApiProperty({ description: 'Lower-case hex SHA-256 of its bytes.' })
  @Matches(/^[0-9a-f]{64}$/)
  sha256: string;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'null' }], description: 'The stream that waits for it.' })
  @ValidateIf((_, stream) => stream !== null)
  @IsString()
  @MaxLength(64)
  @Matches(/^[a-z0-9-]+$/)
  stream: string | null;

  @ApiProperty({ enum: discardReasons })
  @IsIn(discardReasons)
  reasonCode: DiscardReason;
}
