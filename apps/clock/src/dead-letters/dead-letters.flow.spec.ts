import { createHash } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { JournalEntry } from '#contracts';
import { eventually } from '#testing';
import { bodyOf, deadlines, minutesAfter, rung, type DossierBook } from '../../../../workflows/test/dossier-book';
import { poisons, tooLarge, writeUnknown } from '../../../../workflows/test/poison';
import { ClockAtWork } from '../../test/clock-at-work';

/* What a clock cannot apply, on real servers: seen, sent again and discarded over HTTP. */
jest.setTimeout(180_000);
const patience = { timeoutMs: 90_000 };
/** The limit of reliability.md: what is poison is put aside by then. */
const isolated = { timeoutMs: 30_000 };

let work: ClockAtWork;
let clock: NestExpressApplication;

beforeAll(async () => {
  work = await ClockAtWork.prepare();
  work.desk.administrators.add('quang');
  clock = await work.startClock();
  await work.everythingHeard();
});
afterAll(() => work.stop());

function received(): DossierBook {
  const book = work.desk.newDossier();
  const tomorrow = minutesAfter(new Date().toISOString(), 24 * 60);
  book.write('dossier-received', { deadlines: deadlines(1, rung('remind', tomorrow)) });
  return book;
}

function soundTextOf({ entries }: DossierBook): string {
  return bodyOf(entries[0]!.event);
}

/** What the clock lists of a dossier, page by page. */
async function lettersOf({ dossierId }: DossierBook): Promise<any[]> {
  const letters: any[] = [];
  for (let next: string | null = '0'; next !== null;) {
    const { body } = await work.as('quang', clock, 'GET', `/dead-letters?limit=5&after=${next}`);
    letters.push(...body.letters);
    next = body.next;
  }
  return letters.filter(({ stream }) => stream === dossierId);
}

async function putAside(book: DossierBook): Promise<{ id: string; reason: string }> {
  return eventually(async () => {
    const letters = await lettersOf(book);
    expect(letters).toHaveLength(1);
    return letters[0];
  }, isolated);
}

async function heard({ dossierId, entries }: DossierBook): Promise<void> {
  await eventually(
    async () => expect(await work.remembered(dossierId)).toMatchObject({ heard: entries.length, blocked: false }),
    patience,
  );
}

async function statusOf({ dossierId }: DossierBook): Promise<string> {
  return (await work.workflowOf(dossierId).describe()).status.name;
}

test.each(Object.entries(poisons))(
  'a message that is %s waits aside with its reason, holds up nobody, and its dossier goes on when it is sent again or discarded',
  async (_, { of, reason }) => {
    const [resent, discarded, other] = [received(), received(), received()];
    const poison = of(soundTextOf(resent));
    await work.publishText(resent.dossierId, poison);
    await work.publishText(discarded.dossierId, of(soundTextOf(discarded)));
    await work.publish(...other.entries);

    const [again, away] = [await putAside(resent), await putAside(discarded)];
    expect([again.reason, away.reason]).toEqual([expect.stringContaining(reason), expect.stringContaining(reason)]);
    await heard(other);
    await work.publish(...resent.entries, ...discarded.entries);
    await work.everythingHeard();
    expect(await work.remembered(resent.dossierId)).toMatchObject({ heard: 0, blocked: true });

    const { body: shown } = await work.as('quang', clock, 'GET', `/dead-letters/${again.id}`);
    expect(shown.sha256).toBe(createHash('sha256').update(poison).digest('hex'));
    expect(await work.as('quang', clock, 'POST', `/dead-letters/${again.id}/resend`)).toMatchObject({ status: 200 });
    expect(
      await work.as('quang', clock, 'POST', `/dead-letters/${away.id}/discard`, { reasonCode: 'damaged' }),
    ).toMatchObject({ status: 200 });

    for (const book of [resent, discarded]) {
      await heard(book);
      expect(await lettersOf(book)).toEqual([]);
      expect(await statusOf(book)).toBe('RUNNING');
    }
    expect(work.desk.discarded.filter(({ stream }) => stream === discarded.dossierId)).toMatchObject([
      {
        consumer: 'clock',
        topic: 'motcua.dossier',
        reasonCode: 'damaged',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  },
);

test('five megabytes are more than a topic takes: whoever sends them is refused', async () => {
  const { dossierId } = received();

  await expect(work.publishText(dossierId, tooLarge)).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
});

test('events of types that this build does not know change nothing, and the chain goes on over them', async () => {
  const book = received();
  writeUnknown(book);
  book.write('dossier-handed-over');
  writeUnknown(book);
  book.write('dossier-returned');
  await work.publish(...book.entries);

  await heard(book);

  expect(await lettersOf(book)).toEqual([]);
  expect(await work.workflowOf(book.dossierId).result()).toMatchObject({
    ending: 'dossier-returned',
    lastSequence: 5,
    lastHash: book.entries.at(-1)?.hash,
  });
});

test('a dossier whose journal holds what cannot be applied waits on, whatever is sent again, and says why', async () => {
  const book = received();
  const [sound] = book.entries.splice(0);
  const future = { ...sound!.event, dataschema: 'urn:motcua:dossier-received/9' } as JournalEntry['event'];
  book.entries.push({ event: future, hash: createHash('sha256').update(bodyOf(future)).digest('hex') });
  await work.publish(...book.entries);
  const { id } = await putAside(book);

  expect(await work.as('quang', clock, 'POST', `/dead-letters/${id}/resend`)).toMatchObject({
    status: 409,
    body: { code: 'STREAM_STILL_BLOCKED', stream: book.dossierId, reason: expect.stringContaining('unknown version') },
  });
  expect(await putAside(book)).toMatchObject({ id });
  expect(await work.remembered(book.dossierId)).toMatchObject({ heard: 0, blocked: true });
});

test('two clocks that let a dossier go on at once give it one workflow', async () => {
  const second = await work.startClock('clock.second');
  const book = received();
  await work.publishText(book.dossierId, 'no event');
  await work.publish(...book.entries);
  const { id } = await putAside(book);

  const answers = await Promise.all(
    [clock, second, clock, second].map((one) => work.as('quang', one, 'POST', `/dead-letters/${id}/resend`)),
  );

  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  expect(answers.every(({ status }) => status === 200 || status === 404)).toBe(true);
  await heard(book);
  expect(await work.runsOf(book.dossierId)).toEqual(['RUNNING']);
  await work.stopClock(second);
});

test('a dossier whose journal cannot be asked keeps its letter, and goes on once it can', async () => {
  const book = received();
  await work.publishText(book.dossierId, 'no event');
  const { id } = await putAside(book);

  work.desk.journalAnswers = false;
  const refused = await work.as('quang', clock, 'POST', `/dead-letters/${id}/resend`);
  work.desk.journalAnswers = true;

  expect(refused).toMatchObject({ status: 503 });
  expect(await putAside(book)).toMatchObject({ id });
  expect(await work.as('quang', clock, 'POST', `/dead-letters/${id}/resend`)).toMatchObject({ status: 200 });
  await heard(book);
});

test('whoever may not, sees nothing and mends nothing', async () => {
  const book = received();
  await work.publishText(book.dossierId, 'no event');
  const { id } = await putAside(book);

  for (const [method, path] of [
    ['GET', '/dead-letters'],
    ['GET', `/dead-letters/${id}`],
    ['POST', `/dead-letters/${id}/resend`],
    ['POST', `/dead-letters/${id}/discard`],
  ] as const) {
    const body = path.endsWith('discard') ? { reasonCode: 'drill' } : undefined;
    expect(await work.as('lan', clock, method, path, body)).toMatchObject({
      status: 403,
      body: { code: 'ACTION_FORBIDDEN' },
    });
    expect(work.desk.refusals.at(-1)).toMatchObject({ officialId: 'lan', outcome: 'forbidden' });
  }
  expect(await putAside(book)).toMatchObject({ id });
  const other = { reasonCode: 'it was in my way' };
  expect(await work.as('quang', clock, 'POST', `/dead-letters/${id}/discard`, other)).toMatchObject({ status: 400 });
  expect(await work.as('quang', clock, 'GET', '/dead-letters/999999')).toMatchObject({
    status: 404,
    body: { code: 'DEAD_LETTER_NOT_FOUND' },
  });
});
