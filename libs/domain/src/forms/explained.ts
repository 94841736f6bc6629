import type { Fact } from '../dossier';
import { FieldInvalid } from '../errors';
import { entriesOfForm } from './kinds';
import { inWords, type ReasonCatalogue } from './reasons';

const toldInLetters: ReadonlySet<string> = new Set(Object.values(entriesOfForm).flat());

/**
 * Refuses a new entry whose letter could never be printed: one that makes a form, with a reason that neither the catalogue nor
 * `remark`, which is written for the file with it (null for nothing), puts in words. Of any other entry each code is right.
 *
 * @throws FieldInvalid for `reasonCode`
 */
export function requireExplained(facts: readonly Fact[], reasons: ReasonCatalogue, remark: string | null): void {
  for (const { type, data } of facts) {
    if (!toldInLetters.has(type) || !('reasonCode' in data) || data.reasonCode === null) continue;
    if (inWords(reasons, data.reasonCode, remark) !== null) continue;
    const known = [...reasons.keys()].join(', ');
    throw new FieldInvalid('reasonCode', `must be one that the letter has words for (${known}), or come with a remark`);
  }
}
