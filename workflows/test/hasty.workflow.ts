import { proxyActivities } from '@temporalio/workflow';
import type { WatchOrder } from '../src/activities';
import { dossier as released } from '../src/dossier.workflow';
import type { DossierSummary } from '../src/watch';

interface NewActivities {
  readonly announce: (dossierId: string) => Promise<void>;
}

const { announce } = proxyActivities<NewActivities>({ startToCloseTimeout: '30 seconds' });

/** The workflow as somebody might change it in haste: something new comes before all else. No life replays through it. */
export async function dossier(order: WatchOrder): Promise<DossierSummary> {
  await announce(order.watch.dossierId);
  return released(order);
}
