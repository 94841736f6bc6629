import type { Link } from '#contracts';
import type { Act } from './act';
import { decide } from './decide';
import type { Dossier, Fact } from './dossier';
import { FieldInvalid } from './errors';
import { after } from './fold';

/**
 * The entries of links that are named when a dossier is handed in, as `link` would make them one after the other at the same
 * instant.
 *
 * @throws FieldInvalid naming the place in `links`; CommandNotAllowed
 */
export function linksAtIntake(dossier: Dossier, links: readonly Link[], act: Act): readonly Fact[] {
  const facts: Fact[] = [];
  let state = dossier;
  for (const [index, link] of links.entries()) {
    const added = linkFacts(state, link, act, index);
    facts.push(...added);
    state = added.reduce(after, state);
  }
  return facts;
}

function linkFacts(dossier: Dossier, { kind, otherDossierId }: Link, act: Act, index: number): readonly Fact[] {
  try {
    return decide(dossier, { name: 'link', kind, otherDossierId }, act);
  } catch (error) {
    if (!(error instanceof FieldInvalid)) throw error;
    throw new FieldInvalid(`links.${index}.${error.field}`, error.rule);
  }
}
