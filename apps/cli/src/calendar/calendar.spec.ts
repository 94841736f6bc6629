import type { MovedDossier } from '#domain';
import { storyOf } from './calendar';

function moved(code: string, kept: MovedDossier['kept'] = null): MovedDossier {
  const due = (appointmentAt: string) => ({ acceptanceDueAt: null, stepDueAt: null, appointmentAt, legalDueAt: null });
  return {
    dossierId: `id-of-${code}`,
    code,
    officeId: 'do-luong-centre',
    procedureCode: '1.012786',
    to: 'vn-office/2',
    timeZone: 'Asia/Ho_Chi_Minh',
    kept,
    before: due('2026-11-25T10:30:00.000Z'),
    then: due('2026-11-24T10:30:00.000Z'),
    because: [
      {
        date: '2026-11-24',
        was: { vi: 'Ngày Văn hóa', en: 'Culture Day', de: 'Tag der Kultur' },
        is: null,
        legalBasis: 'Decree',
      },
    ],
  };
}

test('how many would move, by which days, and the first of them from when to when', () => {
  const story = storyOf({ checked: 9, moved: [moved('H41-1'), moved('H41-2')], failed: [] });

  expect(story).toContain('9 open dossiers, 2 would be due at another instant.');
  expect(story.match(/2026-11-24: was Culture Day, is as its weekday \(Decree\)/g)).toHaveLength(1);
  expect(story).toMatch(/H41-1 +do-luong-centre +2026-11-25 at 17:30 -> 2026-11-24 at 17:30 +- -> -/);
  expect(story).not.toContain('keep their dates');
});

test('what somebody decided to keep is said with when and by what, once a decision', () => {
  const kept = { decidedAt: '2026-11-20T02:00:00.000Z', legalBasis: 'Decision of the chair' };
  const story = storyOf({ checked: 9, moved: [moved('a', kept), moved('b', kept), moved('c')], failed: [] });

  expect(story.match(/keep their dates/g)).toHaveLength(1);
  expect(story).toContain(
    '2 of them keep their dates by vn-office/2, as decided 2026-11-20 at 09:00 (Decision of the chair).',
  );
});

test('more than a person reads are counted, and what cannot be moved is said', () => {
  const many = Array.from({ length: 25 }, (_, index) => moved(`H41-${index}`));
  const story = storyOf({
    checked: 30,
    moved: many,
    failed: [{ dossierId: 'id', reason: 'Calendar vn-office/2 says nothing.' }],
  });

  expect(story).toContain('... and 5 more: --json has all.');
  expect(story).toContain('1 stay as they are: Calendar vn-office/2 says nothing.');
  expect(storyOf({ checked: 0, moved: [], failed: [] })).toBe('0 open dossiers, 0 would be due at another instant.');
});
