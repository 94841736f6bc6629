import { civilCode, explainedDue, parseWorkCalendar, sentencesOf, type Limit } from '#calendar';
import { explained, storyOf, type Promised } from './deadline';

const week = [
  ['07:30', '11:30'],
  ['13:30', '17:30'],
];
const calendar = parseWorkCalendar({
  id: 'vinh',
  version: '1',
  timeZone: 'Asia/Ho_Chi_Minh',
  workingHoursPerDay: 8,
  weekly: { monday: week, tuesday: week, wednesday: week, thursday: week, friday: week, saturday: [], sunday: [] },
  days: [],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
});
const received = '2026-11-27T02:00:00.000Z';

function due(limit: Limit) {
  const explanation = explainedDue(calendar, received, limit, civilCode);
  return { dueAt: explanation.dueAt, explanation, why: sentencesOf(explanation, 'en') };
}

function promised(change: Partial<Promised> = {}): Promised {
  return {
    procedureCode: '1.012786',
    procedureVersion: 2,
    officeId: 'vinh',
    channel: 'desk',
    timeZone: calendar.timeZone,
    sample: false,
    acceptance: null,
    appointment: due({ amount: 2, unit: 'WORKING_HOUR' }),
    legal: due({ amount: 1, unit: 'WORKING_DAY' }),
    ...change,
  };
}

test('each instant that limits is told with its sentences', () => {
  expect(storyOf(promised(), 'en')).toEqual([
    'procedure 1.012786 (version 2), office vinh, channel desk',
    '',
    'appointment: 2026-11-27 at 11:00',
    '  Begun on 2026-11-27 at 09:00.',
    '  The limit is 2 working hours, by the calendar vinh/1.',
    '  2026-11-27: 2 h counted.',
    '  Due on 2026-11-27 at 11:00.',
    '',
    'legal limit: 2026-11-30 at 17:30',
    '  Begun on 2026-11-27 at 09:00.',
    '  The limit is 1 working day, by the calendar vinh/1.',
    '  2026-11-27: the day it began is not counted.',
    '  2026-11-28: not counted, weekly day of rest.',
    '  2026-11-29: not counted, weekly day of rest.',
    '  2026-11-30: counted as one day.',
    '  Due on 2026-11-30 at 17:30.',
  ]);
});

test('what is the same is told once, and where nothing limits that is said', () => {
  const { legal } = promised();

  expect(storyOf(promised({ appointment: legal }), 'en').filter((line) => line.includes(': 2026'))[0]).toMatch(
    /^appointment and legal limit: /,
  );
  expect(storyOf(promised({ appointment: null, legal: null }), 'en')).toContain('No limit: nothing is promised.');
});

test('every line is in the language asked for, and a sample says that it is one', () => {
  const story = storyOf(promised({ sample: true }), 'vi');

  expect(story.slice(0, 4)).toEqual([
    'Thủ tục 1.012786 (phiên bản 2), nơi nhận vinh, hình thức nộp desk',
    'Thủ tục mẫu, chưa ai kiểm tra: đừng dựa vào ngày nào ở đây.',
    '',
    'Hẹn trả kết quả: 11:00 ngày 27/11/2026',
  ]);
  expect(storyOf(promised(), 'de')).toContain('gesetzliche Frist: 30.11.2026 um 17:30 Uhr');
});

test('a time on the wall is read by the clock of the office, an instant as it is', async () => {
  const asked: string[] = [];
  const desk = (({ path }: { path: string }) => {
    asked.push(decodeURIComponent(path));
    return Promise.resolve({ body: promised() });
  }) as unknown as Parameters<typeof explained>[0];
  const options = { procedure: '1.012786', channel: 'desk', language: 'vi' } as const;

  await explained(desk, { ...options, at: '2026-08-28 09:00' });
  await explained(desk, { ...options, at: received, office: 'vinh' });

  expect(asked[1]).toContain('at=2026-08-28T02:00:00.000Z');
  expect(asked[2]).toContain(`officeId=vinh&at=${received}`);
  await expect(explained(desk, { ...options, at: 'tomorrow' })).rejects.toThrow('2026-08-28 09:00');
});
