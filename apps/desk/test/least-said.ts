import type { DossierCommandName } from '#domain';

const son = { officialId: 'son', postId: 'do-luong-land-officer' };
const tuan = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
const id = '01932c8e-7c00-7000-8000-0000000000aa';
const reasonCode = 'document-missing';
const fee = { amountMinor: 8000, currency: 'VND' };

/** What each command says at the least. */
export const leastSaid: Readonly<Record<Exclude<DossierCommandName, 'acknowledge'>, object>> = {
  accept: {},
  refuse: { reasonCode },
  'hand-over': { to: son },
  'accept-hand-over': {},
  'send-back': { reasonCode },
  reassign: { to: son, reasonCode },
  'request-supplement': { reasonCode, components: ['identity'] },
  'receive-supplement': {},
  'request-payment': fee,
  'receive-payment': {},
  suspend: { reasonCode },
  resume: {},
  extend: { reasonCode, until: '2026-06-01' },
  rebind: { reasonCode, procedureCode: '1.001193' },
  'request-opinion': { asked: tuan, limit: { amount: 1, unit: 'WORKING_DAY' }, questionCode: 'land-tax' },
  'give-opinion': { opinionId: id, outcome: 'consent' },
  'request-withdrawal': {},
  'confirm-withdrawal': {},
  'decline-withdrawal': { reasonCode },
  stop: { reasonCode },
  'mark-processed': { result: 'granted' },
  return: { to: 'applicant', proof: 'signature' },
  correct: { field: 'channel', newValue: 'post', reasonCode },
  'charge-fee': { ...fee, basis: 'certificate', legalBasis: 'Nghị quyết 22/2024/NQ-HĐND', collectedAt: 'acceptance' },
  'pay-fee': { feeId: id, amountMinor: 8000, receiptNumber: 'BL-1', method: 'cash' },
  'cancel-fee': { feeId: id, reasonCode },
  'cancel-payment': { reasonCode },
  'refund-fee': { feeId: id, amountMinor: 8000, reasonCode },
  'check-papers': { papers: [{ component: 'identity', state: 'missing' }] },
  link: { kind: 'group', otherDossierId: id },
};
