import { patched } from '@temporalio/workflow';
import type { WatchOrder } from '../src/activities';
import { dossier as released } from '../src/dossier.workflow';
import type { DossierSummary } from '../src/watch';
import { dossier as hasty } from './hasty.workflow';

/** The change of `hasty.workflow.ts` as it may be released: a run that began before it goes on as it began. */
export async function dossier(order: WatchOrder): Promise<DossierSummary> {
  return patched('announces-first') ? hasty(order) : released(order);
}
