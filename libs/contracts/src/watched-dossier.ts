/** A dossier that the clock must know of, as `desk` has it. */
export interface WatchedDossier {
  readonly dossierId: string;
  /** Its last entry, and when that was recorded: real time, ISO 8601 UTC. */
  readonly lastSequence: number;
  readonly recordedAt: string;
  /** True when that entry ended it. */
  readonly ended: boolean;
}
