import { parseDossierEvent, type DossierEventType } from './index';

const lan = { officialId: 'lan', postId: 'clerk', officeId: 'bac-son' };
const minh = { officialId: 'minh', postId: 'officer', officeId: 'land' };
const deadlines = {
  due: { acceptanceDueAt: null, stepDueAt: null, appointmentAt: null, legalDueAt: null },
  calendar: 'vn/1',
  schedule: { generation: 1, rungs: [] },
};
const receipt = {
  actor: lan,
  procedureCode: '1.012786',
  procedureVersion: 1,
  officeId: 'bac-son',
  channel: 'online',
  holder: lan,
  deadlines,
};

function told(type: DossierEventType, version: number, data: object): string {
  return JSON.stringify({
    specversion: '1.0',
    id: '01932c8e-7c00-7000-8000-000000000001',
    source: '/motcua/desk',
    type,
    subject: '01932c8e-7c00-7000-8000-0000000000aa',
    time: '2026-11-23T01:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: `urn:motcua:${type}/${version}`,
    sequence: 1,
    recordedat: '2026-11-23T01:00:00.100Z',
    data,
  });
}

const received = { code: 'H41-1', clockStartedAt: '2026-11-23T01:00:00.000Z', clockStops: [], released: null };
const late = {
  name: 'late',
  of: 'legalDueAt',
  dueAt: received.clockStartedAt,
  wakeAt: received.clockStartedAt,
  tell: 'head-of-office',
};
const released = { ...lan, from: '2026-11-20T01:00:00.000Z', until: '2026-11-23T01:00:00.000Z', workingMs: 0 };

test.each<[string, DossierEventType, object, object, number?]>([
  ['a submission', 'dossier-submitted', receipt, { helpedByOfficeId: null, decidingOfficeId: 'bac-son' }],
  [
    'a receipt',
    'dossier-received',
    { ...receipt, ...received, successorOf: null, takenOver: false },
    { takenOverFrom: null, helpedByOfficeId: null, decidingOfficeId: 'bac-son' },
  ],
  [
    'a receipt that waits elsewhere',
    'dossier-received',
    {
      ...receipt,
      ...received,
      clockStops: [{ reason: 'payment', from: '2026-11-20T01:00:00.000Z', until: null }],
      successorOf: null,
      takenOver: false,
      takenOverFrom: null,
      helpedByOfficeId: null,
      decidingOfficeId: 'bac-son',
      deadlines: { ...deadlines, schedule: { generation: 1, rungs: [late] } },
    },
    { answerDueAt: null, stoppedRungs: ['late'] },
    2,
  ],
  [
    'a dossier that was reassigned',
    'dossier-reassigned',
    { actor: lan, released, to: minh, reasonCode: 'absent' },
    { operationId: null },
  ],
  [
    'a dossier that a head reassigned alone',
    'dossier-reassigned',
    { actor: lan, released, to: minh, reasonCode: 'absent', operationId: null },
    { proposedBy: null },
    2,
  ],
  [
    'an extension that a head decided alone',
    'dossier-extended',
    {
      actor: lan,
      reasonCode: 'survey',
      previousAppointmentAt: '2026-11-20T01:00:00.000Z',
      appointmentAt: '2026-11-27T01:00:00.000Z',
      signedBy: 'lan',
      legalBasis: null,
      approvedBy: null,
      deadlines,
    },
    { proposedBy: null },
  ],
  [
    'a dossier that a head rebound alone',
    'dossier-rebound',
    {
      actor: lan,
      reasonCode: 'wrong-procedure',
      previousProcedureCode: '1.004194',
      previousProcedureVersion: 1,
      previousDue: deadlines.due,
      procedureCode: '1.012786',
      procedureVersion: 2,
      firstDue: deadlines.due,
      due: deadlines.due,
      deadlines: null,
    },
    { proposedBy: null },
  ],
  [
    'a dossier that a head stopped alone',
    'dossier-stopped',
    { actor: lan, reasonCode: 'court-order', legalBasis: null, released },
    { proposedBy: null },
    2,
  ],
  [
    'a correction that a clerk made alone',
    'dossier-corrected',
    { actor: lan, field: 'channel', oldValue: 'desk', newValue: 'post', reasonCode: 'typo' },
    { proposedBy: null },
  ],
  [
    'a correction of before e-forms could be corrected',
    'dossier-corrected',
    { actor: lan, proposedBy: minh, field: 'applicant.phone', oldValue: null, newValue: null, reasonCode: 'typo' },
    { eForm: null },
    2,
  ],
  [
    'an opinion that was asked for',
    'opinion-requested',
    {
      actor: lan,
      opinionId: '01932c8e-7c00-7000-8000-0000000000cc',
      asked: minh,
      dueAt: '2026-11-24T01:00:00.000Z',
      questionCode: 'land-tax',
      legalBasis: 'Decree',
      onSilence: 'consent',
    },
    { silence: null },
  ],
])('%s of an older version is read as the present one says it, and the next must say it', (...row) => {
  const [, type, data, added, version = 1] = row;
  expect(parseDossierEvent(told(type, version, data))).toMatchObject({
    dataschema: `urn:motcua:${type}/${version}`,
    data: { ...data, ...added },
  });
  expect(() => parseDossierEvent(told(type, version + 1, data))).toThrow(Object.keys(added)[0]);
});
