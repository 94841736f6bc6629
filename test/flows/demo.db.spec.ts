import { parseWorkCalendar } from '#calendar';
import { parseProcedureVersion } from '#domain';
import { DeskAtWork } from '../../apps/desk/test/desk-at-work';
import { absencesAround } from '../../apps/cli/src/demo/absences';
import { recorder, type YearSources } from '../../apps/cli/src/demo/life';
import { desks, recordYear } from '../../apps/cli/src/demo/live-demo';
import { demoOffices } from '../../apps/cli/src/demo/offices';
import { threeOffices } from '../../apps/cli/src/demo/organisation';
import { speak } from '../../apps/cli/src/demo/speak';
import { voicesOf, type Voice } from '../../apps/cli/src/demo/voices';
import { pastOf, yearBefore } from '../../apps/cli/src/demo/year';
import { serviceAs } from '../../apps/cli/src/stack-access';
import { demoContent } from '../../apps/cli/src/start/content';

jest.setTimeout(240_000);

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

function deskOfEverybody() {
  const stack = { services: { desk: desk.url }, dataFolder: desk.dataFolder(), ownerUrl: desk.database.ownerUrl };
  return desks(stack, content);
}

async function record() {
  const deskOf = await deskOfEverybody();
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

test('what applicants say is heard, papers are kept as files, and a second start hears nothing twice', async () => {
  const { trace } = lives.find((life) => life.at(-1)!.name === 'return' && life.at(-1)!.at <= now)![0]!;
  const open = lives.length;
  begun.set(open, (await desk.receive({ procedureCode: 'S1.000005' })).dossierId);
  const voices: readonly Voice[] = [
    ...voicesOf(lives, sources), // Of so few dossiers not every kind may be there.
    { trace, kind: 'message', text: 'Xin hỏi bao giờ tôi nhận được kết quả?' },
    { trace, kind: 'rating', rating: 5, words: 'Nhanh, lịch sự.' },
    { trace: open, kind: 'file', component: 'application-form' },
    { trace, kind: 'complaint', about: 'office', text: 'Tôi khiếu nại việc phải đi lại nhiều lần.' },
  ];
  const hear = async () => {
    const recorderOf = await deskOfEverybody();
    const gateway = serviceAs('gateway', desk.url, desk.dataFolder());
    return speak(voices, { recorder: recorderOf(recorder), gateway, known: begun, sha256: 'a small year' });
  };
  const there = () =>
    desk.rows(`select (select count(*)::integer from desk.note) as messages, (select count(*)::integer from desk.feedback) as ratings,
      (select count(*)::integer from desk.attachment) as files,
      (select count(*)::integer from desk.dossier where status = 'submitted') as submissions`);
  const countOf = (kind: string) => voices.filter((voice) => voice.kind === kind).length;
  const [{ submissions: before }] = (await there()) as [{ submissions: number }];

  expect(await hear()).toEqual([]);
  expect(await hear()).toEqual([]);
  expect(await there()).toEqual([
    {
      messages: countOf('message'),
      ratings: countOf('rating'),
      files: countOf('file'),
      submissions: before + countOf('complaint'),
    },
  ]);
});

test('fees are in the book, and answers to e-forms with what they declare', async () => {
  const events = await desk.rows(
    `select count(*) filter (where type = 'fee-paid')::integer as paid, count(*) filter (where type = 'fee-charged')::integer as charged from desk.journal`,
  );
  const [{ answered }] = (await desk.rows('select count(*)::integer as answered from desk.e_form')) as [
    { answered: number },
  ];

  expect(events).toEqual([{ paid: expect.any(Number), charged: (events as [{ paid: number }])[0].paid }]);
  expect((events as [{ paid: number }])[0].paid).toBeGreaterThan(0);
  expect(answered).toBeGreaterThan(0);
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
