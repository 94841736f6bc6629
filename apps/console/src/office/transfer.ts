import { call } from '../api/call';
import type { components } from '../api/desk';

/** Whose open work is handed on: what an official holds in an office, or all that is held in an office that has ended. */
export interface Whose {
  readonly fromOfficialId?: string;
  readonly fromOfficeId: string;
}

/** A transfer as its dialog decides it. */
export interface Transfer extends Whose {
  readonly operationId: string;
  readonly reasonCode: string;
  /** `officialId|postId`; empty: of an ended office's work who held it and has a post in the successor, else who is head there. */
  readonly to: string;
}

/** What stays with whoever holds it, and why. */
export type Staying = components['schemas']['Staying'];

/** What was done so far, page by page. */
export interface Moved {
  readonly moved: number;
  readonly left: readonly Staying[];
  readonly isDone: boolean;
}

/** A dossier that would be handed on, and to whom. */
export type Moving = components['schemas']['TransferableDossier'];

/** How many there are of each, most first. */
export function countsBy<One>(ones: readonly One[], by: (one: One) => string): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const one of ones) counts.set(by(one), (counts.get(by(one)) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}

const PAGE = 25;

/** Decides once and applies page by page. Both may be sent again: what was moved is not moved twice. @throws Problem */
export async function transfer({ to, ...decision }: Transfer, tell: (moved: Moved) => void): Promise<void> {
  const [officialId, postId] = to.split('|');
  await send('/api/desk/work-transfers', { ...decision, ...(to !== '' && { to: { officialId, postId } }) });
  let sum: Moved = { moved: 0, left: [], isDone: false };
  for (let after: string | null = null; ;) {
    const path = `/api/desk/work-transfers/${decision.operationId}/pages`;
    const page: Page = await send(path, { limit: PAGE, ...(after !== null && { after }) });
    sum = { moved: sum.moved + page.moved, left: [...sum.left, ...page.left], isDone: page.next === null };
    tell(sum);
    if (page.next === null) return;
    after = page.next;
  }
}

type Page = components['schemas']['Transferred'];

async function send<Body>(path: string, body: object): Promise<Body> {
  return (await call<Body>(path, { method: 'POST', body })).body;
}
