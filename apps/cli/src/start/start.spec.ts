import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeMapFor } from './start';

const folder = mkdtempSync(join(tmpdir(), 'motcua-start-'));
const none = join(folder, 'none');
const from = '2026-11-16T00:00:00.000Z';

test('fast time begins where it is told to, else now, and without it time is real', () => {
  expect(timeMapFor({ demo: false, fresh: false }, none)).toBeNull();
  expect(timeMapFor({ demo: false, fresh: false, speed: 1440, from }, none)).toEqual({ mapped: from, speed: 1440 });
  expect(timeMapFor({ demo: false, fresh: true, speed: 1440 }, none)?.mapped).toMatch(/Z$/);
});

test('fast time is refused where dossiers of real time may lie, and without a speed', () => {
  expect(() => timeMapFor({ demo: false, fresh: false, speed: 1440 }, folder)).toThrow('--fresh');
  expect(() => timeMapFor({ demo: false, fresh: false, from }, none)).toThrow('--speed');
});

test('a demo begins with the Saturday before, in Viet Nam: its year is recorded while the offices are closed', () => {
  const begins = timeMapFor({ demo: true, fresh: false }, none)!.mapped;

  expect(
    new Intl.DateTimeFormat('en', { timeZone: 'Asia/Ho_Chi_Minh', weekday: 'long' }).format(Date.parse(begins)),
  ).toBe('Saturday');
  expect(Date.parse(begins)).toBeLessThan(Date.now());
});
