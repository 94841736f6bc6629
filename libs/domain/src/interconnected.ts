import type { Limit } from '#calendar';
import type { Defect } from '#contracts';
import type { ServiceLevel } from './procedure';

/** What a working day is converted to; apart from the opening hours of any office. */
const HOURS_A_DAY = 8;

/** Whether steps are taken by other bodies than the lead. */
export function isInterconnected({ steps }: Pick<ServiceLevel, 'steps'>): boolean {
  return steps.some(({ body }) => body !== null);
}

/**
 * Of an interconnected procedure: the first step by which the limits of the steps, one after the other, exceed the whole. What
 * each body may take has to lie inside what the law promises for all. Only working hours and days
 * are compared; other procedures plan their steps as they like, for those never replace the legal limit.
 */
export function* stepsBeyondTheWhole(serviceLevel: ServiceLevel): Generator<Defect> {
  if (!isInterconnected(serviceLevel)) return;
  for (const name of ['legalLimit', 'onlineLimit'] as const) {
    const wholeHours = hoursOf(serviceLevel[name]);
    if (wholeHours === null) continue;
    let hours = 0;
    for (const [index, { limit }] of serviceLevel.steps.entries()) {
      hours += hoursOf(limit) ?? 0;
      if (hours <= wholeHours) continue;
      const rule = `must end within ${name}: with those before it takes ${hours} working hours of ${wholeHours}`;
      yield { path: ['serviceLevel', 'steps', String(index), 'limit'], rule };
      return;
    }
  }
}

/** Null where it cannot be compared with working time. */
function hoursOf(limit: Limit | null): number | null {
  if (limit?.unit === 'WORKING_HOUR') return limit.amount;
  return limit?.unit === 'WORKING_DAY' ? limit.amount * HOURS_A_DAY : null;
}
