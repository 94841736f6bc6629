import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { MailNotAccepted, pauseAfterAttempts, RemoteRefusal } from '#platform';
import { AlertEntity } from '../alerts/alert.entity';
import { addresseeOf, responsibleOf } from '../alerts/alert-view';
import { OversightSettings } from '../oversight.settings';
import { AddressBook } from './address-book';
import { alertMail, type AlertMailData, type MailText } from './alert-mail';
import { DeliveryEntity, type DeliveryState } from './delivery.entity';
import { groupMail } from './group-mail';
import { dueOfNextAddressee, makeGroup, ofGroup } from './grouping';
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
   * Sends the mail that has waited longest, and marks it in the same transaction after the mail server has accepted it. Where more
   * wait for the same person than the settings say, they become one mail first, in a transaction of its own.
   *
   * The row locks keep every other process away from it meanwhile. A crash in between leaves it pending: it goes out once
   * more, with the same Message-ID.
   */
  async deliverNext(): Promise<'more' | 'idle'> {
    return this.dataSource.transaction(async (manager) => {
      const due = await dueOfNextAddressee(manager);
      const [first] = due;
      if (!first) return 'idle';
      const { sentWith } = first.delivery;
      const ungrouped = due.filter(({ delivery }) => delivery.sentWith === null);
      if (sentWith !== null) await this.deliverAs(manager, sentWith, await ofGroup(manager, sentWith));
      else if (ungrouped.length > this.settings.MAIL_GROUP_ABOVE) await makeGroup(manager, ungrouped);
      else await this.deliverAs(manager, first.messageId, [first]);
      return 'more';
    });
  }

  private async deliverAs(manager: EntityManager, messageId: string, alerts: readonly AlertEntity[]): Promise<void> {
    const open = alerts.filter(({ state }) => state === 'open');
    const outcome = open.length === 0 ? null : await this.deliver(messageId, open);
    for (const { state, delivery } of alerts) {
      // Also for one whose mail went out before a crash: nobody can know, and the words leave it open.
      const closed = notSent(`The alert was ${state} before a mail was known to be out.`);
      await mark(manager, delivery, state === 'open' && outcome !== null ? outcome : closed);
    }
  }

  /** One mail of open alerts, all to the same person. */
  private async deliver(messageId: string, alerts: readonly AlertEntity[]): Promise<Outcome> {
    const officialId = alerts[0]?.addresseeOfficialId ?? null;
    if (!this.mailer.canSend) return notSent('No mail server is set (SMTP_URL).');
    if (officialId === null) return notSent('The post was vacant.');
    try {
      const to = await this.addresses.addressOf(officialId);
      if (to === null) return notSent('The official has no mail address on record.');
      await this.mailer.send({ to, messageId, ...this.textOf(messageId, alerts) });
      return { kind: 'sent' };
    } catch (error) {
      if (error instanceof MailNotAccepted || error instanceof RemoteRefusal) {
        return { kind: 'in-vain', reason: error.message };
      }
      throw error;
    }
  }

  private textOf(messageId: string, alerts: readonly AlertEntity[]): MailText {
    const all = alerts.map(mailDataOf);
    const [only] = all;
    const isOfItsOwn = alerts[0]?.messageId === messageId;
    return only && isOfItsOwn
      ? alertMail(only, this.settings.DISPLAY_TIME_ZONE)
      : groupMail(all, this.settings.DISPLAY_TIME_ZONE);
  }
}

function mailDataOf({
  dossierId,
  generation,
  rung,
  of,
  dueAt,
  ofDueAt,
  dossier,
  ...alert
}: AlertEntity): AlertMailData {
  const { code, procedureCode } = dossier;
  const told = { responsible: responsibleOf(alert), addressee: addresseeOf(alert) };
  return { dossierId, code, procedureCode, generation, rung, of, dueAt, ofDueAt, ...told };
}

type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'in-vain'; readonly reason: string };

function notSent(reason: string): Outcome {
  return { kind: 'not-sent', reason };
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
