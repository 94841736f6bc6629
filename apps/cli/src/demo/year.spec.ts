import { dueAt, civilCode, parseWorkCalendar, withinWorkingTime, type Limit } from '#calendar';
import { demoContent } from '../start/content';
import { demoYear, type DemoCommand, type DemoProcedure } from './year';

const content = demoContent();
const calendar = parseWorkCalendar(content.calendars.find((one) => (one as { id: string }).id === 'vn-office'));
const procedures = content.procedures as readonly DemoProcedure[];
const now = '2026-11-26T22:00:00.000Z';
const year = demoYear({ seed: 7, now, calendar, procedures });

/** The acts of each dossier. */
function livesOf(): ReadonlyMap<number, readonly DemoCommand[]> {
  const lives = new Map<number, DemoCommand[]>();
  for (const command of year) lives.set(command.trace, [...(lives.get(command.trace) ?? []), command]);
  return lives;
}

test('one seed makes one year, and another another', () => {
  expect(demoYear({ seed: 7, now, calendar, procedures })).toEqual(year);
  expect(demoYear({ seed: 8, now, calendar, procedures })).not.toEqual(year);
});

test('what is past is recorded with its instant; what is to come is done by officials', () => {
  for (const { at, by, body } of year) {
    expect(by === null).toBe(at <= now);
    expect(body['occurredAt']).toBe(at <= now ? at : undefined);
  }
});

test('each dossier’s acts follow one another, in the order of time, while the office is open', () => {
  expect(year.map(({ at }) => at)).toEqual(year.map(({ at }) => at).sort());
  for (const { at } of year) expect(withinWorkingTime(calendar, at)).toBe(at);
  const lives = livesOf();
  for (const life of lives.values()) {
    expect(life.map(({ name }) => name).filter((name) => !name.endsWith('supplement'))).toEqual([
      'receive',
      'hand-over',
      'mark-processed',
      'return',
    ]);
  }
});

test('about nine of ten are processed in time, as the province’s figures have it', () => {
  const lives = [...livesOf().values()].filter((life) => !life.some(({ name }) => name === 'request-supplement'));
  const late = lives.filter((life) => {
    const received = life.find(({ name }) => name === 'receive')!;
    const processed = life.find(({ name }) => name === 'mark-processed')!;
    const procedure = procedures.find(({ code }) => code === received.body['procedureCode'])!;
    return processed.at > dueAt(calendar, received.at, procedure.serviceLevel.legalLimit as Limit, civilCode);
  });

  expect(late.length / lives.length).toBeGreaterThan(0.05);
  expect(late.length / lives.length).toBeLessThan(0.16);
});
