import { randomUUID } from 'node:crypto';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { JournalEntry } from '#contracts';
import { findingsOf, isArchive } from '#proving';
import { eventually } from '#testing';
import { bodyOf, deadlines, DossierBook, lan, minh, minutesAfter, rung } from '../../../../workflows/test/dossier-book';
import { ClockAtWork } from '../../test/clock-at-work';

/* The three witnesses of a dossier over HTTP, on real servers: who is given them, and what is found in them. */
jest.setTimeout(120_000);
const patience = { timeoutMs: 90_000 };

let work: ClockAtWork;
let clock: NestExpressApplication;
/** A dossier whose whole life the workflow has heard. */
let returned: DossierBook;

beforeAll(async () => {
  work = await ClockAtWork.prepare();
  work.desk.auditors.add('thu');
  clock = await work.startClock();
  returned = received();
  const [first, second] = [minutesAfter(returned.startsAt, 1), minutesAfter(returned.startsAt, 2)];
  const held = [
    { ...lan, from: returned.startsAt, until: first },
    { ...minh, from: first, until: second },
  ] as const;
  returned.write('dossier-handed-over', { released: { ...held[0], workingMs: 60_000 }, to: minh }, first);
  returned.write('dossier-returned', { released: { ...held[1], workingMs: 60_000 } }, second);
  work.desk.ledgers.set(returned.dossierId, {
    held: held.map(({ officialId, postId, from, until }, index) => {
      return { sequence: index + 2, officialId, postId, from, until };
    }),
    rang: [],
  });
  await work.publish(...returned.entries);
  await eventually(
    async () => expect(await work.remembered(returned.dossierId)).toMatchObject({ told: 3, closed: true }),
    patience,
  );
  await work.workflowOf(returned.dossierId).result();
});
afterAll(() => work.stop());

/** A dossier with a rung tomorrow; nothing of it is published. */
function received(): DossierBook {
  const book = work.desk.newDossier();
  const tomorrow = minutesAfter(new Date().toISOString(), 24 * 60);
  book.write('dossier-received', { deadlines: deadlines(1, rung('remind', tomorrow)) });
  return book;
}

const audited = ({ dossierId }: DossierBook) => work.as('thu', clock, 'GET', `/audits/${dossierId}`);

/** What an audit finds while the journal holds these entries instead. */
async function foundWith(entries: readonly JournalEntry[]): Promise<any[]> {
  const sound = returned.entries.splice(0, Infinity, ...entries);
  try {
    return (await audited(returned)).body.findings;
  } finally {
    returned.entries.splice(0, Infinity, ...sound);
  }
}

test('an auditor is given the three witnesses, which agree, as an archive that holds without any server', async () => {
  const { dossierId, entries } = returned;
  work.desk.readByAuditors.splice(0);

  const { status, body } = await audited(returned);

  expect([status, body.findings]).toEqual([200, []]);
  // A start brings the journal so far, and the same signal what is new: an entry may stand there twice.
  expect(new Set(body.heard.map(({ sequence, hash }: any) => `${sequence} ${hash}`))).toEqual(
    new Set(entries.map(({ event, hash }) => `${event.sequence} ${hash}`)),
  );
  expect(body.archive).toMatchObject({
    dossierId,
    entries: entries.map(({ event, hash }) => ({ sequence: event.sequence, hash, body: bodyOf(event) })),
    ledgers: work.desk.ledgers.get(dossierId),
  });
  expect(isArchive(body.archive)).toBe(true);
  expect(findingsOf(body.archive)).toEqual([]);
  expect(work.desk.readByAuditors).toEqual([`thu /journal/${dossierId}`, `thu /dossiers/${dossierId}/ledgers`]);
});

test('an entry whose bytes were changed is found', async () => {
  const [first, ...others] = returned.entries;
  const event = { ...first!.event, time: minutesAfter(returned.startsAt, -600) };

  expect(await foundWith([{ ...first!, event }, ...others])).toMatchObject([{ kind: 'entry-altered', sequence: 1 }]);
});

test('a journal that was rewritten with its whole chain is given away by what the workflow heard', async () => {
  const forged = new DossierBook(returned.dossierId);
  const [first, ...others] = returned.entries.map(({ event }) => event);
  forged.write(first!.type, { ...first!.data, reasonCode: 'added later' }, first!.time);
  for (const event of others) forged.write(event.type, event.data, event.time);

  const found = await foundWith(forged.entries);

  expect(new Set(found.map(({ kind, sequence }) => `${kind} ${sequence}`))).toEqual(
    new Set(['heard-otherwise 1', 'heard-otherwise 2', 'heard-otherwise 3']),
  );
});

test('a row of a ledger that was altered is found', async () => {
  const sound = work.desk.ledgers.get(returned.dossierId)!;
  const [first, second] = sound.held;
  work.desk.ledgers.set(returned.dossierId, { ...sound, held: [first!, { ...second!, officialId: 'lan' }] });

  const { body } = await audited(returned);
  work.desk.ledgers.set(returned.dossierId, sound);

  expect(body.findings).toEqual([
    expect.objectContaining({ kind: 'responsibility-differs', says: expect.stringContaining('lan in surveyor') }),
    expect.objectContaining({ kind: 'responsibility-differs', says: expect.stringContaining('minh in surveyor') }),
  ]);
});

test('a dossier whose clock has had nothing to do yet is audited like any other', async () => {
  const waiting = received();
  await work.publish(...waiting.entries);
  await eventually(async () => expect(await work.remembered(waiting.dossierId)).toMatchObject({ told: 1 }), patience);

  const { status, body } = await audited(waiting);

  expect([status, body.findings, body.heard]).toMatchObject([200, [], [{ sequence: 1 }]]);
});

test('a workflow that should be there and is not is found', async () => {
  const { body } = await audited(received());

  expect([body.archive.history, body.heard]).toEqual([null, []]);
  expect(body.findings).toMatchObject([{ kind: 'workflow-missing', sequence: null }]);
});

test('who has no right, is no person or shows no token is refused before anything is read', async () => {
  const path = `/audits/${returned.dossierId}`;
  work.desk.readByAuditors.splice(0);

  const forbidden = { status: 403, type: expect.stringContaining('problem+json'), body: { code: 'ACTION_FORBIDDEN' } };
  expect(await work.as('lan', clock, 'GET', path)).toMatchObject(forbidden);
  expect(await work.asOversight(clock, path)).toMatchObject(forbidden);
  for (const token of [null, 'no token']) {
    const answer = await work.request(token, clock, 'GET', path);
    expect(answer).toMatchObject({ status: 401, type: expect.stringContaining('problem+json') });
  }
  expect(work.desk.readByAuditors).toEqual([]);
});

test('a dossier that is not there, and one that is not for whoever asks, are the same problem', async () => {
  const hidden = received();
  work.desk.hiddenFromAuditors.add(hidden.dossierId);
  const path = (id: string) => `/audits/${id}`;

  for (const id of [randomUUID(), hidden.dossierId]) {
    expect(await work.as('thu', clock, 'GET', path(id))).toMatchObject({
      status: 404,
      type: expect.stringContaining('application/problem+json'),
      body: { status: 404, code: 'DOSSIER_NOT_FOUND' },
    });
  }
  expect(await work.as('thu', clock, 'GET', path('no-id'))).toMatchObject({
    status: 400,
    type: expect.stringContaining('application/problem+json'),
  });
});
