import { Body, Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { v7 as uuidv7 } from 'uuid';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DossierCommand, type Make } from '../command/dossier-command';
import { DossierFees, type FeesView } from './dossier-fees';
import { CancelFeeDto, ChargeFeeDto, PayFeeDto, RefundFeeDto } from './fees.dto';

/** Money beside the handling: no clock stops or runs by it, and no state changes. */
@Controller('dossiers/:dossierId')
export class FeesController {
  constructor(private readonly fees: DossierFees) {}

  @Get('fees')
  @Action('read-dossier')
  @ApiOperation({ summary: 'What is due, paid and given back, and what the office owes back by its procedure' })
  read(@CurrentCaller() caller: Caller, @Param('dossierId', ParseUUIDPipe) dossierId: string): Promise<FeesView> {
    return this.fees.of(caller, dossierId);
  }

  /** Its id is drawn here; the answer shows it. */
  @DossierCommand('charge-fee')
  charge(@Body() { amountMinor, currency, basis, legalBasis, collectedAt }: ChargeFeeDto): Make {
    const fee = { feeId: uuidv7(), amountMinor, currency, basis, legalBasis, collectedAt };
    return () => ({ command: { name: 'charge-fee', ...fee } });
  }

  @DossierCommand('pay-fee')
  pay(@Body() { feeId, amountMinor, receiptNumber, method }: PayFeeDto): Make {
    return () => ({ command: { name: 'pay-fee', feeId, amountMinor, receiptNumber, method } });
  }

  /** For what is given back before the end; what a confirmed withdrawal gives back it records itself. */
  @DossierCommand('refund-fee')
  refund(@Body() { feeId, amountMinor, reasonCode }: RefundFeeDto): Make {
    return () => ({ command: { name: 'refund-fee', feeId, amountMinor, reasonCode } });
  }

  /** A charge made in error, while nobody has paid it; what was paid is given back. */
  @DossierCommand('cancel-fee')
  cancel(@Body() { feeId, reasonCode }: CancelFeeDto): Make {
    return () => ({ command: { name: 'cancel-fee', feeId, reasonCode } });
  }
}
