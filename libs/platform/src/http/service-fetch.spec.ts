import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DossierError } from '#domain';
import { RemoteRefusal, serviceFetch } from './service-fetch';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let baseUrl: string;
let answer: { status: number; body: string; headers?: Record<string, string> } | 'nothing';
let seen: Seen[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      if (answer !== 'nothing') response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (seen = []));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function client(timeoutMs = 10_000) {
  return serviceFetch({ baseUrl, token: () => Promise.resolve('service-token'), timeoutMs });
}

async function refusalOf(call: Promise<unknown>): Promise<RemoteRefusal> {
  const error: unknown = await call.then(
    () => new Error('It was answered.'),
    (refused: unknown) => refused,
  );
  if (error instanceof RemoteRefusal) return error;
  throw error;
}

test('a command goes out as JSON with the token of the service, and the answer comes back with its headers', async () => {
  answer = { status: 201, body: '{"sequence":3}', headers: { etag: '"3"' } };

  const { status, headers, body } = await client()<{ sequence: number }>({
    method: 'POST',
    path: '/dossiers/0199/escalations',
    body: { rung: 'due' },
    headers: { 'idempotency-key': 'k-1' },
  });

  expect([status, headers.get('etag'), body.sequence]).toEqual([201, '"3"', 3]);
  expect(seen).toMatchObject([
    {
      method: 'POST',
      url: '/dossiers/0199/escalations',
      body: '{"rung":"due"}',
      headers: { authorization: 'Bearer service-token', 'content-type': 'application/json', 'idempotency-key': 'k-1' },
    },
  ]);
});

test("a person's own token is handed on in place of the service's", async () => {
  answer = { status: 204, body: '' };

  const { body } = await client()({ method: 'GET', path: '/', token: 'token-of-lan' });

  expect(body).toBeUndefined();
  expect(seen[0]!.headers.authorization).toBe('Bearer token-of-lan');
});

test.each<[number, DossierError['kind']]>([
  [400, 'invalid'],
  [401, 'unavailable'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [409, 'conflict'],
  [412, 'stale'],
  [422, 'invalid'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('a problem with status %i is a refusal of kind %s, with the code and data of the service', async (status, kind) => {
  answer = { status, body: JSON.stringify({ code: 'SOME_REASON', detail: 'Because.', dossierId: '0199' }) };

  expect(await refusalOf(client()({ method: 'GET', path: '/?name=Lan' }))).toMatchObject({
    status,
    kind,
    code: 'SOME_REASON',
    message: `${baseUrl}/: Because.`,
    problem: { dossierId: '0199' },
  });
});

test.each([
  ['a proxy answers for it', { status: 404, body: '<html>no such page</html>' }],
  ['it answers with what is no JSON', { status: 200, body: '<html>hello</html>' }],
  ['it points elsewhere', { status: 302, body: '', headers: { location: '/elsewhere' } }],
])('when %s, the service is not available', async (_what, given) => {
  answer = given;

  expect(await refusalOf(client()({ method: 'GET', path: '/' }))).toMatchObject({
    kind: 'unavailable',
    code: 'REMOTE_UNAVAILABLE',
    problem: null,
  });
  expect(seen).toHaveLength(1);
});

test('a service that gives no answer is waited for only so long, and asked once', async () => {
  answer = 'nothing';

  expect(await refusalOf(client(200)({ method: 'GET', path: '/' }))).toMatchObject({
    kind: 'unavailable',
    status: null,
  });
  expect(seen).toHaveLength(1);
});

test('a service that is not there is not available', async () => {
  const nobody = serviceFetch({ baseUrl: 'http://127.0.0.1:1', token: () => Promise.resolve('t'), timeoutMs: 5000 });

  expect(await refusalOf(nobody({ method: 'GET', path: '/' }))).toMatchObject({ kind: 'unavailable', status: null });
});
