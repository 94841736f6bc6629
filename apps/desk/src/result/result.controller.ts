import { Body, Controller } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { proofs, recipients, results, type Proof, type Recipient, type Result } from '#contracts';
import { CommandDto, ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';

export class MarkProcessedDto extends CommandDto {
  @ApiProperty({ enum: results })
  @IsIn(results)
  result: Result;
}

export class ReturnDto extends CommandDto {
  @ApiProperty({ enum: recipients, description: 'Who took the result.' })
  @IsIn(recipients)
  to: Recipient;

  @ApiProperty({ enum: proofs, description: 'What shows it.' })
  @IsIn(proofs)
  proof: Proof;
}

/** How a dossier ends: with a result at the desk and in the applicant's hand, or stopped. */
@Controller('dossiers/:dossierId')
export class ResultController {
  @DossierCommand('mark-processed')
  markProcessed(@Body() { result }: MarkProcessedDto): Make {
    return () => ({ command: { name: 'mark-processed', result } });
  }

  @DossierCommand('return')
  return(@Body() { to, proof }: ReturnDto): Make {
    return () => ({ command: { name: 'return', to, proof } });
  }

  @DossierCommand('stop')
  stop(@Body() { reasonCode }: ReasonedDto): Make {
    return () => ({ command: { name: 'stop', reasonCode } });
  }
}
