import { lanesOf } from './lanes';

const hour = (n: number) => new Date(Date.UTC(2026, 10, 24, n)).toISOString();
const at = (n: number) => Date.parse(hour(n));
const held = (officialId: string, officeId: string, from: number, until: number | null) => ({
  officialId,
  postId: 'post',
  officeId,
  from: hour(from),
  until: until === null ? null : hour(until),
  workingMs: null,
});
const facts = {
  responsibility: [held('lan', 'centre', 1, 2), held('hung', 'land', 2, 5), held('lan', 'centre', 5, null)],
  suspensions: [{ reason: 'supplement' as const, from: hour(3), until: null }],
  due: { acceptanceDueAt: null, stepDueAt: null, appointmentAt: hour(9), legalDueAt: null },
  escalations: [],
  endedAt: null,
  processedAt: null,
  status: 'awaiting-supplement' as const,
};

test('an office has one lane however often the dossier comes back to it', () => {
  expect(lanesOf(facts, at(6))?.lanes).toEqual([
    {
      officeId: 'centre',
      bars: [
        { officialId: 'lan', fromMs: at(1), untilMs: at(2) },
        { officialId: 'lan', fromMs: at(5), untilMs: at(6) },
      ],
    },
    { officeId: 'land', bars: [{ officialId: 'hung', fromMs: at(2), untilMs: at(5) }] },
  ]);
});

test('a pause that lasts reaches to now, and the picture to what is due', () => {
  const lanes = lanesOf(facts, at(6));
  expect(lanes?.pauses).toEqual([{ reason: 'supplement', fromMs: at(3), untilMs: at(6) }]);
  expect(lanes?.fromMs).toBe(at(1));
  expect(lanes?.untilMs).toBeGreaterThan(at(9));
});

test('of a dossier that has ended nothing grows any more', () => {
  expect(lanesOf({ ...facts, endedAt: hour(7) }, at(20))?.lanes[0]?.bars.at(-1)?.untilMs).toBe(at(7));
});

test('marks stand in the order of their moments', () => {
  const escalation = {
    generation: 1,
    rung: 'r',
    dueAt: hour(4),
    responsible: held('hung', 'land', 2, 5),
    recordedBy: 'clock' as const,
  };
  const addressee = { officialId: null, postId: 'head', officeId: 'land' };
  const marks = lanesOf({ ...facts, escalations: [{ ...escalation, addressee }] }, at(6))?.marks;
  expect(marks?.map(({ of }) => of)).toEqual(['escalation', 'appointment']);
});
