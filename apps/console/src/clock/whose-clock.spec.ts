import { clockOf } from './whose-clock';

const stop = (reason: 'supplement' | 'other-body', until: string | null) => ({
  reason,
  from: '2026-11-24T01:00:00.000Z',
  until,
});
const open = { status: 'in-process', suspensions: [] } as const;

test('whose clock runs follows from what the dossier waits for', () => {
  expect(clockOf(open)).toBe('office');
  expect(clockOf({ ...open, suspensions: [stop('supplement', null)] })).toBe('applicant');
  expect(clockOf({ ...open, suspensions: [stop('other-body', null)] })).toBe('other-body');
  expect(clockOf({ ...open, suspensions: [stop('other-body', '2026-11-24T02:00:00.000Z')] })).toBe('office');
});

test('nobody’s clock runs once the result lies ready or all is over', () => {
  expect(clockOf({ ...open, status: 'processed' })).toBe('ready');
  expect(clockOf({ ...open, status: 'stopped' })).toBe('nobody');
});
