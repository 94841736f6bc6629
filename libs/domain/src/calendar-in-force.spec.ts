import type { WorkCalendar } from '#calendar';
import { calendarInForce, type Command } from './index';
import { actAt, at, calendar, Life } from '../test/office';

const name = { vi: 'Nghỉ', en: 'Free', de: 'Frei' };
const freeOn = (date: string): WorkCalendar => ({
  ...calendar,
  version: '2',
  days: [{ date, kind: 'holiday', hoursOf: null, open: null, name, legalBasis: 'Decree' }],
});
const suspend: Command = { name: 'suspend', reasonCode: 'opinion' };

test('a dossier that the decree does not move is counted by it from its next act on: a pause counts the free day', () => {
  const decree = freeOn('2026-11-30');
  const { dossier } = Life.received(); // Due on Wednesday and Thursday, before the free Monday.
  const inForce = calendarInForce(dossier, actAt(at('Mon', '09:00')), decree);
  const act = { calendar: inForce, presentCalendar: decree };
  const life = Life.received().then(at('Tue', '07:30'), suspend, act).then(at('Fri', '07:30'), { name: 'resume' }, act);

  expect(inForce).toBe(decree);
  expect(life.dossier.due.legalDueAt).toBe('2026-12-02T10:30:00.000Z'); // Thursday, and three days without the Monday.
  expect(life.dossier.calendar).toBe('vinh/2');
});

test('a dossier that the decree moves keeps its own calendar until an entry of its own moves it', () => {
  expect(calendarInForce(Life.received().dossier, actAt(at('Mon', '09:00')), freeOn('2026-11-24'))).toBe(calendar);
});

test('of days that the newer calendar says nothing about, the older goes on', () => {
  const short = { ...freeOn('2026-11-30'), validTo: '2026-11-24' };

  expect(calendarInForce(Life.received().dossier, actAt(at('Mon', '09:00')), short)).toBe(calendar);
});
