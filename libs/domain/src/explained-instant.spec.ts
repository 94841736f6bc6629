import fc from 'fast-check';
import { endOfWorkingDayAt, shiftByWorkingTime } from '#calendar';
import { clockRuns, dueNames, explainedInstant, type DueName } from './index';
import { actAt, at, calendar, Life, minh, procedure } from '../test/office';
import { randomLives } from '../test/lives';

const HOUR_MS = 3_600_000;
const supplement = {
  name: 'request-supplement',
  reasonCode: 'missing',
  components: ['map'],
  legalBasis: null,
  approvedBy: null,
} as const;
const names = Object.keys(dueNames) as DueName[];
const timekeeping = actAt(at('Mon', '08:00'));

const inRandomLives = [{}, { supplementMode: 'restart' as const }, { appointmentLimit: null }].map(
  (service) => [JSON.stringify(service), randomLives(service)] as const,
);

test.each(inRandomLives)('property: the reasons lead to the instant, whatever happened, with %s', (_, lives) => {
  let explained = 0;
  fc.assert(
    fc.property(lives, ({ life, timekeeping: { procedure: rule } }) => {
      const { dossier } = life;
      for (const name of names) {
        const told = explainedInstant(name, dossier, { ...timekeeping, procedure: rule });
        const dueAt = dossier.due[dueNames[name]];
        if (dueAt === null) expect(told).toBeNull();
        else if (told) {
          const base =
            told.explanation?.dueAt ?? (told.extension && endOfWorkingDayAt(calendar, told.extension.appointmentAt));
          if (base === null) expect(clockRuns(dossier)).toBe(false);
          else {
            const movedMs = told.stops.reduce((sum, { workingMs }) => sum + (workingMs ?? 0), 0);
            expect(movedMs === 0 ? base : shiftByWorkingTime(calendar, base, movedMs)).toBe(dueAt);
            explained += 1;
          }
        } else expect(clockRuns(dossier)).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
  expect(explained).toBeGreaterThan(300);
});

test('a stop is told with what it moved; one that lasts has moved nothing yet', () => {
  const life = Life.received(at('Mon', '08:00'))
    .then(at('Mon', '10:00'), supplement)
    .then(at('Tue', '15:30'), { name: 'receive-supplement' })
    .then(at('Wed', '08:00'), { name: 'suspend', reasonCode: 'opinion' });
  const told = explainedInstant('appointment', life.dossier, timekeeping);

  expect(told?.stops.map(({ reason, workingMs }) => [reason, workingMs && workingMs / HOUR_MS])).toEqual([
    ['supplement', 11.5],
    ['other-body', null],
  ]);
  expect(told?.explanation).toMatchObject({ kind: 'counted', dueAt: at('Wed', '08:00') });
  expect(told?.dueAt).toBe(at('Thu', '11:30'));
});

test('of a step it is the step that is told, from where it began', () => {
  const life = Life.received(at('Mon', '08:00')).then(at('Mon', '09:00'), {
    name: 'hand-over',
    to: minh,
    step: 'examine',
  });

  expect(explainedInstant('step', life.dossier, timekeeping)).toMatchObject({
    startedAt: at('Mon', '09:00'),
    stops: [],
  });
  expect(explainedInstant('acceptance', life.dossier, timekeeping)).toBeNull();
});

test('of an online submission it is the answer that is due', () => {
  expect(explainedInstant('acceptance', Life.submitted(at('Mon', '08:00')).dossier, timekeeping)).toMatchObject({
    startedAt: at('Mon', '08:00'),
    explanation: { kind: 'counted' },
  });
});

test('what was put off says the re-appointment, and no counting', () => {
  const extend = {
    name: 'extend',
    reasonCode: 'survey',
    until: '2026-11-27',
    signedBy: 'an',
    legalBasis: null,
    approvedBy: null,
  } as const;
  const life = Life.received(at('Mon', '08:00')).then(at('Tue', '09:00'), extend);

  expect(explainedInstant('appointment', life.dossier, timekeeping)).toMatchObject({
    startedAt: at('Tue', '09:00'),
    explanation: null,
    extension: { madeAt: at('Tue', '09:00') },
    dueAt: at('Fri', '17:30'),
  });
});

test('what another system had promised is told as that', () => {
  const rule = { procedure: { ...procedure, serviceLevel: { ...procedure.serviceLevel, kind: 'given' as const } } };
  const promised = { appointmentAt: at('Thu', '10:00'), legalDueAt: at('Fri', '10:00') };
  const { dossier } = Life.received(at('Mon', '08:00'), rule, promised);

  expect(explainedInstant('legal', dossier, { ...timekeeping, ...rule })).toMatchObject({
    explanation: { kind: 'taken-over', dueAt: at('Fri', '10:00') },
  });
});
