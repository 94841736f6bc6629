import type { Report } from '#local';
import type { Sizes } from './sizes';
import type { BareIntake } from './bare/postgres';
import type { BareTemporal } from './bare/temporal';
import type { BenchStack } from './stack';

/** What a part measures with: one running stack, the bare references on the same servers, and how much to do. */
export interface Bench {
  readonly stack: BenchStack;
  readonly bareIntake: BareIntake;
  readonly bareTemporal: BareTemporal;
  readonly sizes: Sizes;
  /** Temporal's visibility indexes stay as shipped; else they are made partial. */
  readonly asShipped: boolean;
  readonly report: Report;
}
