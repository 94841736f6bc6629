import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { rebuildKafka, rebuildTemporal } from '../../apps/cli/src/rebuild/rebuild';
import { holderNamed } from '../../apps/cli/src/stack-access';
import { holds, verdictTable, verify } from '../../apps/cli/src/verify/verify';
import { eventually } from '#testing';
import { Office } from './office';

/*
 * Servers that lose everything, and a Temporal that stays dead while rungs fall due. Five hours a second, so that what takes a
 * week takes half a minute; the watchdog waits its two minutes of real time.
 */
const timeMap = { mapped: '2026-11-23T01:00:00.000Z', speed: 18_000 };
const patience = { timeoutMs: 180_000 };
let office: Office;

beforeAll(async () => {
  office = await Office.open(timeMap);
}, 180_000);
afterAll(() => (office as Office | undefined)?.close(), 120_000);

/** Kills a server and starts it without its data. */
async function losesEverything(server: 'kafka' | 'temporal'): Promise<void> {
  const { servers, dataFolder } = office.stack;
  await servers.stopServer(server, 'SIGKILL');
  rmSync(join(dataFolder, server), { recursive: true });
  await servers.startServer(server);
}

async function expectAllHolds(): Promise<void> {
  const verdicts = await verify(office.stack, 90);
  if (!holds(verdicts)) throw new Error(`\n${verdictTable(verdicts)}`);
}

test('while Temporal is dead every head is told within three minutes all the same, once', async () => {
  await office.stack.servers.stopServer('temporal', 'SIGKILL');
  const { dossierId } = await office.receive();
  const rang = await eventually(async () => {
    const { escalations } = await office.dossier(dossierId);
    expect(escalations).not.toEqual([]);
    return escalations as { rung: string; recordedBy: string }[];
  }, patience);
  await eventually(async () => {
    const { body } = await office.as('binh', 'oversight', 'GET', '/alerts?limit=200');
    const mine = body.alerts.filter((one: { dossierId: string }) => one.dossierId === dossierId);
    expect(mine.map(({ rung }: { rung: string }) => rung)).toContain('appointment-due');
  }, patience);
  const waitedMs = await office.longestWaitMs(dossierId);
  await office.stack.servers.startServer('temporal');
  await office.settle(dossierId);

  expect(new Set(rang.map(({ recordedBy }) => recordedBy))).toEqual(new Set(['watchdog']));
  expect(new Set(rang.map(({ rung }) => rung)).size).toBe(rang.length);
  expect(waitedMs).toBeLessThan(180_000);
  expect(await office.summary(dossierId)).toMatchObject({
    ending: 'dossier-returned',
    rang: rang.map(({ rung }) => ({ rung })),
  });
}, 600_000);

test('a Temporal that lost its data is given every open dossier again, and no rung rings twice', async () => {
  const dossiers = await Promise.all(Array.from({ length: 20 }, () => office.receive('1.012753')));
  for (const { dossierId } of dossiers)
    await eventually(async () => expect(await office.workflowStatus(dossierId)).toBe('RUNNING'), patience);
  await losesEverything('temporal');

  const administrator = await holderNamed(office.stack, 'quang');
  const { rebuilt } = await eventually(
    () => rebuildTemporal(office.stack, office.stack.dataFolder, administrator),
    patience,
  );

  expect(rebuilt).toBeGreaterThan(0);
  for (const { dossierId } of dossiers) {
    await office.settle(dossierId);
    expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
  }
  await expectAllHolds();
}, 400_000);

test('a Kafka that lost its data is filled again from the journal by itself, and everybody goes on', async () => {
  await losesEverything('kafka');
  const { dossierId } = await office.receive();
  await office.settle(dossierId);

  expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
  await expectAllHolds();
}, 400_000);

test('told everything once more, nobody does anything twice', async () => {
  const before = await office.entryCount();
  expect(await rebuildKafka(office.stack)).toBe(before);
  await expectAllHolds();

  expect(await office.entryCount()).toBe(before);
}, 400_000);
