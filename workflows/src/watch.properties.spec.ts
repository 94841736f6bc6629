import fc from 'fast-check';
import { eventSchemas, isOrganisationEventType, type JournalEntry } from '#contracts';
import { openRungs } from '#domain';
import { officeLives, type Chapter } from '../test/office-life';
import { newWatch, nextRung, watchAfter, type Watch } from './watch';

jest.setTimeout(60_000);

/** Looks at the watch and at the dossier after each entry of many lives. */
function inEveryLife(look: (watch: Watch, chapter: Chapter) => void): void {
  fc.assert(
    fc.property(officeLives, (chapters) => {
      let watch = newWatch(chapters[0]!.dossier.dossierId);
      for (const chapter of chapters) {
        watch = watchAfter(watch, [chapter.entry]).watch;
        look(watch, chapter);
      }
    }),
    { numRuns: 300 },
  );
}

test('the rung that the workflow waits for is the rung that the rules of the office hold for the next', () => {
  inEveryLife((watch, { dossier }) => {
    expect(nextRung(watch)).toEqual(openRungs(dossier)[0] ?? null);
  });
});

test('the rung that the workflow waits for is the one that each entry names', () => {
  inEveryLife((watch, { entry }) => {
    expect(nextRung(watch)?.dueAt).toBe(entry.event.nextrungat);
  });
});

test('who held the dossier, and when, is what the rules of the office say', () => {
  inEveryLife((watch, { dossier }) => {
    expect(watch.holders).toEqual(dossier.responsibility);
  });
});

test('the rungs that rang and were not withdrawn are the escalations that stand', () => {
  inEveryLife((watch, { dossier }) => {
    const standing = watch.rang.filter(({ withdrawn }) => withdrawn === null);
    expect(standing.map(({ of: _, withdrawn: __, ...escalation }) => escalation)).toEqual(dossier.escalations);
  });
});

test('how it ended, and when, is what the rules of the office say', () => {
  inEveryLife((watch, { dossier, entry }) => {
    expect(watch.endedAt).toBe(dossier.endedAt);
    expect(watch.ending).toBe(dossier.endedAt === null ? null : entry.event.type);
    expect(watch.result).toBe(dossier.result);
    expect(watch.lastSequence).toBe(dossier.lastSequence);
  });
});

test('the lives hold every event there is, and every reason why an escalation does not stand', () => {
  const events = fc.sample(officeLives, { numRuns: 4_000, seed: 23 }).flatMap((chapters) => chapters.map(eventOf));
  const dossierEvents = Object.keys(eventSchemas).filter((type) => !isOrganisationEventType(type));
  const reasons = events.flatMap((event) => (event.type === 'escalation-withdrawn' ? [event.data.reason] : []));

  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(dossierEvents.sort());
  expect([...new Set(reasons)].sort()).toEqual(['answered', 'holder-changed']);
});

function eventOf({ entry }: Chapter): JournalEntry['event'] {
  return entry.event;
}
