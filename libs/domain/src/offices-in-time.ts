import type { Instant } from '#calendar';
import type { PostHolder } from '#contracts';
import { holdsPost, type Office, type Organisation } from './organisation';

/**
 * The office that an office has become at an instant: itself until it ends, then its successor, and so on. Null where the
 * id names none, or one that ended without a successor.
 */
export function officeAt(organisation: Organisation, officeId: string, at: Instant): Office | null {
  const offices = officesById(organisation);
  let office = offices.get(officeId);
  // An organisation that was checked has no circle of successors; the count is the wall against one that was not.
  for (let steps = 0; office && hasEnded(office, at) && steps <= offices.size; steps += 1) {
    office = office.successorId === null ? undefined : offices.get(office.successorId);
  }
  return office && !hasEnded(office, at) ? office : null;
}

/** True from the instant on at which the office ends. */
export function hasEnded({ validUntil }: Office, at: Instant): boolean {
  return validUntil !== null && validUntil <= at;
}

/** True while the office exists: begun, and not ended. */
export function existsAt(office: Office, at: Instant): boolean {
  return (office.validFrom === null || office.validFrom <= at) && !hasEnded(office, at);
}

/** True where work can be given to somebody at an instant: they hold that post, of an office that is there. */
export function canTakeWork(organisation: Organisation, holder: PostHolder, at: Instant): boolean {
  const office = officesById(organisation).get(holder.officeId);
  return office !== undefined && existsAt(office, at) && holdsPost(organisation, holder, at);
}

/**
 * The office and all above it at an instant, nearest first, each as what it has become. One that ended without a successor
 * still leads to those above it.
 */
export function officesUpward(organisation: Organisation, officeId: string, at: Instant): readonly Office[] {
  const offices = officesById(organisation);
  const upward: Office[] = [];
  let next: string | null = officeId;
  while (next !== null) {
    const named = offices.get(next);
    if (!named) break;
    const office: Office = officeAt(organisation, named.id, at) ?? named;
    // An office that became one of those below it is passed over: above it stands what stood above it.
    next = upward.includes(office) ? named.parentId : office.parentId;
    if (!upward.includes(office)) upward.push(office);
  }
  return upward;
}

/** The calendar an office works by: its own, else that of the nearest office above; null where none has one. */
export function calendarIdOf(organisation: Organisation, officeId: string, at: Instant): string | null {
  return officesUpward(organisation, officeId, at).find(({ calendarId }) => calendarId !== null)?.calendarId ?? null;
}

/** True where the office is, or has become by an instant, the other or one below it. */
export function isWithin(organisation: Organisation, officeId: string, aboveId: string, at: Instant): boolean {
  return officesUpward(organisation, officeId, at).some(({ id }) => id === aboveId);
}

/** What an office has become by an instant, by id. */
export function becomesAt(organisation: Organisation, at: Instant): (officeId: string) => string {
  return (officeId) => officeAt(organisation, officeId, at)?.id ?? officeId;
}

/** A loaded organisation never changes, and a country has thousands of offices. */
const known = new WeakMap<Organisation, ReadonlyMap<string, Office>>();

function officesById(organisation: Organisation): ReadonlyMap<string, Office> {
  const before = known.get(organisation);
  if (before) return before;
  const offices = new Map(organisation.offices.map((office) => [office.id, office]));
  known.set(organisation, offices);
  return offices;
}
