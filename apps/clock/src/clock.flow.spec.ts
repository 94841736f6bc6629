import type { JournalEntry, PostHolder } from '#contracts';
import type { StreamListener } from '#messaging';
import { eventually } from '#testing';
import { deadlines, lan, minh, minutesAfter, rung, type DossierBook } from '../../../workflows/test/dossier-book';
import { ClockAtWork } from '../test/clock-at-work';
import { LISTENER } from './hearing/listener';

/*
 * What Kafka tells becomes one workflow per dossier, on real servers. What the workflow itself decides is told in
 * workflows/src/dossier.workflow.spec.ts.
 */
jest.setTimeout(120_000);
const patience = { timeoutMs: 90_000 };

let work: ClockAtWork;

beforeAll(async () => {
  work = await ClockAtWork.prepare();
  await work.startClock();
});

afterAll(async () => {
  await work.stop();
});

/** An instant so many minutes from now. */
function inMinutes(minutes: number): string {
  return minutesAfter(new Date().toISOString(), minutes);
}

/** A dossier at the desk, received, with one rung; nothing of it is published. */
function received(firstRungAt = inMinutes(24 * 60)): DossierBook {
  const book = work.desk.newDossier();
  book.write('dossier-received', { deadlines: deadlines(1, rung('remind', firstRungAt)) });
  return book;
}

/** The end of a dossier that was handed over: it names who held it last. */
function returnedBy(holder: PostHolder, book: DossierBook): JournalEntry {
  return book.write('dossier-returned', {
    released: { ...holder, from: book.startsAt, until: book.startsAt, workingMs: 7 },
  });
}

/** Waits until the clock remembers to have heard of the dossier as far as its journal goes. */
async function heard({ dossierId, entries }: DossierBook): Promise<void> {
  await eventually(
    async () => expect(await work.remembered(dossierId)).toMatchObject({ heard: entries.length }),
    patience,
  );
}

/** Publishes all of the journal, and waits until it was heard. */
async function publishAndHear(book: DossierBook): Promise<void> {
  await work.publish(...book.entries);
  await heard(book);
}

/** The kinds of events in the history of the dossier's last run, as Temporal numbers them: by what each of them carries. */
async function historyOf({ dossierId }: DossierBook): Promise<string[]> {
  const { events = [] } = await work.workflowOf(dossierId).fetchHistory();
  return (events ?? []).map((event) => {
    const kind = Object.keys(event).find((name) => name.endsWith('EventAttributes'));
    return kind?.replace('EventAttributes', '') ?? '';
  });
}

async function summaryOf({ dossierId }: DossierBook) {
  return work.workflowOf(dossierId).result();
}

async function lastRunOf({ dossierId }: DossierBook) {
  const { runId, status } = await work.workflowOf(dossierId).describe();
  return { runId, status: status.name };
}

/** Waits until Temporal lists these runs of the dossier: what it lists lags behind what it does. */
async function expectRuns({ dossierId }: DossierBook, ...statuses: string[]): Promise<void> {
  await eventually(async () => expect(await work.runsOf(dossierId)).toEqual(statuses));
}

/** That the summary holds all of the journal. */
function all({ entries }: DossierBook) {
  return { lastSequence: entries.length, lastHash: entries.at(-1)?.hash };
}

test('an event delivered twice starts one workflow, and tells it nothing twice', async () => {
  const book = received();

  await work.publish(...book.entries, ...book.entries);
  await heard(book);
  await work.publish(...book.entries);
  await work.everythingHeard();

  await expectRuns(book, 'RUNNING');
  expect(await historyOf(book)).toEqual(['workflowExecutionStarted']);
  expect(await work.putAside(book.dossierId)).toEqual([]);
});

test('events out of order are put in order by asking the journal, and the workflow ends with all of them', async () => {
  const book = received();
  const handedOver = book.write('dossier-handed-over');
  const returned = returnedBy(minh, book);

  await work.publish(book.entries[0]!, returned);
  await heard(book);
  await work.publish(handedOver);
  await work.everythingHeard();

  expect(await summaryOf(book)).toMatchObject({
    ...all(book),
    ending: 'dossier-returned',
    holders: [lan, { ...minh, workingMs: 7 }],
  });
  expect(await work.putAside(book.dossierId)).toEqual([]);
});

test('an event delivered again after the end starts no second workflow', async () => {
  const book = received();
  book.write('dossier-returned');
  await publishAndHear(book);
  await summaryOf(book);
  const theOne = await lastRunOf(book);

  await work.publish(...book.entries);
  await work.everythingHeard();
  expect(await lastRunOf(book)).toEqual(theOne);

  await work.forget(book.dossierId);
  await publishAndHear(book);
  expect(await work.remembered(book.dossierId)).toEqual({ heard: 2, told: 2, closed: true, blocked: false });
  expect(await lastRunOf(book)).toEqual({ runId: theOne.runId, status: 'COMPLETED' });
  await expectRuns(book, 'COMPLETED');
});

test('a clock that stopped between telling and remembering tells what came since, and there is one workflow', async () => {
  const book = received();
  await publishAndHear(book);
  await work.forget(book.dossierId);

  book.write('dossier-handed-over', { deadlines: deadlines(2, rung('step-late', inMinutes(20))) });
  await publishAndHear(book);
  expect(await work.remembered(book.dossierId)).toMatchObject({ told: 2 });
  expect(await historyOf(book)).toContain('workflowExecutionSignaled');
  returnedBy(minh, book);
  await publishAndHear(book);

  expect(await summaryOf(book)).toMatchObject({ ...all(book), holders: [lan, minh] });
  await expectRuns(book, 'COMPLETED');
});

test('a workflow that somebody terminated is rebuilt from the journal when there is something to tell', async () => {
  const book = received();
  book.write('dossier-handed-over');
  await publishAndHear(book);
  await work.workflowOf(book.dossierId).terminate('by mistake');

  returnedBy(minh, book);
  await publishAndHear(book);

  expect(await summaryOf(book)).toMatchObject({ ...all(book), ending: 'dossier-returned', holders: [lan, minh] });
  expect(await historyOf(book)).not.toContain('activityTaskScheduled');
  await expectRuns(book, 'TERMINATED', 'COMPLETED');
});

test('an on-time life is told in two calls, and its workflow works once', async () => {
  const book = received();
  await publishAndHear(book);
  book.write('dossier-handed-over');
  book.write('dossier-processed');
  await publishAndHear(book);
  expect(await work.remembered(book.dossierId)).toMatchObject({ heard: 3, told: 1 });
  expect(await historyOf(book)).toEqual(['workflowExecutionStarted']);

  returnedBy(minh, book);
  await publishAndHear(book);

  expect(await summaryOf(book)).toMatchObject({ ...all(book), result: 'granted', holders: [lan, minh] });
  expect(await historyOf(book)).toEqual([
    'workflowExecutionStarted',
    'workflowExecutionSignaled',
    'workflowTaskScheduled',
    'workflowTaskStarted',
    'workflowTaskCompleted',
    'workflowExecutionCompleted',
  ]);
});

test('when the first rung comes, the desk is asked once, with the last entry heard', async () => {
  const wakeAt = inMinutes(0.05);
  const book = received(wakeAt);
  const [first] = book.entries;
  await work.publish(first!);
  const askedOf = () => work.desk.askedToEscalate.filter(({ dossierId }) => dossierId === book.dossierId);

  await eventually(() => expect(askedOf()).toHaveLength(1), patience);
  await eventually(() => expect(book.entries).toHaveLength(2));
  await publishAndHear(book);
  book.write('dossier-returned');
  await publishAndHear(book);

  expect(await summaryOf(book)).toMatchObject({ ...all(book), rang: [{ rung: 'remind', withdrawn: null }] });
  const [asked, ...more] = askedOf();
  expect(more).toEqual([]);
  expect(asked?.escalate).toEqual({ generation: 1, rung: 'remind', lastSequence: 1, lastHash: first!.hash });
  expect(asked?.atMs).toBeGreaterThanOrEqual(Date.parse(wakeAt));
});

test('what is no event is put aside with its reason, holds up nobody else, and can be sent again', async () => {
  const book = received();
  const others = Array.from({ length: 12 }, () => received());

  await work.publishText(book.dossierId, 'no event');
  await work.publish(...book.entries, ...others.flatMap(({ entries }) => entries));
  for (const other of others) await heard(other);
  await work.everythingHeard();

  expect(await work.putAside(book.dossierId)).toEqual([
    { stream: book.dossierId, body: 'no event', reason: 'Not an entry of a stream: it is not JSON.' },
  ]);
  expect(await work.remembered(book.dossierId)).toMatchObject({ heard: 0, blocked: true });
  for (const other of others) await expectRuns(other, 'RUNNING');
  await expectRuns(book);

  await work.unblock(book.dossierId);
  await publishAndHear(book);
  await expectRuns(book, 'RUNNING');
});

test('two clocks share the work, and each dossier has one workflow', async () => {
  const second = await work.startClock('clock.second');
  const books: DossierBook[] = [];
  const clocksAtWork = () => {
    const ids = new Set(books.map(({ dossierId }) => dossierId));
    return new Set(work.desk.askedForEntries.filter(({ dossierId }) => ids.has(dossierId)).map(({ kid }) => kid));
  };

  await eventually(async () => {
    const lives = Array.from({ length: 12 }, () => received());
    for (const life of lives) life.write('dossier-returned');
    books.push(...lives);
    await work.publish(...lives.flatMap(({ entries }) => [...entries, ...entries]));
    for (const life of lives) await heard(life);
    expect(clocksAtWork()).toEqual(new Set(['clock', 'clock.second']));
  }, patience);

  for (const book of books) {
    expect(await summaryOf(book)).toMatchObject(all(book));
    await expectRuns(book, 'COMPLETED');
  }
  await work.stopClock(second);
});

test('a clock whose offsets were reset hears everything again, and does nothing twice', async () => {
  const books = Array.from({ length: 6 }, () => received());
  for (const book of books.slice(3)) book.write('dossier-returned');
  for (const book of books) await publishAndHear(book);
  for (const book of books.slice(3)) await summaryOf(book);
  const before = await Promise.all(books.map(lastRunOf));

  work.forgetOffsets();
  const again = await work.startClock('clock.again');
  await eventually(async () => expect(await again.get<StreamListener>(LISTENER).lag()).toBe(0), patience);

  expect(await Promise.all(books.map(lastRunOf))).toEqual(before);
  for (const book of books) {
    await expectRuns(book, books.indexOf(book) < 3 ? 'RUNNING' : 'COMPLETED');
    expect(await work.putAside(book.dossierId)).toEqual([]);
  }
  await work.stopClock(again);
});
