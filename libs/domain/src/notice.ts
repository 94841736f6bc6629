import { endsDossier, type DossierEventType, type NoticeKind } from '#contracts';
import type { Fact } from './dossier';
import { reminderOf } from './rung-names';

/** What an applicant is told of, by the entry that causes it. Of everything else they hear nothing. */
const toldOf: { readonly [Type in DossierEventType]?: NoticeKind } = {
  'dossier-received': 'received',
  'dossier-refused': 'refused',
  'dossier-supplement-requested': 'supplement',
  'dossier-payment-requested': 'payment',
  'applicant-reminded': 'reminder',
  'dossier-extended': 'apology',
  'dossier-processed': 'ready',
  'dossier-stopped': 'stopped',
  'dossier-withdrawn': 'withdrawn',
};

/**
 * What the applicant is told because of this; null for nothing. Of what was taken over, the other system has told them; where
 * another body is awaited they owe nothing.
 */
export function noticeCausedBy(fact: Fact): NoticeKind | null {
  if (fact.type === 'dossier-received' && (fact.data.takenOver || fact.data.takenOverFrom !== null)) return null;
  if (fact.type === 'applicant-reminded' && fact.data.rung === reminderOf('other-body')) return null;
  return toldOf[fact.type] ?? null;
}

/** What the applicant is told of facts recorded at once. Nobody is reminded of what they come too late for with the same entries. */
export function noticesCausedBy(facts: readonly Fact[]): readonly { readonly fact: Fact; readonly kind: NoticeKind }[] {
  const hasEnded = facts.some(endsDossier);
  return facts.flatMap((fact) => {
    const kind = noticeCausedBy(fact);
    return kind === null || (kind === 'reminder' && hasEnded) ? [] : [{ fact, kind }];
  });
}
