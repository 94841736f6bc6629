import type { Instant } from '#calendar';
import { endsDossier } from '#contracts';
import { openRungs, type Dossier, type Fact } from './dossier';
import { presumedOpinions, silencesBefore } from './opinions';
import { rungsDueBefore, type Recording } from './rungs';

/** Whether anything happened of itself before an instant: a rung fell due unmet, or a silence became consent. */
export function isAnythingDueBefore(dossier: Dossier, before: Instant): boolean {
  const [rung] = openRungs(dossier);
  return (rung !== undefined && rung.dueAt < before) || silencesBefore(dossier, before).length > 0;
}

/** All that happened of itself before an instant and is not on record yet, in order of its instants; an end is the last. */
export function dueBefore(dossier: Dossier, before: Instant, recording: Recording): readonly Fact[] {
  const fallenDue = rungsDueBefore(dossier, before, recording);
  const end = fallenDue.find(endsDossier)?.time ?? before;
  const facts: readonly Fact[] = [...fallenDue, ...presumedOpinions(dossier, end < before ? end : before, recording)];
  return facts
    .toSorted((one, other) => (one.time < other.time ? -1 : one.time > other.time ? 1 : 0))
    .map((fact, index) => ({ ...fact, sequence: dossier.lastSequence + 1 + index }));
}
