import type { Instant } from '#calendar';
import type { PostHolder, Recorder, Tell, Addressee } from '#contracts';
import { holderOf, openRungs, type Dossier, type FactOf } from './dossier';

/** Who is told by a rung: found in the organisation as it stood at the instant. */
export type FindAddressee = (tell: Tell, responsible: PostHolder, at: Instant) => Addressee;

/**
 * The rungs that fell due unmet before an instant, as facts in order of their instants: every caller that records rungs
 * records these and no others. An event at the very instant of a rung comes before it, so the comparison is strict.
 */
export function rungsDueBefore(
  dossier: Dossier,
  before: Instant,
  record: { readonly actor: PostHolder; readonly recordedBy: Recorder; readonly findAddressee: FindAddressee },
): readonly FactOf<'dossier-escalated'>[] {
  const { officialId, postId, officeId } = holderOf(dossier);
  const responsible = { officialId, postId, officeId };
  return openRungs(dossier)
    .filter((rung) => rung.dueAt < before)
    .map((rung, index) => ({
      type: 'dossier-escalated',
      subject: dossier.dossierId,
      sequence: dossier.lastSequence + 1 + index,
      time: rung.dueAt,
      data: {
        actor: record.actor,
        generation: dossier.schedule.generation,
        rung: rung.name,
        of: rung.of,
        responsible,
        addressee: record.findAddressee(rung.tell, responsible, rung.dueAt),
        recordedBy: record.recordedBy,
      },
    }));
}
