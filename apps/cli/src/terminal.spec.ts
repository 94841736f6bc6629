import { WallTimeInvalid } from '#calendar';
import { DossierError, DossierNotFound } from '#domain';
import { exitCodeOf, exitCodes, instantFrom, NotKnownHere, sentenceOf, speedFrom } from './terminal';

test('what somebody mistyped is told in a sentence, what is a defect of ours with its place', () => {
  expect(sentenceOf(new WallTimeInvalid('28.08.2026'))).toBe(
    '"28.08.2026" is no time on a clock; write it like 2026-08-28 09:00.',
  );
  expect(sentenceOf(new TypeError('of undefined'))).toContain('terminal.spec.ts');
});

class Changed extends DossierError {
  readonly code = 'CHANGED';
  readonly kind = 'conflict';
}

test('the exit code says what kind of failure it was', () => {
  expect(exitCodeOf(new DossierNotFound('7'))).toBe(exitCodes['not found']);
  expect(exitCodeOf(new NotKnownHere('No dossier has the code X.', ''))).toBe(exitCodes['not found']);
  expect(exitCodeOf(new Changed('It has changed.'))).toBe(exitCodes.conflict);
  expect(exitCodeOf(new TypeError('of undefined'))).toBe(exitCodes.failure);
  expect(exitCodeOf(new WallTimeInvalid('x'))).toBe(exitCodes.failure);
});

test('a speed is a number from 1 upwards, an instant is in UTC', () => {
  expect([speedFrom('1'), speedFrom('7200.5')]).toEqual([1, 7200.5]);
  for (const text of ['0', 'fast', '', 'Infinity']) expect(() => speedFrom(text)).toThrow('from 1 upwards');
  expect(instantFrom('2026-11-16T00:00:00Z')).toBe('2026-11-16T00:00:00.000Z');
  expect(instantFrom('2026-11-16T00:00:00.500Z')).toBe('2026-11-16T00:00:00.500Z');
  for (const text of ['2026-11-16', '2026-11-16T00:00:00+07:00', '2026-13-16T00:00:00Z'])
    expect(() => instantFrom(text)).toThrow('in UTC');
});
