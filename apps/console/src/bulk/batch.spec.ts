import { answered, batchOf, countOf, refusalFor, runBatch, type Batch, type Candidate, type RowAnswer } from './batch';

const now = { version: 3, escalation: null, commands: [{ name: 'reassign', allowed: true, refusal: null }] };

function candidate(id: string, changes: Partial<Candidate> = {}): Candidate {
  return { dossierId: id, code: `H-${id}`, version: 3, now, ...changes };
}

function batchWith(count: number): Batch {
  const ids = Array.from({ length: count }, (_, index) => String(index));
  let keys = 0;
  return batchOf(
    'reassign',
    {},
    ids.map((id) => candidate(id)),
    () => `key-${(keys += 1)}`,
  );
}

test('a row that moved, went out of sight or may not be told so is no row of the batch, and says why', () => {
  const refused = { ...now, commands: [{ name: 'reassign', allowed: false, refusal: 'COMMAND_NOT_ALLOWED' }] };
  const candidates = [
    candidate('a'),
    candidate('b', { version: 2 }),
    candidate('c', { now: null }),
    candidate('d', { now: refused }),
  ];
  expect(candidates.map((one) => refusalFor('reassign', one))).toEqual([
    null,
    'VERSION_STALE',
    'DOSSIER_NOT_FOUND',
    'COMMAND_NOT_ALLOWED',
  ]);
  expect(refusalFor('return', candidate('a'))).toBe('ACTION_FORBIDDEN');
  expect(batchOf('reassign', {}, candidates, () => 'key').rows.map(({ dossierId }) => dossierId)).toEqual(['a']);
});

test('an acknowledgement names the alert that stands', () => {
  const alerted = {
    version: 3,
    escalation: { generation: 2, rung: 'broken-promise-1' },
    commands: [{ name: 'acknowledge', allowed: true, refusal: null }],
  };
  const { rows } = batchOf('acknowledge', {}, [candidate('a', { now: alerted })], () => 'key');
  expect(rows[0]?.path).toBe('escalations/2/broken-promise-1/acknowledgement');
});

test('never more than four rows are under way, every row is sent once, each under a key of its own', async () => {
  const batch = batchWith(23);
  let underWay = 0;
  let most = 0;
  const keys: string[] = [];
  let after = batch;
  await runBatch(
    batch,
    async ({ key }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      keys.push(key);
      await new Promise((resolve) => setTimeout(resolve, 1));
      underWay -= 1;
      return { state: 'done' };
    },
    (id, answer) => (after = answered(after, id, answer)),
    () => false,
  );
  expect(most).toBe(4);
  expect(new Set(keys).size).toBe(23);
  expect(keys).toHaveLength(23);
  expect(countOf(after, 'done')).toBe(23);
});

test('what was begun and not answered is sent again under the same key; what was answered is not', async () => {
  const batch = batchWith(6);
  let kept = batch;
  const send = ({ dossierId }: { dossierId: string }) =>
    Promise.resolve<RowAnswer>(
      Number(dossierId) < 2 ? { state: 'refused', refusal: 'VERSION_STALE' } : { state: 'unknown' },
    );
  await runBatch(
    batch,
    send,
    (id, answer) => (kept = answered(kept, id, answer)),
    () => false,
  );
  expect([countOf(kept, 'refused'), countOf(kept, 'waiting')]).toEqual([2, 4]);

  const again: string[] = [];
  await runBatch(
    kept,
    ({ key }) => {
      again.push(key);
      return Promise.resolve({ state: 'done' });
    },
    (id, answer) => (kept = answered(kept, id, answer)),
    () => false,
  );
  expect(again).toEqual(batch.rows.slice(2).map(({ key }) => key));
  expect([countOf(kept, 'done'), countOf(kept, 'refused'), countOf(kept, 'waiting')]).toEqual([4, 2, 0]);
});

test('asked to stop it begins no further row, and those under way are still told', async () => {
  const batch = batchWith(20);
  let told = 0;
  await runBatch(
    batch,
    () => Promise.resolve({ state: 'done' }),
    () => (told += 1),
    () => told >= 5,
  );
  expect(told).toBeGreaterThanOrEqual(5);
  expect(told).toBeLessThanOrEqual(8);
});
