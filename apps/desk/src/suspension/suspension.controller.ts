import { Body, Controller } from '@nestjs/common';
import { CommandDto, ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import { requireRightTo } from '../organisation/signing';
import { ReceiveSupplementDto } from '../papers/papers.dto';
import { RequestPaymentDto, RequestSupplementDto } from './suspension.dto';

/** Waiting for somebody else: the office's clock stands still, and runs on when what it waited for has come. */
@Controller('dossiers/:dossierId')
export class SuspensionController {
  @DossierCommand('request-supplement')
  requestSupplement(@Body() body: RequestSupplementDto): Make {
    const { reasonCode, components, legalBasis = null, approvedBy = null } = body;
    return (scene) => {
      requireRightTo('approve-exception', approvedBy, 'approvedBy', scene);
      return { command: { name: 'request-supplement', reasonCode, components, legalBasis, approvedBy } };
    };
  }

  @DossierCommand('receive-supplement')
  receiveSupplement(@Body() { papers }: ReceiveSupplementDto): Make {
    return () => ({ command: { name: 'receive-supplement', ...(papers && { papers }) } });
  }

  @DossierCommand('request-payment')
  requestPayment(@Body() { amountMinor, currency }: RequestPaymentDto): Make {
    return () => ({ command: { name: 'request-payment', amountMinor, currency } });
  }

  @DossierCommand('receive-payment')
  receivePayment(@Body() _: CommandDto): Make {
    return () => ({ command: { name: 'receive-payment' } });
  }

  /** Asked for in error: nothing is due, and the clock runs again. */
  @DossierCommand('cancel-payment')
  cancelPayment(@Body() { reasonCode }: ReasonedDto): Make {
    return () => ({ command: { name: 'cancel-payment', reasonCode } });
  }

  @DossierCommand('suspend')
  suspend(@Body() { reasonCode }: ReasonedDto): Make {
    return () => ({ command: { name: 'suspend', reasonCode } });
  }

  @DossierCommand('resume')
  resume(@Body() _: CommandDto): Make {
    return () => ({ command: { name: 'resume' } });
  }
}
