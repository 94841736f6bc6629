import type { NestExpressApplication } from '@nestjs/platform-express';
import { ClockAtWork } from '../../test/clock-at-work';
import { eventually } from '#testing';
import { deadlines, minutesAfter, rung, type DossierBook } from '../../../../workflows/test/dossier-book';
import { WorkflowCheck, type CheckedPage } from './workflow-check';

/* What was lost between the journal and Temporal is found and mended, on real servers. */
jest.setTimeout(120_000);
const patience = { timeoutMs: 90_000 };

let work: ClockAtWork;
let clock: NestExpressApplication;

beforeEach(async () => {
  work = await ClockAtWork.prepare();
  clock = await work.startClock();
});

afterEach(async () => {
  await work.stop();
});

/** A dossier with a rung tomorrow, whose entries are as old as news that must have arrived. */
function received(): DossierBook {
  const hourAgo = minutesAfter(new Date().toISOString(), -60);
  const book = work.desk.newDossier(hourAgo);
  book.write('dossier-received', { deadlines: deadlines(1, rung('remind', minutesAfter(hourAgo, 24 * 60))) });
  return book;
}

async function heard({ dossierId, entries }: DossierBook): Promise<void> {
  await eventually(
    async () => expect(await work.remembered(dossierId)).toMatchObject({ heard: entries.length }),
    patience,
  );
}

async function publishAndHear(book: DossierBook): Promise<void> {
  await work.publish(...book.entries);
  await heard(book);
}

function check(after: string | null = null, limit = 200): Promise<CheckedPage> {
  return clock.get(WorkflowCheck).page(after, limit);
}

async function statusOf({ dossierId }: DossierBook): Promise<string> {
  return (await work.workflowOf(dossierId).describe()).status.name;
}

test('of sound dossiers nothing is touched, page by page to the last', async () => {
  const books = Array.from({ length: 5 }, received);
  for (const book of books) await publishAndHear(book);
  const runs = await Promise.all(books.map(async ({ dossierId }) => work.workflowOf(dossierId).describe()));

  const first = await check(null, 3);
  const second = await check(first.next, 3);

  expect(first).toMatchObject({ checked: 3, heard: 0, rebuilt: 0 });
  expect(second).toEqual({ checked: 2, heard: 0, rebuilt: 0, failed: 0, next: null });
  for (const { workflowId, runId } of runs) {
    expect((await work.workflowOf(workflowId.replace('dossier-', '')).describe()).runId).toBe(runId);
  }
});

test.each(['terminated', 'deleted'] as const)(
  'a workflow that was %s is started again with the whole journal, asleep until its rung, and ends as it must',
  async (how) => {
    const book = received();
    book.write('dossier-handed-over');
    await publishAndHear(book);
    await lose(book, how);

    expect(await check()).toMatchObject({ checked: 1, rebuilt: 1 });
    expect(await check()).toMatchObject({ checked: 1, rebuilt: 0 });

    expect(await statusOf(book)).toBe('RUNNING');
    expect(await work.remembered(book.dossierId)).toMatchObject({ heard: 2, told: 2 });
    book.write('dossier-returned');
    await publishAndHear(book);
    expect(await work.workflowOf(book.dossierId).result()).toMatchObject({ lastSequence: 3 });
  },
);

test('entries that Kafka never told are fetched, and the workflow is told', async () => {
  const never = received();
  const inPart = received();
  await publishAndHear(inPart);
  inPart.write('dossier-returned');

  expect(await check()).toMatchObject({ checked: 2, heard: 2 });

  await heard(never);
  await heard(inPart);
  expect(await statusOf(never)).toBe('RUNNING');
  expect(await work.workflowOf(inPart.dossierId).result()).toMatchObject({ ending: 'dossier-returned' });
});

test('a workflow that outlived its dossier is told of the end', async () => {
  const book = received();
  await publishAndHear(book);
  book.write('dossier-returned');
  await work.remember(book.dossierId, { heard: 2, told: 2, closed: true, blocked: false });

  expect(await check()).toMatchObject({ rebuilt: 1 });

  expect(await work.workflowOf(book.dossierId).result()).toMatchObject({ ending: 'dossier-returned', lastSequence: 2 });
});

test('a blocked dossier waits for an operator', async () => {
  const book = received();
  await publishAndHear(book);
  await work.remember(book.dossierId, { heard: 1, told: 1, closed: false, blocked: true });
  await lose(book, 'terminated');

  expect(await check()).toMatchObject({ checked: 1, heard: 0, rebuilt: 0 });
});

test('a rung that the watchdog recorded wakes the workflow, or rebuilds it where it was lost', async () => {
  const book = received();
  await publishAndHear(book);
  await lose(book, 'terminated');
  book.write('dossier-escalated', { rung: 'remind', recordedBy: 'watchdog' });
  await publishAndHear(book);

  expect(await statusOf(book)).toBe('RUNNING');
  book.write('dossier-returned');
  await publishAndHear(book);
  expect(await work.workflowOf(book.dossierId).result()).toMatchObject({
    lastSequence: 3,
    rang: [{ rung: 'remind', recordedBy: 'watchdog' }],
  });
});

/** As an operator by mistake, or a Temporal that came back without its data. */
async function lose({ dossierId }: DossierBook, how: 'terminated' | 'deleted'): Promise<void> {
  const handle = work.workflowOf(dossierId);
  await handle.terminate('by mistake');
  if (how === 'terminated') return;
  const { workflowService, options } = work.temporal;
  const execution = { workflowId: handle.workflowId };
  await workflowService.deleteWorkflowExecution({ namespace: options.namespace, workflowExecution: execution });
  await eventually(() => expect(handle.describe()).rejects.toThrow(/not found/i), patience);
}
