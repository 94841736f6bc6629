import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsName, reasonPattern } from '../command/command.dto';

export class AddAttachmentDto {
  @ApiPropertyOptional({ description: 'The paper of the procedure that the file is; without it, none of them.' })
  @IsOptional()
  @IsName()
  component?: string;
}

/** Without a remark: why is said by the code alone. */
export class WithdrawAttachmentDto {
  @ApiProperty({ example: 'wrong-file', description: 'Code of the reason, of the office’s own.' })
  @Matches(reasonPattern)
  reasonCode: string;
}
