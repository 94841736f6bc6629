import { hoa, lan } from '../../test/events';
import { alertMail, type AlertMailData } from './alert-mail';

const alert: AlertMailData = {
  dossierId: '01932c8e-7c00-7000-8000-0000000000aa',
  code: 'H41.16-261123-0001',
  procedureCode: '1.004194',
  generation: 2,
  rung: 'legal overdue',
  of: 'legalDueAt',
  dueAt: new Date('2026-11-26T02:00:00.000Z'),
  ofDueAt: new Date('2026-11-25T17:30:00.000Z'),
  responsible: lan,
  addressee: hoa,
};

test('the mail says which dossier, what fell due, who is responsible and what to do, in the office’s time', () => {
  expect(alertMail(alert, 'Asia/Ho_Chi_Minh')).toEqual({
    subject: 'H41.16-261123-0001: legal limit, due 2026-11-26 00:30',
    text: `Dossier H41.16-261123-0001 needs you.

What fell due:  legal limit, due 2026-11-26 00:30
Alert:          "legal overdue" of 2026-11-26 09:00
Responsible:    post vinh-expert, office vinh

What to do: take the case up, say why it is late and until when it will be settled:
POST /alerts/01932c8e-7c00-7000-8000-0000000000aa/2/legal%20overdue/acknowledgement
{"plannedAt": "<a UTC instant, YYYY-MM-DDThh:mm:ss.sssZ>", "reasonCode": "<why it is late, like survey-delayed>"}

All times: Asia/Ho_Chi_Minh. Until somebody acknowledges, later alerts of this dossier are sent as prescribed.
`,
  });
});

test('the official responsible, who may not acknowledge, is told what they can do', () => {
  const { text } = alertMail({ ...alert, addressee: lan }, 'Asia/Ho_Chi_Minh');

  expect(text).toContain('What to do: settle the case, hand it over, or ask the head for an extension.\n\nAll times');
  expect(text).not.toContain('/acknowledgement');
});

test.each([
  ['the same official in the head’s post', { ...hoa, officialId: lan.officialId }],
  ['another official in the same post', { ...lan, officialId: 'minh' }],
])('%s is asked to take the case up', (_, addressee) => {
  expect(alertMail({ ...alert, addressee }, 'UTC').text).toContain('overdue/acknowledgement');
});

test('times follow the zone that is set', () => {
  expect(alertMail(alert, 'Europe/Berlin').text).toContain('of 2026-11-26 03:00');
});

test('an online submission has no code yet and is named by its procedure', () => {
  const { subject } = alertMail({ ...alert, code: null, of: 'acceptanceDueAt', ofDueAt: null }, 'UTC');

  expect(subject).toBe('online submission for 1.004194: answer to the online submission');
});

test('no official is named in a mail, only posts', () => {
  const { subject, text } = alertMail({ ...alert, responsible: { ...lan, officialId: 'official-4711' } }, 'UTC');

  expect(subject + text).not.toContain('official-4711');
});
