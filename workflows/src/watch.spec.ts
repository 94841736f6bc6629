import fc from 'fast-check';
import type { DossierEventType, JournalEntry } from '#contracts';
import { deadlines, DossierBook, lan, minh, minutesAfter, rung, ruleAct, silence } from '../test/dossier-book';
import { newWatch, nextRung, summaryOf, watchAfter, type Watch } from './watch';

const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';
const opinionId = '01932c8e-7c00-7000-8000-0000000000cc';
const startsAt = '2026-11-23T01:00:00.000Z';

function at(minutes: number): string {
  return minutesAfter(startsAt, minutes);
}

/** A dossier received with a ladder of three rungs, an hour, two and three hours after the receipt. */
function receivedBook(): DossierBook {
  const book = new DossierBook(dossierId, startsAt);
  book.write('dossier-received', { deadlines: ladder(1, 60) });
  return book;
}

function ladder(generation: number, fromMinutes: number) {
  return deadlines(
    generation,
    rung('remind', at(fromMinutes)),
    rung('late', at(fromMinutes + 60)),
    rung('very-late', at(fromMinutes + 120)),
  );
}

function watchOf({ entries }: DossierBook): Watch {
  return watchAfter(newWatch(dossierId), entries).watch;
}

function nextOf(book: DossierBook): string | null {
  return nextRung(watchOf(book))?.name ?? null;
}

describe('the next rung', () => {
  test('of a dossier just received is the first of its ladder', () => {
    expect(nextOf(receivedBook())).toBe('remind');
  });

  test('of a dossier that nobody was ever told of is none', () => {
    expect(nextRung(newWatch(dossierId))).toBeNull();
  });

  test('after one rang is the next upwards, and after the last none', () => {
    const book = receivedBook();
    book.write('dossier-escalated', { rung: 'remind' });
    expect(nextOf(book)).toBe('late');
    book.write('dossier-escalated', { rung: 'late' });
    book.write('dossier-escalated', { rung: 'very-late' });
    expect(nextOf(book)).toBeNull();
  });

  test('is none once somebody is on the case, until a due instant changes', () => {
    const book = receivedBook();
    book.write('dossier-escalated', { rung: 'remind' });
    book.write('escalation-acknowledged', { rung: 'remind' });
    expect(nextOf(book)).toBeNull();
    book.write('dossier-extended', { deadlines: ladder(2, 600) });
    expect(nextOf(book)).toBe('remind');
  });

  test('is the same one again when it rang for the wrong holder', () => {
    const book = receivedBook();
    book.write('dossier-escalated', { rung: 'remind' });
    book.write('escalation-withdrawn', { rung: 'remind', reason: 'holder-changed' });
    expect(nextOf(book)).toBe('remind');
  });

  test('is the one after it when it had been answered in time', () => {
    const book = receivedBook();
    book.write('dossier-escalated', { rung: 'remind' });
    book.write('escalation-withdrawn', { rung: 'remind', reason: 'answered' });
    expect(nextOf(book)).toBe('late');
  });

  test('does not care for what rang or was withdrawn in an earlier generation', () => {
    const book = receivedBook();
    book.write('dossier-extended', { deadlines: ladder(2, 600) });
    book.write('dossier-escalated', { generation: 2, rung: 'remind' });
    book.write('dossier-escalated', { generation: 1, rung: 'late' });
    book.write('escalation-withdrawn', { generation: 1, rung: 'remind', reason: 'holder-changed' });
    expect(nextOf(book)).toBe('late');
  });

  test.each([
    ['dossier-supplement-requested', 'dossier-supplement-received'],
    ['dossier-payment-requested', 'dossier-payment-received'],
    ['dossier-payment-requested', 'dossier-payment-cancelled'],
    ['dossier-suspended', 'dossier-resumed'],
    ['dossier-withdrawal-requested', 'dossier-withdrawal-declined'],
  ] as const)('is none after %s, and the new ladder counts after %s', (stops, goesOn) => {
    const book = receivedBook();
    book.write(stops);
    expect(nextOf(book)).toBeNull();
    book.write(goesOn, { deadlines: ladder(2, 600) });
    expect(nextRung(watchOf(book))).toMatchObject({ name: 'remind', dueAt: at(600) });
  });

  test('stays none when a withdrawal is declined while the supplement is still missing', () => {
    const book = receivedBook();
    book.write('dossier-supplement-requested');
    book.write('dossier-withdrawal-requested');
    book.write('dossier-withdrawal-declined', { deadlines: null });
    expect(nextOf(book)).toBeNull();
  });

  test('stays none when a dossier that waits is handed over, and stays what it was when one in process is', () => {
    const waiting = receivedBook();
    waiting.write('dossier-suspended');
    waiting.write('dossier-handed-over');
    expect(nextOf(waiting)).toBeNull();

    const handled = receivedBook();
    handled.write('dossier-handed-over');
    expect(nextOf(handled)).toBe('remind');
  });

  test('is the silence of a body that was asked where that comes first, also while the clock stands still', () => {
    const asked = (change: object = {}) => {
      const book = receivedBook();
      book.write('opinion-requested', { silence: silence(opinionId, at(30)), ...change });
      return book;
    };
    expect(nextOf(asked())).toBe('opinion-1-silence');
    expect(nextOf(asked({ silence: silence(opinionId, at(60)) }))).toBe('remind');
    expect(nextOf(asked({ silence: null }))).toBe('remind');
    expect(nextOf(asked({ silence: undefined }))).toBe('remind'); // As an older build told it.

    for (const type of ['opinion-given', 'opinion-presumed'] as const) {
      const answered = asked();
      answered.write(type);
      expect(nextOf(answered)).toBe('remind');
    }
    const suspended = asked();
    suspended.write('dossier-suspended');
    expect(nextOf(suspended)).toBe('opinion-1-silence');
    suspended.write('dossier-processed');
    expect(nextOf(suspended)).toBeNull();
  });

  test('of what was taken over while it waits is of that wait, where something limits it', () => {
    const clockStops = [{ reason: 'supplement', from: startsAt, until: null }] as const;
    const takenOver = (change: object) => {
      const book = new DossierBook(dossierId, startsAt);
      book.write('dossier-received', { clockStops, deadlines: ladder(1, 60), ...change });
      return book;
    };
    const reminder = deadlines(1, ruleAct('supplement-reminder', at(30), 'remind'));

    expect(nextOf(takenOver({}))).toBeNull();
    expect(nextOf(takenOver({ answerDueAt: undefined, stoppedRungs: undefined }))).toBeNull(); // As an older build told it.
    expect(nextOf(takenOver({ answerDueAt: at(90), deadlines: reminder }))).toBe('supplement-reminder');
  });

  test('follows the limit of a new step', () => {
    const book = receivedBook();
    book.write('dossier-handed-over', { step: 'survey', deadlines: deadlines(2, rung('step-late', at(30))) });
    expect(nextOf(book)).toBe('step-late');
  });

  test.each([
    'dossier-processed',
    'dossier-returned',
    'dossier-refused',
    'dossier-withdrawn',
    'dossier-stopped',
  ] as const)('is none after %s', (type) => {
    const book = receivedBook();
    book.write('opinion-requested', { silence: silence(opinionId, at(30)) });
    book.write(type);
    expect(nextOf(book)).toBeNull();
  });
});

describe('the summary', () => {
  test('says who held the dossier, for how long, and how it ended', () => {
    const book = new DossierBook(dossierId, startsAt);
    book.write('dossier-submitted', { holder: lan });
    book.write('dossier-received', { holder: lan, code: 'H41.16-261123-0007' }, at(10));
    const given = { ...lan, from: startsAt, until: at(20), workingMs: 1_200_000 };
    book.write('dossier-handed-over', { released: given, to: minh }, at(20));
    book.write('dossier-processed', { result: 'refused' }, at(80));
    const kept = { ...minh, from: at(20), until: at(90), workingMs: 4_200_000 };
    const last = book.write('dossier-returned', { released: kept }, at(90));

    expect(summaryOf(watchOf(book))).toEqual({
      dossierId,
      code: 'H41.16-261123-0007',
      receivedAt: at(10),
      holders: [given, kept],
      rang: [],
      result: 'refused',
      ending: 'dossier-returned',
      endedAt: at(90),
      lastSequence: 5,
      lastHash: last.hash,
    });
  });

  test('names a new holder when the online submission is accepted by somebody else', () => {
    const book = new DossierBook(dossierId, startsAt);
    book.write('dossier-submitted', { holder: lan });
    const released = { ...lan, from: startsAt, until: at(10), workingMs: 600_000 };
    book.write('dossier-received', { holder: minh, released }, at(10));

    expect(summaryOf(watchOf(book)).holders).toEqual([
      released,
      { ...minh, from: at(10), until: null, workingMs: null },
    ]);
  });

  test('keeps each rung that rang, who was told, and why it does not stand', () => {
    const book = receivedBook();
    book.write('dossier-escalated', { rung: 'remind' }, at(60));
    book.write('escalation-withdrawn', { rung: 'remind', reason: 'holder-changed' });
    book.write('dossier-escalated', { rung: 'remind', responsible: minh }, at(60));

    expect(summaryOf(watchOf(book)).rang).toMatchObject([
      {
        rung: 'remind',
        dueAt: at(60),
        responsible: lan,
        addressee: { officialId: 'huong' },
        withdrawn: 'holder-changed',
      },
      { rung: 'remind', dueAt: at(60), responsible: minh, withdrawn: null },
    ]);
  });
});

describe('what is heard in any order, with repeats, in any portions', () => {
  const types: readonly DossierEventType[] = [
    'dossier-handed-over',
    'dossier-reassigned',
    'dossier-supplement-requested',
    'dossier-supplement-received',
    'dossier-payment-requested',
    'dossier-payment-received',
    'dossier-payment-cancelled',
    'dossier-suspended',
    'dossier-resumed',
    'dossier-extended',
    'dossier-escalated',
    'escalation-acknowledged',
    'escalation-withdrawn',
    'dossier-withdrawal-requested',
    'dossier-withdrawal-declined',
    'dossier-processed',
    'dossier-corrected',
    'papers-checked',
    'fee-charged',
    'fee-paid',
    'fee-refunded',
    'fee-cancelled',
    'attachment-added',
    'attachment-withdrawn',
  ];
  const change = fc.record({
    rung: fc.constantFrom('remind', 'late', 'very-late'),
    generation: fc.integer({ min: 1, max: 3 }),
    reason: fc.constantFrom('answered', 'holder-changed'),
    ladder: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
  });

  /** A journal of any length, whatever `desk` would say to it. */
  const books = fc
    .tuple(fc.array(fc.tuple(fc.constantFrom(...types), change), { maxLength: 25 }), fc.boolean())
    .map(([happenings, ends]) => {
      const book = receivedBook();
      for (const [type, { ladder: generation, ...data }] of happenings) {
        const withDeadlines = type.endsWith('-received') || type === 'dossier-resumed' || type === 'dossier-extended';
        const made = generation ?? (withDeadlines ? 1 : null);
        book.write(type, {
          ...data,
          ...(made !== null && { deadlines: ladder(made, 60 * made) }),
        });
      }
      if (ends) book.write('dossier-stopped');
      return book;
    });

  /** Entries as a careless messenger brings them: shuffled, some twice, in portions of any size. */
  const deliveries = books.chain((book) =>
    fc
      .tuple(
        fc.shuffledSubarray([...book.entries, ...book.entries], { minLength: book.entries.length }),
        fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
      )
      .map(([entries, sizes]) => ({ book, portions: portionsOf(entries, sizes) })),
  );

  function portionsOf(entries: readonly JournalEntry[], sizes: Iterator<number>): readonly (readonly JournalEntry[])[] {
    if (entries.length === 0) return [];
    const size = (sizes.next() as { value: number }).value;
    return [entries.slice(0, size), ...portionsOf(entries.slice(size), sizes)];
  }

  /** As the workflow does: what is missing is asked for. */
  function heard(watch: Watch, entries: readonly JournalEntry[], book: DossierBook): Watch {
    const { watch: after, missesEntries } = watchAfter(watch, entries);
    return missesEntries ? watchAfter(after, book.after(after.lastSequence)).watch : after;
  }

  test('adds up to the same watch', () => {
    fc.assert(
      fc.property(deliveries, ({ book, portions }) => {
        const carelessly = portions.reduce((watch, portion) => heard(watch, portion, book), newWatch(dossierId));
        const rest = heard(carelessly, book.entries, book);
        expect(rest).toEqual(watchOf(book));
      }),
      { numRuns: 2_000 },
    );
  });

  test('is applied up to the first gap and no further', () => {
    fc.assert(
      fc.property(books, fc.nat(), (book, drawn) => {
        const lost = drawn % book.entries.length;
        const { watch, missesEntries } = watchAfter(
          newWatch(dossierId),
          book.entries.filter((_, index) => index !== lost),
        );
        expect(watch).toEqual(watchAfter(newWatch(dossierId), book.entries.slice(0, lost)).watch);
        expect(missesEntries).toBe(lost < book.entries.length - 1);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is a valid watch after every entry: plain data, one holder of now unless ended, no rung of another generation', () => {
    fc.assert(
      fc.property(books, (book) => {
        for (let length = 1; length <= book.entries.length; length += 1) {
          const { watch } = watchAfter(newWatch(dossierId), book.entries.slice(0, length));
          const next = nextRung(watch);
          expect(JSON.parse(JSON.stringify(watch))).toEqual(watch);
          expect(watch.holders.filter(({ until }) => until === null)).toHaveLength(watch.endedAt === null ? 1 : 0);
          const known = [...watch.schedule.rungs, ...(watch.silences ?? [])];
          expect(next === null || known.includes(next)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
