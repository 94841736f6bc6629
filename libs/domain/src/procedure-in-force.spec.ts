import fc from 'fast-check';
import { isInForce, versionOfReceipt, type VersionInTime } from './index';

/** From the first day; the second from March until it is withdrawn in June; the third from May; the fourth is looked at. */
const [draft, third, second, first]: readonly VersionInTime[] = [
  { version: 4, state: 'draft', validFrom: null, withdrawnFrom: null },
  { version: 3, state: 'published', validFrom: '2026-05-01', withdrawnFrom: null },
  { version: 2, state: 'withdrawn', validFrom: '2026-03-01', withdrawnFrom: '2026-06-01' },
  { version: 1, state: 'published', validFrom: null, withdrawnFrom: null },
];
const today = '2026-11-20';

function of(versions: readonly (VersionInTime | undefined)[], receivedOn: string) {
  const found = versionOfReceipt(versions as VersionInTime[], receivedOn, today);
  return found && [found.version.version, found.basis];
}

describe('of a dossier that was received elsewhere', () => {
  test.each([
    ['2026-02-28', 1],
    ['2026-03-01', 2],
    ['2026-05-01', 3],
    ['2026-07-01', 3],
  ])('on %s, version %i is the one that was in force then, whatever came since', (receivedOn, version) => {
    expect(of([draft, third, second, first], receivedOn)).toEqual([version, 'in-force-at-receipt']);
  });

  test('a withdrawal since then takes nothing from it', () => {
    expect(of([second], '2026-04-01')).toEqual([2, 'in-force-at-receipt']);
  });

  test('before the catalogue begins, it is the earliest since', () => {
    expect(of([draft, third, second], '2026-02-01')).toEqual([2, 'earliest-since-receipt']);
  });

  test('there is none where all were withdrawn before, are drafts, or are not in force yet', () => {
    expect(of([second], '2026-06-01')).toBeNull();
    expect(of([draft], '2026-06-01')).toBeNull();
    expect(
      of([{ version: 5, state: 'published', validFrom: '2027-01-01', withdrawnFrom: null }], '2026-06-01'),
    ).toBeNull();
  });

  test('what is in force today is taken for what is received today, as at the desk', () => {
    const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-05-${String(day).padStart(2, '0')}`);
    const version = fc.record({
      version: fc.nat(),
      state: fc.constantFrom('draft' as const, 'published' as const, 'withdrawn' as const),
      validFrom: fc.option(days),
      withdrawnFrom: fc.option(days),
    });
    fc.assert(
      fc.property(fc.array(version, { maxLength: 5 }), days, (versions, on) => {
        const found = versionOfReceipt(versions, on, on);
        expect(found?.version ?? null).toBe(versions.find((one) => isInForce(one, on)) ?? null);
      }),
    );
  });
});
