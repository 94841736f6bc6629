import { hoa, lan } from '../../test/events';
import type { AlertMailData } from './alert-mail';
import { groupMail } from './group-mail';

const alert: AlertMailData = {
  dossierId: '01932c8e-7c00-7000-8000-0000000000aa',
  code: 'H41.16-261123-0001',
  procedureCode: '1.004194',
  generation: 1,
  rung: 'overdue',
  of: 'legalDueAt',
  dueAt: new Date('2026-11-26T02:00:00.000Z'),
  ofDueAt: new Date('2026-11-25T10:00:00.000Z'),
  responsible: lan,
  addressee: hoa,
};

test('what is due first comes first, each with what to do', () => {
  const step = {
    ...alert,
    code: 'H41.16-261123-0002',
    of: 'stepDueAt',
    ofDueAt: new Date('2026-11-24T10:00:00.000Z'),
  } as const;
  const own = { ...alert, code: 'H41.16-261123-0003', addressee: lan };
  const online = { ...alert, code: null, of: 'acceptanceDueAt', ofDueAt: null } as const;

  expect(groupMail([online, alert, step, own], 'Asia/Ho_Chi_Minh')).toEqual({
    subject: '4 alerts, the first limit of the current step, due 2026-11-24 17:00',
    text: `4 dossiers or steps of them need you, what is due first on top.

1. H41.16-261123-0002: limit of the current step, due 2026-11-24 17:00
   Alert "overdue" of 2026-11-26 09:00; responsible: post vinh-expert, office vinh
   POST /alerts/01932c8e-7c00-7000-8000-0000000000aa/1/overdue/acknowledgement
   {"plannedAt": "<a UTC instant, YYYY-MM-DDThh:mm:ss.sssZ>", "reasonCode": "<why it is late, like survey-delayed>"}

2. H41.16-261123-0001: legal limit, due 2026-11-25 17:00
   Alert "overdue" of 2026-11-26 09:00; responsible: post vinh-expert, office vinh
   POST /alerts/01932c8e-7c00-7000-8000-0000000000aa/1/overdue/acknowledgement
   {"plannedAt": "<a UTC instant, YYYY-MM-DDThh:mm:ss.sssZ>", "reasonCode": "<why it is late, like survey-delayed>"}

3. H41.16-261123-0003: legal limit, due 2026-11-25 17:00
   Alert "overdue" of 2026-11-26 09:00; responsible: post vinh-expert, office vinh

4. online submission for 1.004194: answer to the online submission
   Alert "overdue" of 2026-11-26 09:00; responsible: post vinh-expert, office vinh
   POST /alerts/01932c8e-7c00-7000-8000-0000000000aa/1/overdue/acknowledgement
   {"plannedAt": "<a UTC instant, YYYY-MM-DDThh:mm:ss.sssZ>", "reasonCode": "<why it is late, like survey-delayed>"}

What to do: take each case up, say why it is late and until when it will be settled, at the address below it; where there is none,
settle the case, hand it over, or ask the head for an extension.

All times: Asia/Ho_Chi_Minh. Until somebody acknowledges, later alerts of a dossier are sent as prescribed.
`,
  });
});
