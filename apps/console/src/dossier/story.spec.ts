import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DossierEvent } from '../api/views';
import { storyOf } from './story';

const lan = { officialId: 'lan', postId: 'clerk', officeId: 'centre' };
const hung = { officialId: 'hung', postId: 'land', officeId: 'land' };
const event = (type: string, data: object, sequence = 1) =>
  ({ type, sequence, time: '2026-11-24T01:00:00.000Z', data: { actor: lan, ...data } }) as DossierEvent;

test('a hand-over tells to whom and into which step', () => {
  const [item] = storyOf([event('dossier-handed-over', { to: hung, step: 'examine' })]);
  expect(item).toMatchObject({ type: 'dossier-handed-over', actor: lan, importance: 2 });
  expect(item?.facts).toEqual([
    { kind: 'person', label: 'to', officialId: 'hung', officeId: 'land' },
    { kind: 'text', label: 'step', text: 'examine' },
  ]);
});

test('an extension tells the new date, the old one and why', () => {
  const data = { appointmentAt: 'new', previousAppointmentAt: 'old', reasonCode: 'workload', legalBasis: null };
  expect(storyOf([event('dossier-extended', data)])[0]?.facts).toEqual([
    { kind: 'moment', label: 'appointment', at: 'new' },
    { kind: 'moment', label: 'was', at: 'old' },
    { kind: 'reason', code: 'workload' },
  ]);
});

test('a payment tells its amount in the currency that its fee was charged in', () => {
  expect(storyOf([event('fee-paid', { feeId: 'one', amountMinor: 1_250, receiptNumber: 'R-7' })])[0]?.facts).toEqual([
    { kind: 'fee', amountMinor: 1_250, feeId: 'one' },
    { kind: 'text', label: 'receipt', text: 'R-7' },
  ]);
});

test('the story keeps every entry, in order', () => {
  const events = [event('hand-over-accepted', {}, 1), event('dossier-withdrawal-requested', {}, 2)];
  expect(storyOf(events).map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('every event of a dossier has words', () => {
  const words = JSON.parse(readFileSync(join(__dirname, '../words/vi/dossier.json'), 'utf8')) as { event: object };
  const schemas = readdirSync(join(__dirname, '../../../../docs/generated/schemas')).map((file) =>
    file.replace(/-\d+\.json$/, ''),
  );
  const ofOthers =
    /^(organisation|catalogue|procedure|work-transfer|recomputation|dead-letter|applicant-notified|message-exchanged)/;
  const told = [...new Set(schemas)].filter((type) => !ofOthers.test(type));
  expect(told.length).toBeGreaterThan(30);
  expect(told.filter((type) => !(type in words.event))).toEqual([]);
});
