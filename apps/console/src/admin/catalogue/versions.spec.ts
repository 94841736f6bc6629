import type { VersionInTime } from './catalogue-reads';
import { takingOn, takingOncePublished, takingOnceWithdrawn } from './versions';

const version = (number: number, changes: Partial<VersionInTime> = {}): VersionInTime => ({
  version: number,
  state: 'published',
  validFrom: null,
  withdrawnFrom: null,
  ...changes,
});
const day = '2026-11-27';

test('new dossiers are taken by the newest version that is published, begun and not withdrawn', () => {
  const draft = version(4, { state: 'draft' });
  const later = version(3, { validFrom: '2027-01-01' });
  const versions = [draft, later, version(2), version(1)];

  expect(takingOn(versions, day)?.version).toBe(2);
  expect(takingOn(versions, '2027-01-01')?.version).toBe(3);
  expect(takingOn([version(1, { state: 'withdrawn', withdrawnFrom: day })], day)).toBeNull();
});

test('a draft takes over once it is published, but not before its own day', () => {
  const versions = [version(2, { state: 'draft', validFrom: '2027-01-01' }), version(1)];

  expect(takingOncePublished(versions, 2, day)?.version).toBe(1);
  expect(takingOncePublished(versions, 2, '2027-01-01')?.version).toBe(2);
});

test('what is withdrawn leaves its place to an older version, or to none', () => {
  expect(takingOnceWithdrawn([version(2), version(1)], 2, day)?.version).toBe(1);
  expect(takingOnceWithdrawn([version(1)], 1, day)).toBeNull();
});
