import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action, CurrentCaller, type Caller } from '#platform';
import { Workload, type WorkloadView } from './workload';
import { WorkloadDto } from './workload.dto';

/** Who has too much to do, or is away. */
@Controller('workload')
export class WorkloadController {
  constructor(private readonly workload: Workload) {}

  @Get()
  @Action('read-workload')
  @ApiOperation({
    summary: 'How much open work each official has in each post, and who is away: most late first',
    description:
      'Everybody who holds a post there now, and whoever else holds open work of it. `usualOpen` is the median of the open work of ' +
      'the others of the same office. Complaints about the caller are not counted.',
  })
  read(@CurrentCaller() caller: Caller, @Query() { officeId }: WorkloadDto): Promise<WorkloadView> {
    return this.workload.of(caller, officeId ?? null);
  }
}
