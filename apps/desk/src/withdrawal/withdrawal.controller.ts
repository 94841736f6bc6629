import { Body, Controller } from '@nestjs/common';
import { CommandDto, ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';

/** The applicant asks to take the dossier back; an official confirms or declines. */
@Controller('dossiers/:dossierId')
export class WithdrawalController {
  @DossierCommand('request-withdrawal')
  request(@Body() _: CommandDto): Make {
    return () => ({ command: { name: 'request-withdrawal' } });
  }

  @DossierCommand('confirm-withdrawal')
  confirm(@Body() _: CommandDto): Make {
    return () => ({ command: { name: 'confirm-withdrawal' } });
  }

  @DossierCommand('decline-withdrawal')
  decline(@Body() { reasonCode }: ReasonedDto): Make {
    return () => ({ command: { name: 'decline-withdrawal', reasonCode } });
  }
}
