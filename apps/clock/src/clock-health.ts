import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { DataSource } from 'typeorm';
import type { StreamListener } from '#messaging';
import { Clock, ConsumerChecks, DeadLetters, HealthChecks, Metrics, type Progress } from '#platform';
import { CheckRounds } from './checking/check-rounds';
import { Watching } from './escalating/watching';
import { LISTENER } from './hearing/listener';
import { TEMPORAL } from './telling/dossier-workflows';
import { reasonOf } from './telling/temporal-errors';

/** Longer than this nobody waits to be told how the clock is. */
const TEMPORAL_TIMEOUT_MS = 2_000;

/** How the clock is: its database, what it has not heard yet, whether workflows run, and which dossiers are blocked. */
@Injectable()
export class ClockHealth extends HealthChecks {
  private readonly consumer: ConsumerChecks;

  constructor(
    private readonly dataSource: DataSource,
    @Inject(LISTENER) listener: StreamListener,
    deadLetters: DeadLetters,
    private readonly watching: Watching,
    private readonly rounds: CheckRounds,
    @Inject(TEMPORAL) private readonly temporal: Client,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    super();
    this.consumer = new ConsumerChecks(listener, deadLetters, metrics);
  }

  override needs() {
    return { database: () => this.dataSource.query('select 1') };
  }

  override async caughtUp() {
    const [consumer, temporalWorker] = await Promise.all([this.consumer.caughtUp(), this.worker()]);
    return { ...consumer, temporalWorker, workflowsMended: this.rounds.progress };
  }

  private async worker(): Promise<Progress> {
    const trouble = this.watching.trouble ?? (await this.temporalTrouble());
    return trouble === null ? { ok: true, lag: 0 } : { ok: false, lag: 1, detail: trouble };
  }

  /** A worker counts as running also while Temporal is away: it polls until Temporal answers again. */
  private async temporalTrouble(): Promise<string | null> {
    const { options, workflowService } = this.temporal;
    const { namespace } = options;
    const deadline = this.clock.realNow().getTime() + TEMPORAL_TIMEOUT_MS;
    try {
      await this.temporal.withDeadline(deadline, () => workflowService.describeNamespace({ namespace }));
      return null;
    } catch (error) {
      return `Temporal does not answer: ${reasonOf(error)}`;
    }
  }
}
