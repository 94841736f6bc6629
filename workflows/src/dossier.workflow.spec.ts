import { TestWorkflowEnvironment } from '@temporalio/testing';
import { servers } from '#testing';
import type { Escalate, Verdict } from '#contracts';
import { bundleCode } from './build/bundle-code';
import { deadlines, lan, minh, minutesAfter, rung, ruleAct, silence, type DossierBook } from '../test/dossier-book';
import { recordedLives, writeGolden, type RecordedLife } from '../test/golden-histories';
import { DeskByRule, DeskOfOpinions, DeskStandIn, quietTemporal, Stage, type Lived } from '../test/stage';

jest.setTimeout(60_000);

let stage: Stage;

beforeAll(async () => {
  quietTemporal();
  const path = servers().timeSkippingServerPath;
  const server = { executable: { type: 'existing-path', path } } as const;
  stage = Stage.of(
    await TestWorkflowEnvironment.createTimeSkipping({ server, client: { identity: 'stage' } }),
    await bundleCode(),
  );
});

afterAll(async () => {
  await stage.env.teardown();
});

const livesLived = new Set<RecordedLife>();

/** With RECORD_HISTORIES set, the life's history joins the golden set that every later version must replay. */
function recorded(name: RecordedLife, history: Lived['history']): void {
  livesLived.add(name);
  if (process.env['RECORD_HISTORIES'] !== undefined) writeGolden(name, history);
}

/** A dossier received now, with a ladder of three rungs after one, two and three days. */
async function received(): Promise<DossierBook> {
  const book = await stage.book();
  book.write('dossier-received', { deadlines: ladder(book, 1, 1) });
  return book;
}

function day(book: DossierBook, days: number): string {
  return minutesAfter(book.startsAt, days * 24 * 60);
}

function ladder(book: DossierBook, generation: number, fromDay: number) {
  return deadlines(
    generation,
    rung('remind', day(book, fromDay)),
    rung('late', day(book, fromDay + 1)),
    rung('very-late', day(book, fromDay + 2)),
  );
}

function countOf(
  { history }: Lived,
  attributes: 'workflowTaskCompletedEventAttributes' | 'timerStartedEventAttributes',
) {
  return history.events?.filter((event) => event[attributes]).length;
}

function rungsAsked({ desk }: Lived): readonly string[] {
  return desk.asked.map(({ rung: name }) => name);
}

function rungsThatRang({ summary }: Lived): readonly string[] {
  return summary.rang.map(({ rung: name }) => name);
}

test('a dossier returned in time costs one workflow task, and its history holds every event', async () => {
  const book = await received();

  const lived = await stage.live(book, () => Promise.resolve(), {
    before: async ({ tell }) => {
      book.write('dossier-handed-over', { to: minh });
      book.write('dossier-processed');
      book.write('dossier-returned');
      await tell(...book.after(1));
    },
  });

  expect(countOf(lived, 'workflowTaskCompletedEventAttributes')).toBe(1);
  expect(lived.history.events).toHaveLength(6);
  expect(lived.summary).toMatchObject({ ending: 'dossier-returned', lastSequence: 4, rang: [], result: 'granted' });
  expect(lived.desk.asked).toEqual([]);
  recorded('returned-in-time', lived.history);
});

test('a rung rings when its instant comes, not before, with the last entry heard', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(minutesAfter(day(book, 1), -1));
    expect(book.entries).toHaveLength(1);
    await until(minutesAfter(day(book, 1), 1));
    await tell(book.write('dossier-stopped'));
  });

  const ask: Escalate = { generation: 1, rung: 'remind', lastSequence: 1, lastHash: book.entries[0]!.hash };
  expect(lived.desk.asked).toEqual([ask]);
  expect(rungsThatRang(lived)).toEqual(['remind']);
  recorded('rung-rings', lived.history);
});

test('unanswered, the rungs ring one after the other, upwards, and a ladder used up ends nothing', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(day(book, 30));
    await tell(book.write('dossier-processed'), book.write('dossier-returned'));
  });

  expect(rungsThatRang(lived)).toEqual(['remind', 'late', 'very-late']);
  expect(rungsAsked(lived)).toEqual(['remind', 'late', 'very-late']);
  recorded('ladder-used-up', lived.history);
});

test('an acknowledgement silences the rungs that follow', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(minutesAfter(day(book, 1), 1));
    await tell(book.write('escalation-acknowledged', { rung: 'remind' }));
    await until(day(book, 30));
    await tell(book.write('dossier-returned'));
  });

  expect(rungsAsked(lived)).toEqual(['remind']);
  recorded('acknowledged', lived.history);
});

test('a suspended dossier rings no rung, and a resumed one those of its new schedule', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await tell(book.write('dossier-supplement-requested'));
    await until(day(book, 10));
    await tell(book.write('dossier-supplement-received', { deadlines: ladder(book, 2, 12) }));
    await until(minutesAfter(day(book, 12), -1));
    expect(book.entries).toHaveLength(3);
    await until(minutesAfter(day(book, 12), 1));
    await tell(book.write('dossier-returned'));
  });

  expect(lived.desk.asked).toMatchObject([{ generation: 2, rung: 'remind' }]);
  recorded('suspended-and-resumed', lived.history);
});

test('an extended dossier rings by its new appointment', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(day(book, 0.5));
    await tell(book.write('dossier-extended', { deadlines: ladder(book, 2, 5) }));
    await until(minutesAfter(day(book, 5), 1));
    await tell(book.write('dossier-returned'));
  });

  expect(lived.desk.asked).toMatchObject([{ generation: 2, rung: 'remind', lastSequence: 2 }]);
  recorded('extended', lived.history);
});

test('a rung that was answered before the workflow heard of it does not ring', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    book.write('dossier-extended', { deadlines: ladder(book, 2, 5) });
    await until(day(book, 3));
    expect(book.entries).toHaveLength(2);
    await until(minutesAfter(day(book, 5), 1));
    await tell(book.write('dossier-returned'));
  });

  expect(lived.desk.asked).toMatchObject([
    { generation: 1, rung: 'remind', lastSequence: 1 },
    { generation: 2, rung: 'remind', lastSequence: 2 },
  ]);
  expect(lived.summary.rang).toMatchObject([{ generation: 2, rung: 'remind' }]);
  recorded('answered-first', lived.history);
});

test('a rung that rang for the wrong holder rings again for the right one', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(minutesAfter(day(book, 1), 1));
    await tell(
      book.write('escalation-withdrawn', { rung: 'remind', reason: 'holder-changed' }),
      book.write('dossier-reassigned'),
    );
    await until(day(book, 1.5));
    await tell(book.write('dossier-returned'));
  });

  expect(rungsAsked(lived)).toEqual(['remind', 'remind']);
  expect(lived.summary.rang).toMatchObject([{ withdrawn: 'holder-changed' }, { withdrawn: null }]);
  recorded('holder-changed', lived.history);
});

/** `desk`'s clock is an hour behind the server's, as after a stop of a stack with simulated time. */
class DeskBehind extends DeskStandIn {
  protected override verdict(ask: Escalate): Verdict {
    return this.asked.length === 1 ? { outcome: 'not-yet', waitMs: 3_600_000, entries: [] } : super.verdict(ask);
  }
}

test('by a desk whose clock is behind, the rung rings when the desk said, once', async () => {
  const book = await received();

  const lived = await stage.live(
    book,
    async ({ until, tell }) => {
      await until(minutesAfter(day(book, 1), 59));
      expect(book.entries).toHaveLength(1);
      await until(minutesAfter(day(book, 1), 61));
      await tell(book.write('dossier-returned'));
    },
    { desk: new DeskBehind(book) },
  );

  expect(rungsAsked(lived)).toEqual(['remind', 'remind']);
  expect(rungsThatRang(lived)).toEqual(['remind']);
  recorded('not-yet', lived.history);
});

test('told while it waits for the desk to be ready, it goes by what it was told', async () => {
  const book = await received();

  const lived = await stage.live(
    book,
    async ({ until, tell }) => {
      await until(minutesAfter(day(book, 1), 10));
      const earlier = deadlines(2, rung('step-late', minutesAfter(day(book, 1), 20)));
      await tell(book.write('dossier-handed-over', { step: 'survey', deadlines: earlier }));
      await until(minutesAfter(day(book, 1), 30));
      await tell(book.write('dossier-returned'));
    },
    { desk: new DeskBehind(book) },
  );

  expect(rungsAsked(lived)).toEqual(['remind', 'step-late']);
  recorded('told-while-not-yet', lived.history);
});

/** A desk with a defect: it holds the rung for passed and has no entry that says so. */
class DeskWithoutEntry extends DeskStandIn {
  protected override verdict(): Verdict {
    return { outcome: 'recorded', entries: [] };
  }
}

test('while an answer is awaited the rule’s own instants wake it, and the lapse ends it', async () => {
  const book = await received();

  const lived = await stage.live(
    book,
    async ({ until, tell }) => {
      const answerDueAt = day(book, 4);
      const rungs = [
        ruleAct('supplement-reminder', day(book, 3), 'remind'),
        ruleAct('supplement-silence', answerDueAt, 'stop'),
      ];
      await tell(book.write('dossier-supplement-requested', { answerDueAt, deadlines: deadlines(2, ...rungs) }));
      await until(minutesAfter(day(book, 4), 1));
    },
    { desk: new DeskByRule(book) },
  );

  expect(rungsAsked(lived)).toEqual(['supplement-reminder', 'supplement-silence']);
  expect(lived.summary).toMatchObject({ ending: 'dossier-stopped', rang: [], lastSequence: 4 });
  recorded('rule-acts', lived.history);
});

test('the silence of a body that was asked wakes it at its instant, also while the clock stands still', async () => {
  const book = await received();
  const opinionId = '01932c8e-7c00-7000-8000-0000000000cc';
  const dueAt = day(book, 2);

  const lived = await stage.live(
    book,
    async ({ until, tell }) => {
      await tell(book.write('opinion-requested', { opinionId, dueAt, silence: silence(opinionId, dueAt) }));
      await tell(book.write('dossier-suspended'));
      await until(minutesAfter(dueAt, -1));
      expect(book.entries).toHaveLength(3);
      await until(minutesAfter(dueAt, 1));
      await tell(book.write('dossier-stopped'));
    },
    { desk: new DeskOfOpinions(book) },
  );

  expect(lived.desk.asked).toMatchObject([{ generation: 1, rung: 'opinion-1-silence', lastSequence: 3 }]);
  expect(book.entries.map(({ event }) => event.type)).toContain('opinion-presumed');
  expect(lived.summary).toMatchObject({ ending: 'dossier-stopped', rang: [], lastSequence: 5 });
  recorded('silence-is-consent', lived.history);
});

test('a planned date wakes it too: unkept it rings, and the rest of the ladder is open again', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ until, tell }) => {
    await until(minutesAfter(day(book, 1), 1));
    const promise = rung('broken-promise-1', minutesAfter(day(book, 1), 60), { tell: 'head-of-parent-office' });
    await tell(book.write('escalation-acknowledged', { rung: 'remind', plannedAt: promise.dueAt, promise }));
    await until(minutesAfter(day(book, 3), 1));
    await tell(book.write('dossier-returned'));
  });

  expect(rungsThatRang(lived)).toEqual(['remind', 'broken-promise-1', 'late', 'very-late']);
  recorded('broken-promise', lived.history);
});

test('a verdict that changes nothing is asked for again once a minute, not in a circle', async () => {
  const book = await received();

  const lived = await stage.live(
    book,
    async ({ until, tell }) => {
      await until(minutesAfter(day(book, 1), 4.5));
      await tell(book.write('dossier-returned'));
    },
    { desk: new DeskWithoutEntry(book) },
  );

  expect(rungsAsked(lived)).toEqual(Array(5).fill('remind'));
  recorded('idle-verdict', lived.history);
});

test('what is missing between two entries is asked for', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ tell }) => {
    book.write('dossier-handed-over', { released: { ...lan, from: day(book, 0), until: day(book, 0), workingMs: 7 } });
    await tell(book.write('dossier-returned'));
  });

  expect(lived.desk.askedFor).toEqual([1]);
  expect(lived.summary).toMatchObject({ lastSequence: 3, holders: [{ workingMs: 7 }, {}] });
  recorded('gap', lived.history);
});

test('repeats and a wrong order change nothing', async () => {
  const book = await received();

  const lived = await stage.live(book, async ({ tell }) => {
    const [first] = book.entries;
    const handedOver = book.write('dossier-handed-over');
    const corrected = book.write('dossier-corrected');
    await tell(corrected, first!, handedOver);
    await tell(handedOver);
    const returned = book.write('dossier-returned');
    await tell(returned, corrected, returned);
  });

  expect(lived.desk.askedFor).toEqual([]);
  expect(lived.summary).toMatchObject({ lastSequence: 4, holders: [{}, {}] });
  recorded('repeats', lived.history);
});

test.each([
  ['refused', 'dossier-refused'],
  ['returned', 'dossier-returned'],
  ['withdrawn', 'dossier-withdrawn'],
  ['stopped', 'dossier-stopped'],
] as const)('a dossier already %s when its workflow starts is over at once', async (name, ending) => {
  const book = await received();
  book.write(ending);

  const lived = await stage.live(book, () => Promise.resolve());

  expect(countOf(lived, 'workflowTaskCompletedEventAttributes')).toBe(1);
  expect(countOf(lived, 'timerStartedEventAttributes')).toBe(0);
  expect(lived.summary.ending).toBe(ending);
  expect(lived.desk.asked).toEqual([]);
  recorded(`${name}-on-arrival`, lived.history);
});

test('a run with a long history continues as a new one and loses nothing', async () => {
  const book = await received();
  const rounds = 42;

  const lived = await stage.live(book, async ({ tell, until }) => {
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => tell()));
      await tell(book.write('dossier-corrected'));
    }
    await until(minutesAfter(day(book, 1), 1));
    await tell(book.write('dossier-returned'));
  });

  expect(lived.history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
  expect(lived.summary).toMatchObject({ lastSequence: rounds + 3, ending: 'dossier-returned' });
  expect(lived.desk.askedFor).toEqual([]);
  expect(rungsThatRang(lived)).toEqual(['remind']);
  recorded('continues-as-new', lived.history);
  recorded('continued-as-new', lived.lastHistory);
});

test('every life that the golden set names was lived', () => {
  expect([...livesLived].sort()).toEqual([...recordedLives].sort());
});
