import { movedInstants } from './moved-instants';

test('only what moves is told, what the applicant was promised first', () => {
  const before = { acceptanceDueAt: null, stepDueAt: 'a', appointmentAt: 'b', legalDueAt: 'c' };
  const then = { ...before, stepDueAt: 'a2', appointmentAt: 'b2' };

  expect(movedInstants({ before, then })).toEqual([
    { name: 'appointmentAt', was: 'b', is: 'b2' },
    { name: 'stepDueAt', was: 'a', is: 'a2' },
  ]);
});
