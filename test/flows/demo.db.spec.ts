import { parseWorkCalendar } from '#calendar';
import { parseProcedureVersion } from '#domain';
import { DeskAtWork } from '../../apps/desk/test/desk-at-work';
import { absencesAround } from '../../apps/cli/src/demo/absences';
import type { YearSources } from '../../apps/cli/src/demo/life';
import { desks, recordYear } from '../../apps/cli/src/demo/live-demo';
import { demoOffices } from '../../apps/cli/src/demo/offices';
import { threeOffices } from '../../apps/cli/src/demo/organisation';
import { pastOf, yearBefore } from '../../apps/cli/src/demo/year';
import { demoContent } from '../../apps/cli/src/start/content';

jest.setTimeout(60_000);

/* A small year of the demo, recorded in a real desk as a start records it. */

const now = '2026-11-21T00:00:00.000Z';
const content = threeOffices(demoContent(), now);
const sources: YearSources = {
  seed: 7,
  now,
  calendar: parseWorkCalendar(content.calendars.find((one) => (one as { id: string }).id === 'vn-office')),
  procedures: content.procedures.map(parseProcedureVersion),
  offices: demoOffices.map((office) => ({ ...office, dossiers: office.dossiers / 20 })),
  absences: absencesAround(now),
};
const lives = yearBefore(sources);

let desk: DeskAtWork;
const begun = new Map<number, string>();
beforeAll(async () => {
  desk = await DeskAtWork.start({
    brokers: '127.0.0.1:1',
    organisation: content.organisation,
    timeMap: { mapped: now, speed: 1440 },
  });
});
afterAll(() => desk.stop());

async function record() {
  const deskOf = await desks(
    { services: { desk: desk.url }, dataFolder: desk.dataFolder(), ownerUrl: desk.database.ownerUrl },
    content,
  );
  return recordYear(pastOf(now, lives), {
    desk: deskOf('quang'),
    deskFor: ({ by }) => deskOf(by.officialId, by.postId),
    sha256: 'a small year',
    begun: (trace, dossierId) => begun.set(trace, dossierId),
    interrupted: new AbortController().signal,
  });
}

test('a desk takes every act of the year, and a second start changes nothing', async () => {
  expect(await record()).toEqual([]);
  const acts =
    "select count(*)::integer as acts from desk.journal where type ~ 'submitted|received|handed-over|processed|returned'";
  const [before] = await desk.rows(acts);
  const first = new Map(begun);

  expect(await record()).toEqual([]);
  expect(await desk.rows(acts)).toEqual([before]);
  expect(begun).toEqual(first);
  expect(begun.size).toBe(lives.length);
});

test('each office has its own year: who heads it counts that, and no other’s', async () => {
  const period = 'from=2025-01-01T00:00:00.000Z&until=2026-11-21T00:00:00.000Z';
  const countedBy = async (who: string) => {
    const { body } = await desk.as(who, 'GET', `/statistics?${period}`);
    const { received, settled, pending } = body as Record<string, { total: number; online: number; late: number }>;
    return {
      accepted: received!.total,
      onlineShare: received!.online / received!.total,
      left: settled!.total + pending!.total,
    };
  };
  const [commune, ward, centre] = await Promise.all([countedBy('an'), countedBy('long'), countedBy('hung')]);

  for (const [office, counted] of [commune, ward, centre].entries()) {
    const { dossiers } = sources.offices[office]!;
    expect(counted.accepted).toBeLessThanOrEqual(dossiers); // Some were refused at the door.
    expect(counted.accepted).toBeGreaterThan(dossiers * 0.85);
    expect(counted.left).toBeLessThanOrEqual(counted.accepted);
  }
  expect(ward.onlineShare).toBeGreaterThan(0.5);
});
