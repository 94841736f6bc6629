import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { discardReasons, type DiscardReason } from '#contracts';
import { ActionForbidden } from '#domain';
import { Action } from '../access/action';
import { CurrentCaller, type Caller } from '../access/caller';
import { DeadLetters, type LetterView, type WholeLetterView } from './dead-letters';

const idForm = /^\d{1,18}$/;

export class DeadLettersQuery {
  @ApiPropertyOptional({ description: '"next" of the page before.', default: '0' })
  @Matches(idForm)
  after: string = '0';

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class DeadLetterParameters {
  @ApiProperty({ pattern: idForm.source })
  @Matches(idForm)
  id: string;
}

export class DiscardDto {
  @ApiProperty({ enum: discardReasons, description: 'Journalled, with who discards it.' })
  @IsIn(discardReasons)
  reasonCode: DiscardReason;
}

interface LettersPage {
  readonly letters: readonly LetterView[];
  /** For `after`; null behind the last. */
  readonly next: string | null;
}

/** What a consumer could not apply, for those who look after the system; the service provides DeadLetters. */
@Controller('dead-letters')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @Action('read-dead-letters')
  @ApiOperation({ summary: 'Messages that could not be applied, oldest first, without their bodies' })
  async list(@Query() { after, limit }: DeadLettersQuery): Promise<LettersPage> {
    const found = await this.deadLetters.page(after, limit + 1);
    const letters = found.slice(0, limit);
    return { letters, next: found.length > limit ? (letters.at(-1)?.id ?? null) : null };
  }

  @Get(':id')
  @Action('read-dead-letters')
  @ApiOperation({ summary: 'One message that could not be applied, as it came' })
  show(@Param() { id }: DeadLetterParameters): Promise<WholeLetterView> {
    return this.deadLetters.find(id);
  }

  @Post(':id/resend')
  @HttpCode(200)
  @Action('resend-dead-letter')
  @ApiOperation({ summary: 'Lets the waiting dossier go on from its journal' })
  resend(@Param() { id }: DeadLetterParameters): Promise<{ readonly stream: string }> {
    return this.deadLetters.resend(id);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @Action('discard-dead-letter')
  @ApiOperation({ summary: 'Journals that the message is discarded, and lets its dossier go on from the journal' })
  async discard(
    @Param() { id }: DeadLetterParameters,
    @Body() { reasonCode }: DiscardDto,
    @CurrentCaller() caller: Caller,
  ): Promise<{ readonly stream: string | null }> {
    if (caller.kind !== 'person') throw new ActionForbidden('discard-dead-letter'); // Who did it is a person.
    return this.deadLetters.discard(id, reasonCode, caller.token);
  }
}
