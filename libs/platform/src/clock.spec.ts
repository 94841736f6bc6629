import fc from 'fast-check';
import { clockFrom, mapped, type TimeMap, TimeMapInvalid, wake } from './clock';

const MONTH_A_MINUTE = 30 * 24 * 60;
const DAY_MS = 24 * 3600 * 1000;
const realTimes = fc.integer({ min: Date.parse('2019-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') });
const maps = fc.record({
  mappedOrigin: realTimes.map((ms) => new Date(ms).toISOString()),
  realOrigin: realTimes.map((ms) => new Date(ms).toISOString()),
  speed: fc.oneof(fc.constantFrom(1, MONTH_A_MINUTE), fc.double({ min: 1, max: 50_000, noNaN: true })),
});
/** A time map and a real time at most a day from its origin, which is up to 137 years by the map. */
const mapsInUse = fc.tuple(maps, fc.integer({ min: -DAY_MS, max: DAY_MS })).map(([map, ageMs]) => ({
  map,
  realMs: Date.parse(map.realOrigin) + ageMs,
}));

const map: TimeMap = {
  mappedOrigin: '2026-02-01T01:00:00.000Z',
  realOrigin: '2026-11-23T08:00:00.000Z',
  speed: MONTH_A_MINUTE,
};

test('a month passes in a minute', () => {
  expect(mapped(map, Date.parse('2026-11-23T08:01:00.000Z'))).toBe('2026-03-03T01:00:00.000Z');
  expect(wake(map, '2026-03-03T01:00:00.000Z')).toBe('2026-11-23T08:01:00.000Z');
});

test('the wake time of a mapped time is the real time it came from, to the millisecond', () => {
  fc.assert(
    fc.property(mapsInUse, ({ map, realMs }) => {
      expect(Math.abs(Date.parse(wake(map, mapped(map, realMs))) - realMs)).toBeLessThanOrEqual(1);
    }),
  );
});

test('who wakes at the wake time is never early, and never later than one millisecond', () => {
  fc.assert(
    fc.property(mapsInUse, fc.integer({ min: 0, max: 49_999 }), ({ map, realMs }, offsetMs) => {
      const instant = new Date(Date.parse(mapped(map, realMs)) + offsetMs).toISOString();
      const wakeMs = Date.parse(wake(map, instant));
      expect(mapped(map, wakeMs) >= instant).toBe(true);
      expect(mapped(map, wakeMs - 2) < instant).toBe(true);
    }),
  );
});

test('mapped time and wake times never run backwards', () => {
  fc.assert(
    fc.property(mapsInUse, fc.integer({ min: 0, max: 1000 }), ({ map, realMs }, laterMs) => {
      const [earlier, later] = [mapped(map, realMs), mapped(map, realMs + laterMs)];
      expect(later >= earlier).toBe(true);
      expect(wake(map, later) >= wake(map, earlier)).toBe(true);
    }),
  );
});

test('in production the office lives in real time', () => {
  const clock = clockFrom(null);
  const before = new Date().toISOString();

  expect(clock.now() >= before).toBe(true);
  expect(clock.now() <= clock.realNow().toISOString()).toBe(true);
  expect(clock.wakeAt('2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00:00.000Z');
});

test('in a simulation the clock shows the mapped time and wakes by the real one', () => {
  const clock = clockFrom({ ...map, realOrigin: new Date().toISOString() });

  expect(clock.now() >= map.mappedOrigin).toBe(true);
  const inAMonth = new Date(Date.parse(map.mappedOrigin) + 30 * DAY_MS).toISOString();
  expect(Math.abs(Date.parse(clock.wakeAt(inAMonth)) - clock.realNow().getTime() - 60_000)).toBeLessThan(1000);
});

test.each([
  ['stands still', { speed: 0 }],
  ['is slower than the real time', { speed: 0.5 }],
  ['has no speed', { speed: Number.NaN }],
  ['begins at no instant', { mappedOrigin: 'soon' }],
])('no clock runs by a map that %s', (_what, wrong) => {
  expect(() => clockFrom({ ...map, ...wrong })).toThrow(TimeMapInvalid);
});

test('an instant that is none stops the computation', () => {
  expect(() => wake(map, 'tomorrow')).toThrow(RangeError);
  expect(() => clockFrom(null).wakeAt('tomorrow')).toThrow(RangeError);
  expect(() => mapped(map, Date.parse(map.realOrigin) + 70 * DAY_MS)).toThrow(RangeError);
});
