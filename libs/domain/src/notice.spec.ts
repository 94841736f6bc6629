import type { Fact } from './dossier';
import { noticeCausedBy, noticesCausedBy } from './notice';

function fact(type: Fact['type'], data: object = {}): Fact {
  return { type, subject: 'one', sequence: 1, time: '2026-11-26T01:00:00.000Z', data } as Fact;
}

test.each([
  ['dossier-received', 'received'],
  ['dossier-refused', 'refused'],
  ['dossier-supplement-requested', 'supplement'],
  ['dossier-payment-requested', 'payment'],
  ['applicant-reminded', 'reminder'],
  ['dossier-extended', 'apology'],
  ['dossier-processed', 'ready'],
  ['dossier-stopped', 'stopped'],
  ['dossier-withdrawn', 'withdrawn'],
] as const)('of %s the applicant is told as "%s"', (type, kind) => {
  expect(noticeCausedBy(fact(type, { takenOver: false, takenOverFrom: null }))).toBe(kind);
});

test.each(['dossier-submitted', 'dossier-handed-over', 'dossier-escalated', 'dossier-returned'] as const)(
  'of %s the applicant is not told',
  (type) => {
    expect(noticeCausedBy(fact(type))).toBeNull();
  },
);

test('of a dossier that was taken over the other system has told them', () => {
  expect(noticeCausedBy(fact('dossier-received', { takenOver: true, takenOverFrom: null }))).toBeNull();
  expect(noticeCausedBy(fact('dossier-received', { takenOver: false, takenOverFrom: {} }))).toBeNull();
});

test('facts recorded at once are told each, but nobody is reminded of what has ended with them', () => {
  const reminded = fact('applicant-reminded');
  const stopped = fact('dossier-stopped');

  expect(noticesCausedBy([fact('dossier-handed-over'), reminded])).toEqual([{ fact: reminded, kind: 'reminder' }]);
  expect(noticesCausedBy([reminded, stopped])).toEqual([{ fact: stopped, kind: 'stopped' }]);
});
