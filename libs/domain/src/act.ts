import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import type { Timekeeping } from './deadlines';

/** Who acts, when it happened (mapped time), and what the deadlines are computed with. */
export interface Act extends Timekeeping {
  readonly actor: PostHolder;
  /** Who proposed what the actor approves, where it takes two; absent or null where one decides alone. */
  readonly proposedBy?: PostHolder | null;
  readonly occurredAt: Instant;
}
