import { feeLedgerOf, type Bodies, type FeeRecord, type Lateness } from '#domain';
import { bodiesStoryOf, feesStoryOf, latenessStoryOf, noticeStoryOf } from './story';

const lan = { officialId: 'lan', postId: 'clerk', officeId: 'desk' };
const minh = { officialId: 'minh', postId: 'officer', officeId: 'land' };
const names: Readonly<Record<string, string>> = {
  lan: 'Nguyễn Thị Lan',
  clerk: 'Clerk',
  minh: 'Minh',
  officer: 'Officer',
};
const nameOf = (id: string | null) => names[id ?? ''] ?? 'nobody';
const late: Lateness = {
  of: 'appointmentAt',
  promisedAt: '2026-11-25T01:00:00.000Z',
  breach: { at: '2026-11-26T01:00:00.000Z', holder: minh },
  lateMs: 9_000_000,
  takenOverMs: 0,
  formula: 'overrun-of-steps',
  shares: [
    { holder: lan, usedMs: 7_200_000, heldLateMs: 0, shareMs: 3_599_999 },
    { holder: minh, usedMs: 36_000_000, heldLateMs: 9_000_000, shareMs: 5_400_001 },
  ],
};

test('a late dossier says how late, by whom it was held then, and what falls to each', () => {
  expect(latenessStoryOf(late, nameOf, 'Asia/Ho_Chi_Minh')).toEqual([
    'LATE: 2 h 30 min after the appointment of 2026-11-25 08:00; held by Minh when it was missed, 2026-11-26 08:00',
    '  Nguyễn Thị Lan (Clerk): held 0 h 0 min of it; share by overrun-of-steps 1 h 0 min',
    '  Minh (Officer): held 2 h 30 min of it; share by overrun-of-steps 1 h 30 min',
  ]);
});

test('of one that came late from another system, what had passed there is nobody’s here', () => {
  const takenOver = {
    ...late,
    breach: { at: late.promisedAt, holder: null },
    takenOverMs: 9_000_000,
    formula: null,
    shares: [],
  };

  expect(latenessStoryOf(takenOver, nameOf, 'Asia/Ho_Chi_Minh')).toEqual([
    'LATE: 2 h 30 min after the appointment of 2026-11-25 08:00; held by somebody in the system before when it was missed, 2026-11-25 08:00',
    '  2 h 30 min of it had passed when it was taken over',
  ]);
});

test('an online submission that was answered late says so', () => {
  const [line] = latenessStoryOf({ ...late, of: 'acceptanceDueAt' }, nameOf, 'Asia/Ho_Chi_Minh');

  expect(line).toContain('LATE: 2 h 30 min after the acceptance limit of 2026-11-25 08:00; held by Minh');
});

test('of a dossier that was on time, or was promised nothing, there is nothing to say', () => {
  expect(latenessStoryOf({ ...late, lateMs: 0, formula: null, shares: [] }, nameOf, 'UTC')).toEqual([]);
  expect(latenessStoryOf(null, nameOf, 'UTC')).toEqual([]);
});

test('the story ends with what was charged, paid and given back, and says nothing where nothing was', () => {
  const paid: FeeRecord = {
    ...{ feeId: 'payment-2', stopsClock: true, basis: null, legalBasis: null, collectedAt: null },
    ...{ currency: 'VND', chargedMinor: 8_000, chargedAt: '2026-11-25T01:00:00.000Z' },
    ...{ paidMinor: 8_000, paidAt: '2026-11-26T01:00:00.000Z', receiptNumber: null, method: null },
    cancelledAt: null,
    refundedMinor: 3_000,
  };
  const due: FeeRecord = { ...paid, feeId: 'payment-9', paidMinor: 0, paidAt: null, refundedMinor: 0 };

  expect(feesStoryOf(feeLedgerOf([paid, due]))).toEqual([
    'FEES: 16000 VND charged, 8000 paid, 3000 given back, 8000 due',
  ]);
  expect(feesStoryOf(feeLedgerOf([]))).toEqual([]);
});

test('what the applicant was told is a line each, with what became of it', () => {
  const notice = {
    causeSequence: 1,
    kind: 'received',
    state: 'sent',
    by: 'phone',
    attempts: 2,
    reasonCode: null,
  } as const;
  const settledAt = '2026-11-26T01:00:00.000Z';
  const erased = { ...notice, by: null, attempts: 0, state: 'not-possible', reasonCode: 'erased', settledAt } as const;

  expect(
    noticeStoryOf(
      [
        { ...notice, settledAt },
        { ...notice, kind: 'ready', causeSequence: 7, by: null, attempts: 0, state: 'pending', settledAt: null },
        { ...erased, kind: 'stopped', causeSequence: 9 },
      ],
      'Asia/Ho_Chi_Minh',
    ),
  ).toEqual([
    'APPLICANT: of entry 1 (received) sent (by phone, 2 attempts), 2026-11-26 08:00',
    'APPLICANT: of entry 7 (ready) pending',
    'APPLICANT: of entry 9 (stopped) not-possible (erased), 2026-11-26 08:00',
  ]);
});

test('each body that was late says with what, and who owes the apology where that is another', () => {
  const opinion = { opinionId: 'of-tax', asked: minh, dueAt: '2026-11-25T01:00:00.000Z', presumed: false };
  const bodies: Bodies = {
    leadOfficeId: 'lan',
    bodies: [
      {
        officeId: 'lan',
        lateMs: 3_600_000,
        steps: [
          { officeId: 'lan', step: 'examine', body: null, lateMs: 3_600_000 },
          { officeId: 'lan', step: 'sign', body: null, lateMs: 0 },
        ],
        opinions: [],
      },
      {
        officeId: 'minh',
        lateMs: 9_000_000,
        steps: [],
        opinions: [{ ...opinion, answeredAt: null, lateMs: 9_000_000 }],
      },
    ],
  };

  expect(bodiesStoryOf(bodies, nameOf)).toEqual([
    'Nguyễn Thị Lan: 1 h 0 min late with step "examine"',
    'Minh: 2 h 30 min late with an opinion it has not given; Nguyễn Thị Lan owes the apology',
  ]);
});
