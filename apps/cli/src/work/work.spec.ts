import type { TransferableDossier } from '#domain';
import type { ServiceFetch } from '#platform';
import { handedOn, previewOf, storyOf } from './work';

const minh = { officialId: 'minh', postId: 'land-officer', officeId: 'land' };
const son = { officialId: 'son', postId: 'land-officer', officeId: 'land' };
const quiet = { update: () => undefined, stop: () => undefined };

function held(code: string, to: TransferableDossier['to'] = son, takesTwo = false): TransferableDossier {
  const due = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: '2026-11-25T10:30:00.000Z', legalDueAt: null };
  const what = { dossierId: `id-of-${code}`, code, officeId: 'bac-son', procedureCode: '1.012786' } as const;
  return { ...what, status: 'in-process', due, timeZone: 'Asia/Ho_Chi_Minh', from: minh, to, takesTwo };
}

/** A desk that answers from a list, and remembers what it was asked. */
function deskOf(answers: readonly object[]): { desk: ServiceFetch; asked: { path: string; body?: unknown }[] } {
  const asked: { path: string; body?: unknown }[] = [];
  const desk = ((request: { path: string; body?: unknown }) => {
    asked.push(request);
    return Promise.resolve({ body: answers[asked.length - 1] });
  }) as unknown as ServiceFetch;
  return { desk, asked };
}

test('the preview says how many go from whom to whom, and shows the first of them', () => {
  const many = Array.from({ length: 24 }, (_, index) => held(`H41-${index}`));
  const story = storyOf([...many, held('H41-alone', null), held('H41-late', null, true)]);

  expect(story).toContain('26 open dossiers would change hands; none of their dates moves.');
  expect(story).toContain('24: minh/land-officer -> son/land-officer');
  expect(story).toMatch(/1: minh\/land-officer -> nobody: it stays$/m);
  expect(story).toContain('1: minh/land-officer -> nobody: it is late and stays, for it takes two persons');
  expect(story).toMatch(/H41-0 +bac-son +in-process +2026-11-25 at 17:30 +minh\/land-officer +son\/land-officer/);
  expect(story).toContain('... and 6 more: --json has all.');
  expect(story).toContain('--apply does it');
  expect(storyOf([])).toBe('0 open dossiers would change hands; none of their dates moves.');
});

test('every page is asked for, with who takes it', async () => {
  const { desk, asked } = deskOf([
    { dossiers: [held('a')], next: 'id-of-a' },
    { dossiers: [held('b')], next: null },
  ]);

  const found = await previewOf(desk, { fromOfficialId: 'minh', to: son }, quiet);

  expect(found.map(({ code }) => code)).toEqual(['a', 'b']);
  expect(asked.map(({ path }) => path)).toEqual([
    '/work-transfers?limit=1000&fromOfficialId=minh&toOfficialId=son&toPostId=land-officer',
    '/work-transfers?limit=1000&fromOfficialId=minh&toOfficialId=son&toPostId=land-officer&after=id-of-a',
  ]);
});

test('it is decided first, and then done page by page under the same operation', async () => {
  const { desk, asked } = deskOf([
    { operationId: 'op' },
    { checked: 2, moved: 1, left: [{ dossierId: 'x', code: null, reason: 'ended' }], next: 'x' },
    { checked: 1, moved: 1, left: [], next: null },
  ]);

  const decision = { operationId: 'op', reasonCode: 'office-ended', fromOfficeId: 'bac-son' };
  const done = await handedOn(desk, decision, quiet);

  expect(done).toEqual({ moved: 2, left: [{ dossierId: 'x', code: null, reason: 'ended' }] });
  expect(asked).toMatchObject([
    { path: '/work-transfers', body: decision },
    { path: '/work-transfers/op/pages', body: { limit: 100 } },
    { path: '/work-transfers/op/pages', body: { limit: 100, after: 'x' } },
  ]);
});
