import { FieldInvalid } from './errors';
import type { ProcedureVersion } from './procedure';

/**
 * Refuses to ask for what is no part of a dossier of this procedure: the letter names each component as the procedure does.
 * Where the procedure describes none, any code may be asked for.
 *
 * @throws FieldInvalid for `components`
 */
export function requireKnownComponents(
  components: readonly string[],
  { code, description }: Pick<ProcedureVersion, 'code' | 'description'>,
): void {
  const known = (description?.components ?? []).map((component) => component.code);
  const unknown = components.find((one) => !known.includes(one));
  if (known.length === 0 || unknown === undefined) return;
  throw new FieldInvalid('components', `must be those of procedure ${code} (${known.join(', ')}), not "${unknown}"`);
}
