import type { Organisation, PostTenure } from './organisation';

/** Tenures that a later version of an organisation ends earlier, or has not any more: their work may have to be handed on. */
export function lostTenures(before: Organisation, after: Organisation): readonly PostTenure[] {
  return before.tenures.filter((tenure) => {
    const then = after.tenures.find((other) => isSame(tenure, other));
    return !then || (then.until !== null && (tenure.until === null || then.until < tenure.until));
  });
}

function isSame(one: PostTenure, other: PostTenure): boolean {
  return one.officialId === other.officialId && one.postId === other.postId && one.from === other.from;
}
