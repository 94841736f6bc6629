import type { Link } from '#contracts';
import type { CommandOf } from './commands';
import type { Dossier } from './dossier';
import { FieldInvalid } from './errors';

/** The link that a command asks for. @throws FieldInvalid for a dossier with itself, and for what is noted already */
export function linked({ dossierId, links }: Dossier, { kind, otherDossierId }: CommandOf<'link'>): Link {
  if (otherDossierId === dossierId) throw new FieldInvalid('otherDossierId', 'must be another dossier');
  if (links.some((one) => one.kind === kind && one.otherDossierId === otherDossierId)) {
    throw new FieldInvalid('otherDossierId', `is linked as ${kind} already`);
  }
  return { kind, otherDossierId };
}
