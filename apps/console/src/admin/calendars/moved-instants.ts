import type { MovedDossier } from './calendar-reads';

/** What was promised to the applicant stands first. */
const names = ['appointmentAt', 'legalDueAt', 'stepDueAt', 'acceptanceDueAt'] as const;

/** One due instant of a dossier that is another by the newer calendar. */
interface MovedInstant {
  readonly name: (typeof names)[number];
  readonly was: string | null;
  readonly is: string | null;
}

/** Those of a dossier's due instants that move. */
export function movedInstants({ before, then }: Pick<MovedDossier, 'before' | 'then'>): readonly MovedInstant[] {
  return names.map((name) => ({ name, was: before[name], is: then[name] })).filter(({ was, is }) => was !== is);
}
