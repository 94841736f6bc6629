import fc from 'fast-check';
import { endOfWorkingDay, shiftByWorkingTime, workingMsBetween, type SpecialDay, type WorkCalendar } from '#calendar';
import { dueByPresentCalendar, isMoved, type Command } from './index';
import { actAt, at, calendar, Life } from '../test/office';

/** Extended to Friday 27 November 2026. */
const extend: Command = {
  name: 'extend',
  reasonCode: 'survey',
  until: '2026-11-27',
  signedBy: 'hoa',
  legalBasis: null,
  approvedBy: null,
};
const recompute: Command = {
  name: 'recompute',
  operationId: '01932c8e-7c00-7000-8000-0000000000bb',
  legalBasis: 'Decree',
};

const decrees = new Map<string, WorkCalendar>();

/** The same days make the same calendar, so that its table is made once. */
function decree(...dates: readonly string[]): WorkCalendar {
  const known = decrees.get(dates.join()) ?? newDecree(dates);
  decrees.set(dates.join(), known);
  return known;
}

function newDecree(dates: readonly string[]): WorkCalendar {
  const days = dates.map((date): SpecialDay => {
    const name = { vi: 'Nghỉ', en: 'Free', de: 'Frei' };
    return { date, kind: 'holiday', hoursOf: null, open: null, name, legalBasis: 'Decree' };
  });
  return { ...calendar, version: '2', days };
}

function extended(): Life {
  return Life.received().then(at('Tue', '09:00'), extend);
}

test('a decree that makes the day of the new appointment free moves it to the end of the next working day', () => {
  const presentCalendar = decree('2026-11-27', '2026-11-30');
  const { dossier, facts } = extended().then(at('Tue', '10:00'), recompute, { presentCalendar });

  expect(dossier.due.appointmentAt).toBe(endOfWorkingDay(calendar, '2026-12-01'));
  expect(facts.at(-1)).toMatchObject({ data: { previousDue: { appointmentAt: at('Fri', '17:30') } } });
});

test('one that makes another day free leaves it where the head put it', () => {
  const { dossier } = extended();
  const then = dueByPresentCalendar(dossier, actAt(at('Tue', '10:00'), { presentCalendar: decree('2026-11-30') }));

  expect(isMoved(dossier.due, then)).toBe(false);
});

test('what was moved comes back when the decree is taken back', () => {
  const life = extended().then(at('Tue', '10:00'), recompute, { presentCalendar: decree('2026-11-27') });
  const back = life.then(at('Tue', '11:00'), recompute, {
    calendar: decree('2026-11-27'),
    presentCalendar: { ...calendar, version: '3' },
  });

  expect(back.dossier.due.appointmentAt).toBe(at('Fri', '17:30'));
});

test('under any decree it ends with a working day, never before the head’s day, and a later pause moves it from there', () => {
  const dates = ['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-30', '2026-12-01', '2026-12-02'];
  const suspend: Command = { name: 'suspend', reasonCode: 'opinion' };
  fc.assert(
    fc.property(fc.subarray(dates), fc.integer({ min: 1, max: 2_000 }), (free, minutes) => {
      const newer = decree(...free);
      const act = { calendar: newer, presentCalendar: newer };
      const { appointmentAt } = dueByPresentCalendar(extended().dossier, actAt(at('Tue', '10:00'), act));
      const firstOpen = ['27', '28', '29', '30']
        .map((day) => `2026-11-${day}`)
        .concat(['2026-12-01', '2026-12-02', '2026-12-03'])
        .map((date) => endOfWorkingDay(newer, date))
        .find((end) => end !== null);
      expect(appointmentAt).toBe(firstOpen);

      const resumedAt = new Date(Date.parse(at('Tue', '11:00')) + minutes * 60_000).toISOString();
      const life = extended();
      if (isMoved(life.dossier.due, dueByPresentCalendar(life.dossier, actAt(at('Tue', '10:00'), act)))) {
        life.then(at('Tue', '10:00'), recompute, { presentCalendar: newer });
      }
      const { due } = life.then(at('Tue', '11:00'), suspend, act).then(resumedAt, { name: 'resume' }, act).dossier;
      const pausedMs = workingMsBetween(newer, at('Tue', '11:00'), resumedAt);
      expect(due.appointmentAt).toBe(shiftByWorkingTime(newer, firstOpen ?? '', pausedMs));
    }),
  );
});
