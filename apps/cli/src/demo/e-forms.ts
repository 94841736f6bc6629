import { localDate, type Instant, type WorkCalendar } from '#calendar';
import { personsName } from './people';
import type { Random } from './random';

const DAY_MS = 24 * 3_600_000;

/** What is declared of a death some days before: the answers to the e-form of its registration. */
export function declaredDeath(random: Random, at: Instant, calendar: WorkCalendar, places: readonly string[]) {
  const ago = (days: number) => localDate(calendar, new Date(Date.parse(at) - days * DAY_MS).toISOString());
  return {
    deceasedName: personsName(random),
    deceasedBorn: ago(random.between(58, 94) * 365.25),
    diedOn: ago(random.between(1, 12)),
    diedAt: random.is(0.7) ? random.pick(places) : 'Bệnh viện Hữu nghị đa khoa Nghệ An',
    cause: random.pick(['Tuổi già', 'Tai biến mạch máu não', 'Bệnh tim mạch', 'Ung thư']),
    relation: random.pick(['spouse', 'child', 'child', 'relative']),
    copies: Math.floor(random.between(1, 5)),
    residenceRemoved: random.is(0.8),
  };
}
