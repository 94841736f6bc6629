import { holds, verify, verdictTable } from '../../apps/cli/src/verify/verify';
import { auditDossier } from '../../apps/cli/src/audit/audit';
import { reachOf } from '../../apps/cli/src/dead-letters/dead-letters';
import { discardLetter, putAside, resendLetter } from '../../apps/cli/src/dead-letters/letters';
import { lifeStoryOf } from '../../apps/cli/src/history/history';
import { examine } from '../../apps/cli/src/doctor/doctor';
import { asOwner } from '../../apps/cli/src/stack-access';
import { eventually } from '#testing';
import { Office } from './office';

/** Ten office hours a second, from a Monday morning: what takes a week takes seconds. */
const timeMap = { mapped: '2026-11-23T01:00:00.000Z', speed: 36_000 };
const patience = { timeoutMs: 120_000 };
let office: Office;

beforeAll(async () => {
  office = await Office.open(timeMap);
}, 180_000);
afterAll(() => (office as Office | undefined)?.close(), 120_000);

test('a dossier goes from the counter to its result, and its workflow completes with who held it for how long', async () => {
  const { dossierId, code } = await office.receive('1.012753');
  await office.as('lan', 'desk', 'POST', `/dossiers/${dossierId}/messages`, { text: 'Hồ sơ của ông bà đã đủ.' });
  await office.settle(dossierId);

  const summary = await office.summary(dossierId);
  expect(summary).toMatchObject({ code, ending: 'dossier-returned', result: 'granted' });
  expect(summary.holders.map(({ officialId }) => officialId)).toEqual(['lan', 'tuan']);
  const dossier = await office.dossier(dossierId);
  expect(summary.holders.map(({ from, until }) => [from, until])).toEqual(
    dossier.responsibility.map(({ from, until }: { from: string; until: string }) => [from, until]),
  );
}, 180_000);

test('when an instant passes, the head is told, answers in one call, and the witnesses agree', async () => {
  const { dossierId, code } = await office.receive();
  const alert = await eventually(async () => {
    const { body } = await office.as('binh', 'oversight', 'GET', '/alerts?limit=200');
    const mine = body.alerts.find((one: { dossierId: string }) => one.dossierId === dossierId);
    expect(mine).toMatchObject({ rung: 'appointment-due', code });
    return mine;
  }, patience);

  const path = `/alerts/${dossierId}/${alert.generation}/${alert.rung}/acknowledgement`;
  await office.as('binh', 'oversight', 'POST', path, {
    plannedAt: '2027-06-30T03:00:00.000Z',
    reasonCode: 'survey-delayed',
  });

  const dossier = await office.dossier(dossierId);
  expect(dossier).toMatchObject({ acknowledged: true });
  const due = dossier.escalations.find(({ rung }: { rung: string }) => rung === 'appointment-due');
  expect(due).toMatchObject({ responsible: { officialId: 'lan' }, addressee: { officialId: 'binh' } });
  await office.settle(dossierId);
  await office.summary(dossierId);
  expect(await auditDossier(office.stack, code)).toMatchObject({ differences: [] });
  const story = (await lifeStoryOf(office.stack, code)).join('\n');
  expect(story).toMatch(
    /RANG: appointment-due; Nguyễn Thị Lan was responsible, .*Bình.* was told \(recorded by clock\)/,
  );
  expect(story).toMatch(/Bình.* took up appointment-due, planned for 2027-06-30 10:00/);
}, 180_000);

test('a responsible official changed behind everybody’s back is found by the audit', async () => {
  const { dossierId, code } = await office.receive();
  await office.settle(dossierId);
  await office.summary(dossierId);
  await asOwner(office.stack, (client) =>
    client.query(
      `update desk.responsibility_record set official_id = 'huong' where dossier_id = $1 and official_id = 'lan'`,
      [dossierId],
    ),
  );

  const { differences } = await auditDossier(office.stack, code);
  expect(differences.join('\n')).toContain('only the ledger has huong');
  await asOwner(office.stack, (client) =>
    client.query(
      `update desk.responsibility_record set official_id = 'lan' where dossier_id = $1 and official_id = 'huong'`,
      [dossierId],
    ),
  );
}, 180_000);

test('the doctor finds all well in health', async () => {
  await eventually(async () => expect((await examine(office.stack)).filter(({ ok }) => !ok)).toEqual([]), patience);
}, 180_000);

test('while Kafka is down dossiers are received, and afterwards everybody hears of them', async () => {
  await office.stack.servers.stopServer('kafka', 'SIGKILL');
  expect(await examine(office.stack)).toContainEqual(expect.objectContaining({ what: 'Kafka', ok: false }));
  const received = await Promise.all([1, 2, 3].map(() => office.receive()));
  for (const { dossierId } of received) await office.settle(dossierId);
  await office.stack.servers.startServer('kafka');

  for (const { dossierId } of received)
    expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
}, 240_000);

test('while Temporal is down dossiers are received, and afterwards each has its one workflow', async () => {
  await office.stack.servers.stopServer('temporal', 'SIGKILL');
  const received = await Promise.all([1, 2, 3].map(() => office.receive()));
  await office.stack.servers.startServer('temporal');

  for (const { dossierId } of received) {
    await eventually(async () => expect(await office.workflowStatus(dossierId)).toBe('RUNNING'), patience);
    await office.settle(dossierId);
    expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
  }
}, 240_000);

test.each(['desk', 'clock', 'oversight'] as const)(
  '%s killed with -9 in the middle loses nothing',
  async (service) => {
    const lives = Array.from({ length: 6 }, async () => {
      const { dossierId } = await office.receive();
      await office.settle(dossierId);
      return dossierId;
    });
    await office.stack.supervised[service].kill('SIGKILL');

    for (const dossierId of await Promise.all(lives)) {
      expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
    }
  },
  180_000,
);

test('a message nobody can read waits aside with its dossier, which goes on from the journal when it is sent again or discarded', async () => {
  const reach = await reachOf({}, office.stack.dataFolder);
  const { dossierId } = await office.receive();
  await office.publish(dossierId, '{"not":"an event"}');
  await eventually(async () => {
    const letters = await putAside(reach);
    expect(letters.map(({ consumer, stream }) => [consumer, stream])).toEqual([
      ['clock', dossierId],
      ['oversight', dossierId],
    ]);
  }, patience);
  await office.settle(dossierId);

  for (const { id } of await putAside(reach, ['clock'])) await resendLetter(reach, 'clock', id);
  for (const { id } of await putAside(reach, ['oversight'])) await discardLetter(reach, 'oversight', id, 'drill');

  expect(await office.summary(dossierId)).toMatchObject({ ending: 'dossier-returned' });
  expect(await putAside(reach)).toEqual([]);
}, 180_000);

test('after all of it every invariant holds', async () => {
  const verdicts = await verify(office.stack, 90);

  if (!holds(verdicts)) throw new Error(`\n${verdictTable(verdicts)}`);
  const unchecked = verdicts.filter(({ checked }) => checked === 0).map(({ says }) => says);
  expect(unchecked).toEqual(['every corrected e-form is an entry']); // No e-form is filled in here.
  expect(verdicts.find(({ id }) => id === 'I8')?.note).toContain('by watchdog 0');
}, 240_000);
