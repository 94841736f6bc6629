import recorded from './journal-of-a-dossier.json';
import type { DossierAudit } from './audit-reads';
import { linesOf } from './witnesses';

const { dossierId, entries, ledgers } = recorded;

/** What the clock answers of it, where the workflow was told of the first entry and of the end. */
function audit({ change = {}, ...rest }: Partial<DossierAudit> & { change?: object } = {}): DossierAudit {
  const heard = [entries[0]!, entries[2]!].map(({ sequence, hash }, index) => ({
    sequence,
    hash,
    eventId: index * 8 + 1,
    at: '2026-11-27T05:07:27.000Z',
  }));
  const archive = { format: 'motcua-dossier-archive/1' as const, dossierId, entries, ledgers, history: '{}' };
  return { archive: { ...archive, workflowCode: '', ...change }, heard, findings: [], ...rest };
}

const doubtsOf = (one: DossierAudit, ...breaks: Parameters<typeof linesOf>[1]) =>
  linesOf(one, breaks).flatMap(({ sequence, doubts }) => doubts.map((doubt) => `${sequence} ${doubt}`));

test('each entry is a line with what ledgers and workflow say of it; what was not told yet is no doubt', () => {
  const lines = linesOf(audit(), []);

  expect(lines.map(({ sequence, journal }) => [sequence, journal?.type, journal?.actor.officialId])).toEqual([
    [1, 'dossier-received', 'lan'],
    [2, 'dossier-processed', 'minh'],
    [3, 'dossier-returned', 'minh'],
  ]);
  expect(lines.map(({ held, heard }) => [held?.officialId, heard.length])).toEqual([
    [undefined, 1],
    [undefined, 0],
    ['minh', 1],
  ]);
  expect(lines.flatMap(({ doubts }) => doubts)).toEqual([]);
});

test('what the workflow was told otherwise is a doubt once, however often it is found', () => {
  const heard = [{ sequence: 1, hash: 'another', eventId: 1, at: '2026-11-27T05:07:27.000Z' }];
  const findings = [{ kind: 'heard-otherwise' as const, sequence: 1, says: '' }];

  expect(doubtsOf(audit({ heard }))).toEqual(['1 heard-otherwise']);
  expect(doubtsOf(audit({ heard, findings }))).toEqual(['1 heard-otherwise']);
});

test('a ledger that lacks a line, has another, or one too many is a doubt at its entry', () => {
  const [held] = ledgers.held;
  const rang = {
    sequence: 2,
    generation: 1,
    rung: 'appointment-due',
    dueAt: '2026-11-27T05:07:28.000Z',
    responsibleId: 'minh',
    withdrawnSequence: null,
  };
  const withHeld = (change: object) => audit({ change: { ledgers: { held: [{ ...held, ...change }], rang: [] } } });

  expect(doubtsOf(audit({ change: { ledgers: { held: [], rang: [] } } }))).toEqual(['3 ledger-lacks']);
  expect(doubtsOf(withHeld({ officialId: 'lan' }))).toEqual(['3 ledger-differs']);
  expect(doubtsOf(withHeld({ until: '2026-11-27T05:07:29.128Z' }))).toEqual(['3 ledger-differs']);
  expect(doubtsOf(audit({ change: { ledgers: { held: [held], rang: [rang] } } }))).toEqual(['2 ledger-differs']);
});

test('what the others know and the journal lacks is a line of its own', () => {
  expect(doubtsOf(audit({ change: { entries: entries.slice(0, 2) } }))).toEqual(['3 not-in-journal']);
});

test('where the chain breaks is said at the entry, also where its bytes are no event', () => {
  const change = { entries: [entries[0], { ...entries[1], body: 'nothing' }, entries[2]] };

  expect(doubtsOf(audit({ change }), { kind: 'entry-altered', sequence: 2 })).toEqual(['2 entry-altered']);
  expect(linesOf(audit({ change }), [])[1]?.journal).toBeNull();
});
