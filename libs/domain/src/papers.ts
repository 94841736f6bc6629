import type { Instant } from '#calendar';
import type { PaperCheck, PaperState, PostHolder } from '#contracts';
import type { Fact } from './dossier';
import { FieldInvalid } from './errors';
import type { ProcedureVersion } from './procedure';

/** What somebody says of one paper. How many lie there: left out, as many as the procedure asks for. */
export interface PaperGiven {
  readonly component: string;
  readonly state: PaperState;
  readonly originals?: number;
  readonly copies?: number;
}

/** What is known of one paper, since which entry. */
export interface PaperOnFile extends PaperCheck {
  readonly sequence: number;
  readonly since: Instant;
  /** Who looked, or asked for it. */
  readonly by: PostHolder;
}

type Described = Pick<ProcedureVersion, 'code' | 'description'>;

/**
 * Every paper that these entries say something of. A request for a supplement says what is missing; when the supplement has come,
 * what was asked for lies there to be looked at.
 */
export function papersOf(facts: readonly Fact[]): readonly PaperOnFile[] {
  const known = new Map<string, PaperOnFile>();
  let asked: readonly string[] = [];
  for (const fact of facts) {
    if (fact.type === 'dossier-supplement-requested') asked = fact.data.components;
    for (const check of saidBy(fact, known, asked)) {
      known.set(check.component, { ...check, sequence: fact.sequence, since: fact.time, by: fact.data.actor });
    }
  }
  return [...known.values()];
}

function saidBy(fact: Fact, known: ReadonlyMap<string, PaperCheck>, asked: readonly string[]): readonly PaperCheck[] {
  if (fact.type === 'papers-checked') return fact.data.papers;
  if (fact.type === 'dossier-supplement-requested') return asked.map((component) => none(component, 'missing'));
  if (fact.type !== 'dossier-supplement-received') return [];
  const stillMissing = asked.filter((component) => known.get(component)?.state === 'missing');
  return stillMissing.map((component) => none(component, 'not-looked-at'));
}

function none(component: string, state: PaperState): PaperCheck {
  return { component, state, originals: 0, copies: 0 };
}

/** The entries up to one, with what was found of the papers in the same act: that is journalled right behind it. */
export function papersInSameAct<Entry extends Fact>(entries: readonly Entry[], sequence: number): readonly Entry[] {
  const [entry, next] = entries.filter((one) => one.sequence === sequence || one.sequence === sequence + 1);
  const isSameAct = next?.type === 'papers-checked' && next.time === entry?.time;
  return entries.filter((one) => one.sequence <= (isSameAct ? next.sequence : sequence));
}

/**
 * What was found, as it is journalled.
 *
 * @throws FieldInvalid naming the place in `papers`: of the procedure's components only, each once, counted only where it lies there
 */
export function checkedPapers(papers: readonly PaperGiven[], procedure: Described): readonly PaperCheck[] {
  const codes = papers.map(({ component }) => component);
  requireKnownComponents(codes, procedure, 'papers');
  return papers.map(({ component, state, originals, copies }, index) => {
    if (codes.indexOf(component) < index) {
      throw new FieldInvalid(`papers.${index}.component`, `"${component}" stands twice`);
    }
    if (state !== 'present') {
      if (originals || copies) throw new FieldInvalid(`papers.${index}.state`, 'must be "present" to be counted');
      return none(component, state);
    }
    if (originals === 0 && copies === 0) {
      throw new FieldInvalid(`papers.${index}.originals`, 'must say how many lie there, or that it is missing');
    }
    const wanted = procedure.description?.components.find(({ code }) => code === component);
    return {
      component,
      state,
      originals: originals ?? wanted?.originals ?? 1,
      copies: copies ?? wanted?.copies ?? 0,
    };
  });
}

/**
 * Refuses what is no part of a dossier of this procedure: a form names each component as the procedure does. Where the procedure
 * describes none, any code may be named.
 *
 * @throws FieldInvalid for the field
 */
export function requireKnownComponents(
  components: readonly string[],
  { code, description }: Described,
  field: 'components' | 'papers' | 'componentCode',
): void {
  const known = (description?.components ?? []).map((component) => component.code);
  const unknown = components.find((one) => !known.includes(one));
  if (known.length === 0 || unknown === undefined) return;
  throw new FieldInvalid(field, `must be those of procedure ${code} (${known.join(', ')}), not "${unknown}"`);
}
