import { languages, noticeKinds } from '#contracts';
import { noticeWords, type NoticeFacts } from './notice-words';
import { fitsOneMessage, withoutMarks } from './short-message';

const facts: NoticeFacts = {
  kind: 'received',
  language: 'vi',
  code: 'H41.85-261123-0001',
  office: 'Trung tâm Phục vụ hành chính công xã Đô Lương',
  procedure: 'Đăng ký biến động quyền sử dụng đất',
  promised: '17:00 ngày 03/12/2026',
  answerBy: '17:00 ngày 10/12/2026',
  papers: ['Đơn đăng ký biến động', 'Giấy chứng nhận đã cấp'],
  amount: '500.000 VND',
};

test('a notice says what happened, of which dossier, the promise, and whom to ask', () => {
  expect(noticeWords(facts)).toEqual({
    subject: 'Hồ sơ H41.85-261123-0001: đã tiếp nhận',
    text: `Hồ sơ H41.85-261123-0001 đã được tiếp nhận.
Hẹn trả kết quả lúc 17:00 ngày 03/12/2026.

Thủ tục: Đăng ký biến động quyền sử dụng đất.
Nơi giải đáp: Trung tâm Phục vụ hành chính công xã Đô Lương, theo mã hồ sơ H41.85-261123-0001.
`,
    short:
      'Trung tam Phuc vu hanh chinh cong xa Do Luong: Ho so H41.85-261123-0001 da duoc tiep nhan. Hen tra ket qua luc 17:00 ngay 03/12/2026.',
  });
});

test('a supplement says what is asked for; an apology when it will be now', () => {
  const supplement = noticeWords({ ...facts, kind: 'supplement', language: 'en', papers: ['Application', 'Copy'] });
  expect(supplement.text).toContain('Please answer by 17:00 ngày 10/12/2026.\nPlease bring: Application; Copy.\n');

  const apology = noticeWords({ ...facts, kind: 'apology', language: 'de', promised: '03.12.2026 um 17:00 Uhr' });
  expect(apology.text).toContain('Wir bitten um Entschuldigung: Vorgang H41.85-261123-0001');
  expect(apology.text).toContain('Neuer Termin: 03.12.2026 um 17:00 Uhr.\n');
});

test('an online submission that was not accepted has no code to name', () => {
  const refused = noticeWords({ ...facts, kind: 'refused', language: 'en', code: null, promised: null });

  expect(refused.subject).toBe('Your online submission: not accepted');
  expect(refused.text).toContain('Ask: Trung tâm Phục vụ hành chính công xã Đô Lương.\n');
});

test.each(languages.flatMap((language) => noticeKinds.map((kind) => [language, kind] as const)))(
  'in %s, %s fits one SMS and still names the dossier',
  (language, kind) => {
    const { short, text } = noticeWords({ ...facts, language, kind });

    expect(fitsOneMessage(short)).toBe(true);
    expect(short).toContain(facts.code);
    expect(text).toContain(facts.office);
    expect(text).not.toMatch(/null|undefined|false/);
  },
);

test('what no SMS holds goes out whole, not cut off', () => {
  const code = 'H41.85-261123-0001'.repeat(10);

  expect(noticeWords({ ...facts, kind: 'ready', code }).short).toContain(code);
});

test.each([
  ['160 letters', 'a'.repeat(160), true],
  ['161 letters', 'a'.repeat(161), false],
  ['letters of which one takes the room of two', `${'a'.repeat(159)}€`, false],
  ['70 with a mark beyond the alphabet', `${'a'.repeat(69)}ồ`, true],
  ['71 of those', `${'a'.repeat(70)}ồ`, false],
])('%s', (_, text, fits) => {
  expect(fitsOneMessage(text)).toBe(fits);
});

test('marks go, letters stay', () => {
  expect(withoutMarks('Đã tiếp nhận hồ sơ')).toBe('Da tiep nhan ho so');
});
