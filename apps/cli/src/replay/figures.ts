/** How the settled dossiers stand to one of their due instants, on the office's local days. */
export interface Punctualities {
  readonly early: number;
  readonly onTime: number;
  readonly late: number;
}

/** What a log came to, as of its last instant, nobody acknowledging: once lived by the engine, once counted from the file. */
export interface Figures {
  readonly received: number;
  readonly settled: number;
  readonly open: number;
  /** Ends that lie before their dossier's start. */
  readonly refusedEnds: number;
  readonly handOvers: number;
  readonly appointment: Punctualities;
  readonly legal: Punctualities;
  /** Rungs at the appointment, and at the legal limit, that fell due unmet. */
  readonly appointmentEscalations: number;
  readonly legalEscalations: number;
  /** Dossiers settled after their appointment, by the official named at intake, and by the one who held it at that instant. */
  readonly lateByResponsible: ReadonlyMap<string, number>;
  readonly lateByHolder: ReadonlyMap<string, number>;
}

/** Who held a dossier at an appointment that had passed before it was handed in. */
export const NOBODY_YET = 'nobody yet (due before the intake)';

/** How often each name occurs. */
export function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
