import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@temporalio/client';
import { DataSource } from 'typeorm';
import type { StreamListener } from '#messaging';
import { answerOf, Clock, HealthChecks, type Progress } from '#platform';
import { Watching } from './escalating/watching';
import { LISTENER } from './hearing/listener';
import { TEMPORAL } from './telling/dossier-workflows';
import { reasonOf } from './telling/temporal-errors';

/** More messages than this waiting in Kafka means that the clock is behind. */
const LAG_LIMIT = 1_000;

/** Longer than this nobody waits to be told how the clock is. */
const TEMPORAL_TIMEOUT_MS = 2_000;

/** How the clock is: its database, what it has not heard yet, whether workflows run, and which dossiers are blocked. */
@Injectable()
export class ClockHealth extends HealthChecks {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(LISTENER) private readonly listener: StreamListener,
    private readonly watching: Watching,
    @Inject(TEMPORAL) private readonly temporal: Client,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async ready(): Promise<Record<string, string>> {
    return { database: await answerOf(() => this.dataSource.query('select 1')) };
  }

  override async caughtUp(): Promise<Record<string, Progress>> {
    const [consumerMessages, temporalWorker, blockedDossiers] = await Promise.all([
      this.consumer(),
      this.worker(),
      this.blocked(),
    ]);
    return { consumerMessages, temporalWorker, blockedDossiers };
  }

  private async consumer(): Promise<Progress> {
    try {
      const lag = await this.listener.lag();
      return { ok: lag <= LAG_LIMIT, lag };
    } catch (error) {
      return {
        ok: false,
        lag: Number.MAX_SAFE_INTEGER,
        detail: error instanceof Error ? error.message : String(error),
      };
    }
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

  private async blocked(): Promise<Progress> {
    const [row] = await this.dataSource.query<{ blocked: string }[]>(
      'select count(*) as blocked from clock.watch where blocked',
    );
    const lag = Number(row?.blocked ?? 0);
    return { ok: lag === 0, lag, ...(lag > 0 && { detail: 'see clock.dead_letter' }) };
  }
}
