import { afterTransfer, concernOf, type PersonLoad } from './workload';

const load: PersonLoad = {
  officialId: 'minh',
  postId: 'officer',
  officeId: 'land',
  open: 6,
  late: 0,
  dueThisWeek: 2,
  paused: 0,
  usualOpen: 4,
  isAbsent: false,
  absentUntil: null,
  standIn: null,
};

test('whoever is away with work, then whoever is late, then whoever has half as much again as the others', () => {
  expect(concernOf(load)).toBeNull();
  expect(concernOf({ ...load, open: 7 })).toBe('overloaded');
  expect(concernOf({ ...load, open: 4, usualOpen: 1 })).toBeNull();
  expect(concernOf({ ...load, open: 40, usualOpen: null })).toBeNull();
  expect(concernOf({ ...load, open: 7, late: 1 })).toBe('late');
  expect(concernOf({ ...load, late: 1, isAbsent: true })).toBe('absent');
  expect(concernOf({ ...load, open: 0, isAbsent: true })).toBeNull();
});

test('what one has less the other has more', () => {
  const to = { open: 3, late: 1, dueThisWeek: 0 };
  expect(afterTransfer(load, to)).toEqual([
    { name: 'open', from: 6, to: [3, 9] },
    { name: 'late', from: 0, to: [1, 1] },
    { name: 'dueThisWeek', from: 2, to: [0, 2] },
  ]);
});
