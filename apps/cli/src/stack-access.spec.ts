import type { Organisation } from '#domain';
import { tenureOf } from './stack-access';

const since = '2025-01-01T00:00:00.000Z';
const moved = '2026-01-01T00:00:00.000Z';
const tenures: Organisation['tenures'] = [
  { officialId: 'lan', postId: 'clerk', from: since, until: moved },
  { officialId: 'lan', postId: 'surveyor', from: moved, until: null },
  { officialId: 'minh', postId: 'clerk', from: moved, until: null },
  { officialId: 'hoa', postId: 'head', from: since, until: moved },
];

test('who moved to another post acts from the post of today', () => {
  expect(tenureOf(tenures, 'lan')?.postId).toBe('surveyor');
});

test('a post that is named counts, also after the tenure has ended', () => {
  expect(tenureOf(tenures, 'lan', 'clerk')).toMatchObject({ officialId: 'lan', until: moved });
});

test('of somebody who came back to a post the tenure that lasts counts', () => {
  const back = [...tenures, { officialId: 'lan', postId: 'clerk', from: '2026-06-01T00:00:00.000Z', until: null }];

  expect(tenureOf(back, 'lan', 'clerk')?.until).toBeNull();
});

test('who has left acts from the last known post, and a stranger from none', () => {
  expect(tenureOf(tenures, 'hoa')?.postId).toBe('head');
  expect(tenureOf(tenures, 'stranger')).toBeUndefined();
});
