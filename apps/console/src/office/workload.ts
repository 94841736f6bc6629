import type { components } from '../api/desk';

export type PersonLoad = components['schemas']['PersonLoad'];

/** Why somebody's work needs a look: they are away and hold some, or have late ones, or far more than the others. */
type Concern = 'absent' | 'late' | 'overloaded';

/** Half as much again as the others, and not of a handful. */
export function concernOf({ open, late, usualOpen, isAbsent }: PersonLoad): Concern | null {
  if (isAbsent && open > 0) return 'absent';
  if (late > 0) return 'late';
  return usualOpen !== null && open >= 5 && open > usualOpen * 1.5 ? 'overloaded' : null;
}

/** What a transfer of all of somebody's work makes of two people's numbers; the taker may be nobody of the list. */
export function afterTransfer(
  from: Pick<PersonLoad, 'open' | 'late' | 'dueThisWeek'>,
  to: Pick<PersonLoad, 'open' | 'late' | 'dueThisWeek'>,
): readonly {
  readonly name: 'open' | 'late' | 'dueThisWeek';
  readonly from: number;
  readonly to: readonly [number, number];
}[] {
  return (['open', 'late', 'dueThisWeek'] as const).map((name) => ({
    name,
    from: from[name],
    to: [to[name], to[name] + from[name]],
  }));
}
