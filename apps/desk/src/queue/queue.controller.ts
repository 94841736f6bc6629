import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { QueueDto, QueueParams } from './queue.dto';
import { Queues, type QueuePage } from './queues';

/** The day's work. */
@Controller('queues')
export class QueueController {
  constructor(private readonly queues: Queues) {}

  @Get(':queue')
  @Action('read-queue')
  @ApiOperation({
    summary: 'Dossiers in sight that wait for somebody, what is late first, with how many stand how',
    description:
      'Each row says how the dossier stands by the office’s clock and how much working time is left. The counts are those of the ' +
      'queue and all filters but `state`. No row names an applicant.',
  })
  page(@CurrentCaller() caller: Caller, @Param() { queue }: QueueParams, @Query() query: QueueDto): Promise<QueuePage> {
    return this.queues.page(caller, queue, query);
  }
}
