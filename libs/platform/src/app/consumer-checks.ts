import { MessagingUnavailable, type StreamListener } from '#messaging';
import type { DeadLetters } from '../dead-letters/dead-letters';
import type { Metrics } from '../metrics/metrics';
import type { Progress } from './health';

/** More messages than this waiting in Kafka means that the consumer is behind. */
const LAG_LIMIT = 1_000;

type CheckName = 'consumerMessages' | 'blockedDossiers' | 'deadLetters';

/** The part of its health that a service has because it hears of dossiers from Kafka. */
export class ConsumerChecks {
  constructor(
    private readonly listener: Pick<StreamListener, 'lag' | 'unknownTypes'>,
    private readonly deadLetters: Pick<DeadLetters, 'counts'>,
    metrics: Metrics,
  ) {
    metrics.addCounter(
      'motcua_unknown_events_total',
      'Events applied, since the start, of types that only a newer build knows.',
      () => listener.unknownTypes(),
    );
  }

  async caughtUp(): Promise<Record<CheckName, Progress>> {
    const [consumerMessages, { blocked, letters }] = await Promise.all([this.lag(), this.deadLetters.counts()]);
    return {
      consumerMessages,
      blockedDossiers: noneOf(blocked),
      deadLetters: noneOf(letters),
    };
  }

  private async lag(): Promise<Progress> {
    try {
      const lag = await this.listener.lag();
      return { ok: lag <= LAG_LIMIT, lag };
    } catch (error) {
      if (!(error instanceof MessagingUnavailable)) throw error;
      return { ok: false, lag: null, detail: error.message };
    }
  }
}

function noneOf(lag: number): Progress {
  return { ok: lag === 0, lag, ...(lag > 0 && { detail: 'motcua dead-letters lists them' }) };
}
