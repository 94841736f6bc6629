import { In, Not, type EntityManager } from 'typeorm';
import { DeliveryEntity } from '../mail/delivery.entity';
import { messageIdOf } from '../mail/message-id';
import { AlertEntity } from './alert.entity';
import type { Change, RecordedAlert } from './changes';
import { DossierEntity } from './dossier.entity';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

/** The advisory lock under which numbers of `updated_seq` are drawn: any fixed pair, ours alone in this database. */
const orderOfUpdates = [7403, 1];

const nextUpdate = (): string => `nextval('oversight.alert_update')`;

/**
 * Writes what one event changes, in the transaction of `manager`.
 *
 * The caller applies the entries of a dossier one after the other (the inbox row is its lock), so that what is read here
 * of this dossier stays true until the commit.
 */
export async function applyChanges(
  manager: EntityManager,
  dossierId: string,
  changes: readonly Change[],
): Promise<void> {
  for (const change of changes) await applyChange(manager, dossierId, change);
}

async function applyChange(manager: EntityManager, dossierId: string, change: Change): Promise<void> {
  switch (change.kind) {
    case 'dossier-known':
      await knowDossier(manager, dossierId, change);
      break;
    case 'schedule-changed':
      await manager.update(DossierEntity, { dossierId }, { generation: change.generation, due: change.due });
      break;
    case 'procedure-changed':
      await manager.update(DossierEntity, { dossierId }, { procedureCode: change.procedureCode });
      break;
    case 'alert-recorded':
      await recordAlert(manager, dossierId, change.alert);
      break;
    case 'generation-acknowledged':
      await acknowledgeGeneration(manager, dossierId, change);
      break;
    case 'alert-withdrawn':
      await withdrawAlert(manager, dossierId, change);
      break;
    case 'dossier-ended':
      await endDossier(manager, dossierId, change);
      break;
  }
}

async function knowDossier(
  manager: EntityManager,
  dossierId: string,
  { code, procedureCode, generation, due }: ChangeOf<'dossier-known'>,
): Promise<void> {
  const status = 'open' as const;
  await manager.upsert(DossierEntity, { dossierId, code, procedureCode, generation, due, status }, ['dossierId']);
}

async function recordAlert(manager: EntityManager, dossierId: string, recorded: RecordedAlert): Promise<void> {
  const { generation, rung, of, dueAt, recordedAt, recordedBy, responsible, addressee } = recorded;
  const recordedBefore = await manager.countBy(AlertEntity, { dossierId, generation, rung });
  const messageId = messageIdOf({ dossierId, generation, rung }, recordedBefore + 1);
  const dossier = await manager.findOneByOrFail(DossierEntity, { dossierId });
  const told = {
    addresseeOfficialId: addressee.officialId,
    addresseePostId: addressee.postId,
    addresseeOfficeId: addressee.officeId,
  };

  await holdOrderOfUpdates(manager);
  await manager.insert(AlertEntity, {
    dossierId,
    generation,
    rung,
    messageId,
    of,
    dueAt,
    ofDueAt: dossier.generation === generation ? dossier.due[of] : null,
    recordedAt,
    recordedBy,
    responsibleOfficialId: responsible.officialId,
    responsiblePostId: responsible.postId,
    responsibleOfficeId: responsible.officeId,
    ...told,
    state: 'open',
    updatedSeq: nextUpdate,
  });
  // Ignored where the log knows the Message-ID: the read model is being rebuilt, and the mail is out already.
  await manager
    .createQueryBuilder()
    .insert()
    .into(DeliveryEntity)
    .values({ messageId, state: 'pending', ...told })
    .orIgnore()
    .execute();
}

async function acknowledgeGeneration(
  manager: EntityManager,
  dossierId: string,
  { generation, plannedAt, by }: ChangeOf<'generation-acknowledged'>,
): Promise<void> {
  await holdOrderOfUpdates(manager);
  await manager.update(
    AlertEntity,
    { dossierId, generation, state: 'open' },
    { state: 'acknowledged', plannedAt, acknowledgedBy: by.officialId, updatedSeq: nextUpdate },
  );
}

async function withdrawAlert(
  manager: EntityManager,
  dossierId: string,
  { generation, rung }: ChangeOf<'alert-withdrawn'>,
): Promise<void> {
  await holdOrderOfUpdates(manager);
  await manager.update(
    AlertEntity,
    { dossierId, generation, rung, state: Not('withdrawn' as const) },
    { state: 'withdrawn', updatedSeq: nextUpdate },
  );
}

async function endDossier(
  manager: EntityManager,
  dossierId: string,
  { endedAt }: ChangeOf<'dossier-ended'>,
): Promise<void> {
  await manager.update(DossierEntity, { dossierId }, { status: 'ended', endedAt });
  const standing = { dossierId, state: In(['open', 'acknowledged'] as const) };
  // Most dossiers end without an alert: they do not queue for the lock.
  if (!(await manager.existsBy(AlertEntity, standing))) return;
  await holdOrderOfUpdates(manager);
  await manager.update(AlertEntity, standing, { state: 'ended', updatedSeq: nextUpdate });
}

/**
 * From here to the commit no other process draws a number of `updated_seq`: a lower number is never committed after a
 * higher one, and whoever reads "greater than the last I saw" misses nothing. A bare sequence would not do: its numbers
 * commit in any order.
 */
async function holdOrderOfUpdates(manager: EntityManager): Promise<void> {
  await manager.query('select pg_advisory_xact_lock($1, $2)', orderOfUpdates);
}
