import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, MaxLength, Min } from 'class-validator';
import { currencyPattern, feeIdPattern, feeTimes, paymentMethods, type FeeTime, type PaymentMethod } from '#contracts';
import { CommandDto, ReasonedDto, reasonPattern } from '../command/command.dto';

/** No fee is as large; sums of as many as a dossier can hold stay exact. */
const MAX_AMOUNT_MINOR = 1_000_000_000_000;

function IsAmountMinor(): PropertyDecorator {
  const rules = [IsInt(), Min(1), Max(MAX_AMOUNT_MINOR)];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}

/**
 * A citation, not a text: words, and the number of the document as such are written: `22/2024/NQ-HĐND`, `97/2015/QH13`,
 * `766/QĐ-TTg`. What is cited of it may follow. No number is as long as that of a person or a telephone.
 */
const citation =
  /^(?!.*\d{9})[\p{L}\p{M}\d ,.()-]*\b\d+(\/\d{4})?\/\p{Lu}[\p{L}\p{M}\d]*(-[\p{L}\p{M}\d]+)*([ ,;][\p{L}\p{M}\d ,;.()/-]*)?$/u;

export class ChargeFeeDto extends CommandDto {
  @ApiProperty({ example: 8000, maximum: MAX_AMOUNT_MINOR, description: "In the currency's smallest unit." })
  @IsAmountMinor()
  amountMinor: number;

  @ApiProperty({ example: 'VND' })
  @Matches(new RegExp(currencyPattern))
  currency: string;

  @ApiProperty({ example: 'certificate-issue', description: 'Code of what is charged for.' })
  @Matches(reasonPattern)
  basis: string;

  @ApiProperty({
    example: 'Nghị quyết 22/2024/NQ-HĐND',
    description:
      'What the fee rests on: a legal document with its number. It stands in an event; free text goes into remark.',
  })
  @MaxLength(120)
  @Matches(citation, { message: '$property must cite a legal document by its number, like Nghị quyết 22/2024/NQ-HĐND' })
  legalBasis: string;

  @ApiProperty({ enum: feeTimes, description: 'When it is collected.' })
  @IsIn(feeTimes)
  collectedAt: FeeTime;
}

/** Which fee, and how much of it. */
class FeeAmountDto extends CommandDto {
  @ApiProperty({ description: 'As the dossier shows it: a UUID, or payment-<sequence> of a payment request.' })
  @Matches(new RegExp(feeIdPattern))
  feeId: string;

  @ApiProperty({ example: 8000, maximum: MAX_AMOUNT_MINOR, description: "In the currency's smallest unit." })
  @IsAmountMinor()
  amountMinor: number;
}

export class PayFeeDto extends FeeAmountDto {
  @ApiProperty({ example: 'BL-0004711', description: 'Number of the receipt that the payer got.' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/)
  receiptNumber: string;

  @ApiProperty({ enum: paymentMethods })
  @IsIn(paymentMethods)
  method: PaymentMethod;
}

export class RefundFeeDto extends FeeAmountDto {
  @ApiProperty({ example: 'charged-in-error', description: 'Code of the reason; free text goes into remark.' })
  @Matches(reasonPattern)
  reasonCode: string;
}

export class CancelFeeDto extends ReasonedDto {
  @ApiProperty({ description: 'As the dossier shows it; a payment request is cancelled with cancel-payment.' })
  @Matches(new RegExp(feeIdPattern))
  feeId: string;
}
