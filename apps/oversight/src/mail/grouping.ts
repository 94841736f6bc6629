import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { sha256Hex } from '#platform';
import { AlertEntity } from '../alerts/alert.entity';
import { DeliveryEntity } from './delivery.entity';

/** Any fixed number: with an addressee beside it, the advisory lock of whoever writes to them. */
const addresseeLock = 7_403;
/** Addressees one look goes through; more are found by the next. */
const addresseesAtOnce = 20;
/** What one mail lists at most; the rest is another mail. */
const alertsInOneMail = 100;

/**
 * The alerts of one addressee whose mails are due, those that wait longest first, locked until the transaction ends. One
 * process at a time writes to an addressee, so that many mails at once are seen as many. Empty when nothing is to be done.
 */
export async function dueOfNextAddressee(manager: EntityManager): Promise<readonly AlertEntity[]> {
  const addressees = await manager.query<{ officialId: string | null }[]>(
    `select addressee_official_id as "officialId" from oversight.delivery
     where state = 'pending' and next_attempt_at <= clock_timestamp()
     group by addressee_official_id order by min(next_attempt_at) limit ${addresseesAtOnce}`,
  );
  for (const { officialId } of addressees) {
    const due = (await isMine(manager, officialId)) ? await dueOf(manager, officialId) : [];
    if (due.length > 0) return due;
  }
  return [];
}

/** All that a grouped mail still has to tell, whenever each is due: waited for, because one mail tells the group whole. */
export async function ofGroup(manager: EntityManager, groupId: string): Promise<readonly AlertEntity[]> {
  return lockedPending(manager).andWhere('delivery.sent_with = :groupId', { groupId }).getMany();
}

/**
 * Makes these mails one, before it is sent: a repeat after a crash tells the same alerts under the same Message-ID, which is made
 * of theirs alone.
 */
export async function makeGroup(manager: EntityManager, alerts: readonly AlertEntity[]): Promise<void> {
  const messageIds = alerts.map(({ messageId }) => messageId).sort();
  const sentWith = `${sha256Hex(messageIds.join('\n'))}.group@motcua`;
  await manager
    .createQueryBuilder()
    .update(DeliveryEntity)
    .set({ sentWith })
    .where('message_id in (:...messageIds)', { messageIds })
    .execute();
}

async function isMine(manager: EntityManager, officialId: string | null): Promise<boolean> {
  const [lock] = await manager.query<{ mine: boolean }[]>(
    'select pg_try_advisory_xact_lock($1, hashtext($2)) as mine',
    [addresseeLock, officialId ?? ''],
  );
  return lock?.mine ?? false;
}

async function dueOf(manager: EntityManager, officialId: string | null): Promise<readonly AlertEntity[]> {
  return lockedPending(manager)
    .setOnLocked('skip_locked') // Rows that somebody else is at work on are passed over.
    .andWhere('delivery.next_attempt_at <= clock_timestamp()')
    .andWhere('delivery.addressee_official_id is not distinct from :officialId', { officialId })
    .orderBy('delivery.nextAttemptAt')
    .limit(alertsInOneMail)
    .getMany();
}

function lockedPending(manager: EntityManager): SelectQueryBuilder<AlertEntity> {
  return manager
    .createQueryBuilder(AlertEntity, 'alert')
    .innerJoinAndSelect('alert.delivery', 'delivery')
    .innerJoinAndSelect('alert.dossier', 'dossier')
    .where(`delivery.state = 'pending'`)
    .setLock('pessimistic_write', undefined, ['delivery']);
}
