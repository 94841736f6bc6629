import type { VersionInTime } from './catalogue-reads';

/** Which of the versions, newest first, takes new dossiers on a day, `YYYY-MM-DD`; null where none does. */
export function takingOn(versions: readonly VersionInTime[], day: string): VersionInTime | null {
  return versions.find((version) => isTakenOn(version, day)) ?? null;
}

/** Which version takes new dossiers on a day once one is published. */
export function takingOncePublished(
  versions: readonly VersionInTime[],
  published: number,
  day: string,
): VersionInTime | null {
  return takingOn(
    versions.map((one) => (one.version === published ? { ...one, state: 'published' } : one)),
    day,
  );
}

/** Which version takes new dossiers from a day on once one is withdrawn from that day. */
export function takingOnceWithdrawn(
  versions: readonly VersionInTime[],
  withdrawn: number,
  from: string,
): VersionInTime | null {
  return takingOn(
    versions.filter(({ version }) => version !== withdrawn),
    from,
  );
}

function isTakenOn({ state, validFrom, withdrawnFrom }: VersionInTime, day: string): boolean {
  if (state === 'draft' || (validFrom !== null && day < validFrom)) return false;
  return withdrawnFrom === null || day < withdrawnFrom;
}
