import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { DiscardedLetter } from '#contracts';
import { Action, CurrentCaller, type Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';
import { DiscardLetterDto } from './discarded-letters.dto';

/** Messages that consumers put aside and people discard: consumers write no facts, so that this is journalled here. */
@Controller('dead-letters')
export class DiscardedLettersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
  ) {}

  /** Given by the consumer, in the name of the person, before it takes the message away. Idempotent per message. */
  @Post('discarded')
  @HttpCode(200)
  @Action('discard-dead-letter')
  @ApiOperation({ summary: 'Journals that a message a consumer put aside is discarded; a repeat adds nothing' })
  async discard(@CurrentCaller() caller: Caller, @Body() letter: DiscardLetterDto): Promise<{ changed: boolean }> {
    return this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, 'organisation');
      const subject = await this.access.subjectOf(manager, caller);
      this.access.scope(subject, 'discard-dead-letter');
      if (await isDiscarded(manager, letter)) return { changed: false };
      const { consumer, topic, partition, offset, sha256, stream, reasonCode } = letter;
      const which = { consumer, topic, partition, offset, sha256, stream };
      await this.journal.add(manager, 'organisation', 'dead-letter-discarded', {
        actor: subject.actor,
        ...which,
        reasonCode,
      });
      return { changed: true };
    });
  }
}

/** Under the stream's lock; discards are few. */
async function isDiscarded(manager: EntityManager, letter: DiscardedLetter): Promise<boolean> {
  const { consumer, topic, partition, offset, sha256 } = letter;
  const known = await manager.query<unknown[]>(
    `select 1 from desk.journal
     where stream = 'organisation' and type = 'dead-letter-discarded' and body::jsonb -> 'data' @> $1::jsonb limit 1`,
    [JSON.stringify({ consumer, topic, partition, offset, sha256 })],
  );
  return known.length > 0;
}
