import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import type { Timekeeping } from './deadlines';

/** Who acts, when it happened (mapped time), and what the deadlines are computed with. */
export interface Act extends Timekeeping {
  readonly actor: PostHolder;
  readonly occurredAt: Instant;
}
