import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { Addressee } from '#contracts';
import { Action } from '#platform';
import { addresseeOf } from '../alerts/alert-view';
import { DeliveriesQuery } from './deliveries.dto';
import { Deliveries } from './deliveries';
import type { DeliveryEntity, DeliveryState } from './delivery.entity';

/** One mail of the delivery log; instants are ISO 8601 UTC, real time. */
export interface DeliveryView {
  readonly messageId: string;
  /** The id of the mail that tells this alert and others; null for a mail of its own. */
  readonly sentWith: string | null;
  readonly addressee: Addressee;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly reason: string | null;
  readonly createdAt: string;
  /** Null unless the mail is still to be tried. */
  readonly nextAttemptAt: string | null;
  readonly sentAt: string | null;
}

interface DeliveriesPage {
  readonly deliveries: readonly DeliveryView[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
}

/** What became of the mails, for those who look after the system. */
@Controller('alerts/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  /** Oldest first. */
  @Get()
  @Action('read-deliveries')
  @ApiOperation({ summary: 'What became of the mails, oldest first' })
  async list(@Query() { state, cursor, limit }: DeliveriesQuery): Promise<DeliveriesPage> {
    const page = await this.deliveries.page({ state, after: cursor ?? null, limit: limit + 1 });
    const shown = page.slice(0, limit);
    return { deliveries: shown.map(viewOf), next: page.length > limit ? (shown.at(-1)?.messageId ?? null) : null };
  }
}

function viewOf(delivery: DeliveryEntity): DeliveryView {
  return {
    messageId: delivery.messageId,
    sentWith: delivery.sentWith,
    addressee: addresseeOf(delivery),
    state: delivery.state,
    attempts: delivery.attempts,
    reason: delivery.lastError,
    createdAt: delivery.createdAt.toISOString(),
    nextAttemptAt: delivery.state === 'pending' ? delivery.nextAttemptAt.toISOString() : null,
    sentAt: delivery.sentAt?.toISOString() ?? null,
  };
}
