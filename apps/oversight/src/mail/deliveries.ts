import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { MailNotAccepted, pauseAfterAttempts, RemoteRefusal } from '#platform';
import { AlertEntity } from '../alerts/alert.entity';
import { addresseeOf, responsibleOf } from '../alerts/alert-view';
import { OversightSettings } from '../oversight.settings';
import { AddressBook } from './address-book';
import { alertMail, type MailText } from './alert-mail';
import { DeliveryEntity, type DeliveryState } from './delivery.entity';
import { Mailer } from './mailer';

/** The delivery log: what is to be sent, and what became of it. */
@Injectable()
export class Deliveries {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly addresses: AddressBook,
    private readonly mailer: Mailer,
    private readonly settings: OversightSettings,
  ) {}

  /** Oldest first; `after` is the Message-ID of the last one already read. */
  async page({
    state,
    after,
    limit,
  }: {
    state: DeliveryState;
    after: string | null;
    limit: number;
  }): Promise<readonly DeliveryEntity[]> {
    const query = this.dataSource
      .createQueryBuilder(DeliveryEntity, 'delivery')
      .where('delivery.state = :state', { state });
    if (after !== null) {
      query.andWhere(
        `(delivery.created_at, delivery.message_id) >
           (select created_at, message_id from oversight.delivery where message_id = :after)`,
        { after },
      );
    }
    return query.orderBy('delivery.createdAt').addOrderBy('delivery.messageId').limit(limit).getMany();
  }

  /**
   * Sends the mail that has waited longest, and marks it in the same transaction after the mail server has accepted it.
   *
   * The row lock keeps every other process away from it meanwhile. A crash in between leaves it pending: it goes out once
   * more, with the same Message-ID.
   */
  async deliverNext(): Promise<'more' | 'idle'> {
    return this.dataSource.transaction(async (manager) => {
      const alert = await nextDue(manager);
      if (alert === null) return 'idle';
      await mark(manager, alert.delivery, await this.deliver(alert));
      return 'more';
    });
  }

  private async deliver(alert: AlertEntity): Promise<Outcome> {
    // Also for one whose mail went out before a crash: nobody can know, and the words leave it open.
    if (alert.state !== 'open') return notSent(`The alert was ${alert.state} before a mail was known to be out.`);
    if (!this.mailer.canSend) return notSent('No mail server is set (SMTP_URL).');
    if (alert.addresseeOfficialId === null) return notSent('The post was vacant.');
    try {
      const to = await this.addresses.addressOf(alert.addresseeOfficialId);
      if (to === null) return notSent('The official has no mail address on record.');
      await this.mailer.send({ to, messageId: alert.messageId, ...this.textOf(alert) });
      return { kind: 'sent' };
    } catch (error) {
      if (error instanceof MailNotAccepted || error instanceof RemoteRefusal) {
        return { kind: 'in-vain', reason: error.message };
      }
      throw error;
    }
  }

  private textOf({ dossierId, generation, rung, of, dueAt, ofDueAt, dossier, ...alert }: AlertEntity): MailText {
    const { code, procedureCode } = dossier;
    const told = { responsible: responsibleOf(alert), addressee: addresseeOf(alert) };
    const data = { dossierId, code, procedureCode, generation, rung, of, dueAt, ofDueAt, ...told };
    return alertMail(data, this.settings.DISPLAY_TIME_ZONE);
  }
}

type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'in-vain'; readonly reason: string };

function notSent(reason: string): Outcome {
  return { kind: 'not-sent', reason };
}

/** Rows that another process, or another loop of this one, is at work on are passed over. */
async function nextDue(manager: EntityManager): Promise<AlertEntity | null> {
  return manager
    .createQueryBuilder(AlertEntity, 'alert')
    .innerJoinAndSelect('alert.delivery', 'delivery')
    .innerJoinAndSelect('alert.dossier', 'dossier')
    .where(`delivery.state = 'pending' and delivery.next_attempt_at <= clock_timestamp()`)
    .orderBy('delivery.nextAttemptAt')
    .limit(1)
    .setLock('pessimistic_write', undefined, ['delivery'])
    .setOnLocked('skip_locked')
    .getOne();
}

async function mark(manager: EntityManager, { messageId, attempts }: DeliveryEntity, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      await manager.update(
        DeliveryEntity,
        { messageId },
        { state: 'sent', attempts: attempts + 1, lastError: null, sentAt: () => 'clock_timestamp()' },
      );
      break;
    case 'not-sent':
      await manager.update(DeliveryEntity, { messageId }, { state: 'not-sent', lastError: outcome.reason });
      break;
    case 'in-vain': {
      const tried = { attempts: attempts + 1, lastError: outcome.reason };
      const pauseMs = pauseAfterAttempts(attempts + 1);
      const next =
        pauseMs === null
          ? { state: 'failed' as const }
          : { nextAttemptAt: () => `clock_timestamp() + interval '${pauseMs} milliseconds'` };
      await manager.update(DeliveryEntity, { messageId }, { ...tried, ...next });
      break;
    }
  }
}
