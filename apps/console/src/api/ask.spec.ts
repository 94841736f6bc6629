import { ask } from './ask';

const answered = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

let asked: Request[];

function deskAnswers(response: Response): void {
  asked = [];
  Object.assign(globalThis, { location: { origin: 'http://localhost:7400' } });
  jest.spyOn(globalThis, 'fetch').mockImplementation((request) => {
    asked.push(request as Request);
    return Promise.resolve(response);
  });
}

test('a route is filled in, what is not asked for is left out, and the version comes with the answer', async () => {
  deskAnswers(answered(200, { rows: [] }, { etag: '"3"' }));
  const { body, etag } = await ask('/queues/{queue}', {
    params: { queue: 'mine' },
    query: { state: undefined, limit: 5 },
  });
  expect(asked[0]?.url).toBe('http://localhost:7400/api/desk/queues/mine?limit=5');
  expect([body, etag]).toEqual([{ rows: [] }, '"3"']);
});

test('a refusal is a problem with its code and its fields', async () => {
  deskAnswers(
    answered(400, { code: 'FIELD_INVALID', detail: 'd', errors: [{ field: 'limit', rule: 'must be less' }] }),
  );
  await expect(ask('/me')).rejects.toMatchObject({
    status: 400,
    code: 'FIELD_INVALID',
    fields: [{ field: 'limit', rule: 'must be less' }],
  });
});
