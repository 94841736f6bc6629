import { FieldInvalid, holderOf, mayAnswer, scopeOf, type MandateAction } from '#domain';
import type { Scene } from '../command/dossier-commands';
import { requireOfficial } from './organisation-directory';

/**
 * Who signs or approves must at that instant head an office at or above the one that holds or decides the dossier, stand in
 * for such a head, or hold a mandate. Of records that are taken over it is not asked: who signed them is history. Null names
 * nobody.
 *
 * @throws FieldInvalid naming whom it takes
 */
export function requireRightTo(
  action: MandateAction,
  officialId: string | null,
  field: string,
  { subject, dossier, occurredAt }: Pick<Scene, 'subject' | 'dossier' | 'occurredAt'>,
): void {
  const { organisation, rights } = subject;
  requireOfficial(organisation, officialId, field);
  if (officialId === null || scopeOf('record-past', rights) !== null) return;
  const { procedureCode } = dossier;
  const offices = [holderOf(dossier).officeId, dossier.decidingOfficeId];
  if (
    offices.some((officeId) => mayAnswer(organisation, officialId, { action, officeId, procedureCode }, occurredAt))
  ) {
    return;
  }
  throw new FieldInvalid(
    field,
    `must head an office at or above ${[...new Set(offices)].join(' or ')}, stand in for its head, or hold a mandate to ${action} at ${occurredAt}`,
  );
}
