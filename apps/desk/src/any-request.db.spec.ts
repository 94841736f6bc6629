import * as fc from 'fast-check';
import { dossierCommandNames, policy, type PolicyRow } from '#domain';
import { accessOf } from '#platform';
import { openApiDocument, routesOf, type DocumentedRoute } from '#testing';
import { DeskAtWork, demoOrganisation } from '../test/desk-at-work';
import { leastSaid } from '../test/least-said';
import { DeskModule } from './desk.module';

/*
 * Requests as nobody means them: fields that fit and fields that do not, values beyond what a column holds, bodies that are no
 * JSON. Whatever is sent by somebody who may ask, desk answers, and what it refuses it refuses as a problem with a code.
 */

/** Always the same requests, so that a run that fails fails again. */
const seed = 20_261_127;
const requestsOfRoute = 8;
const routesAtOnce = 4;
const sameKey = '01932c8e-7c00-7000-8000-0000000000aa';

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Sent {
  readonly path: string;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

jest.setTimeout(60_000);

let desk: DeskAtWork;
let routes: readonly DocumentedRoute[];
let operations: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
let schemas: Readonly<Record<string, Schema>>;
let dossierId: string;

beforeAll(async () => {
  const roles = ['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const;
  const post = { id: 'every-role', officeId: 'do-luong', name: 'Everything', roles };
  const tenure = { officialId: 'everybody', postId: post.id, from: '2025-06-30T17:00:00.000Z', until: null };
  desk = await DeskAtWork.start({
    brokers: '127.0.0.1:1',
    organisation: {
      ...demoOrganisation,
      posts: [...demoOrganisation.posts, post],
      officials: [...demoOrganisation.officials, { id: 'everybody', name: 'Everybody', email: null }],
      tenures: [...demoOrganisation.tenures, tenure],
    },
  });
  routes = (await routesOf(DeskModule)).filter(({ handler }) => accessOf(handler) !== 'public');
  const document = JSON.parse(await openApiDocument(DeskModule, 'Motcua desk', 'apps/desk/src')) as {
    paths: typeof operations;
    components: { schemas: typeof schemas };
  };
  operations = document.paths;
  ({ schemas } = document.components);
  ({ dossierId } = await desk.receive({ responsible: { officialId: 'everybody', postId: 'every-role' } }));
});
afterAll(() => desk.stop());

test('no request makes desk fail, and whatever it refuses it refuses as a problem with a code', async () => {
  expect(routes.length).toBeGreaterThan(100);
  const statuses = new Set<number>();
  const rest = [...routes];
  const some = async () => {
    for (let route = rest.pop(); route; route = rest.pop()) await holdsFor(route, statuses);
  };
  await Promise.all(Array.from({ length: routesAtOnce }, some));

  // What was sent came through the door: some of it was done, and it was refused for more than one reason.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 400, 404, 409]));
});

async function holdsFor(route: DocumentedRoute, statuses: Set<number>): Promise<void> {
  const token = await tokenFor(route);
  const holds = fc.asyncProperty(requestTo(route), async ({ path, body, headers }) => {
    const answer = await fetch(desk.url + path, {
      method: route.method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      body,
    });
    const text = await answer.text();
    statuses.add(answer.status);
    const told = { status: answer.status, type: answer.headers.get('content-type') ?? '', text };
    if (!isAnswered(told)) throw new Error(JSON.stringify(told));
  });
  try {
    await fc.assert(holds, { seed: seed + routes.indexOf(route), numRuns: requestsOfRoute });
  } catch (cause) {
    throw new Error(`${route.method} ${route.path}`, { cause });
  }
}

function isAnswered({ status, type, text }: { status: number; type: string; text: string }): boolean {
  if (status < 400) return true;
  if (status >= 500 || !type.startsWith('application/problem+json')) return false;
  const problem = JSON.parse(text) as { status?: unknown; code?: unknown };
  return problem.status === status && typeof problem.code === 'string';
}

/** Of whoever may ask it: an official who has every role, or else a service. */
async function tokenFor({ handler, path }: DocumentedRoute): Promise<string> {
  const access = accessOf(handler);
  if (!access || access === 'public' || !(access.action in policy)) throw new Error(`${path} names no action`);
  const row: PolicyRow = policy[access.action as keyof typeof policy];
  const service = (['clock', 'oversight', 'gateway'] as const).find((one) => row[one] !== undefined);
  const isForPeople = (['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const).some(
    (role) => row[role] !== undefined,
  );
  return isForPeople || !service
    ? desk.token('issuer', { sub: 'everybody', post: 'every-role', office: 'do-luong' })
    : desk.token(service, { sub: `service:${service}` });
}

/** What no column, parser or rule was made for, as text. */
const strangeText = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '0', '-1', '1e9', '99999999999', '9007199254740993', 'NaN', 'null', '%', '\\', '{}', '[]', '*'],
    ...[
      '0001-01-01T00:00:00.000Z',
      '9999-12-31T23:59:59.999Z',
      '2026-02-30T00:00:00.000Z',
      '+275760-09-13T00:00:00.000Z',
    ],
    ...['00000000-0000-0000-0000-000000000000', "' or true --", '../..', '__proto__', 'İﬀ💥', '\u0000', '\u202E'],
    'x'.repeat(3_000),
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

const strangeValue: fc.Arbitrary<unknown> = fc.oneof(
  strangeText,
  fc.constantFrom(-1, 0, 1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 1e308, null, true, [], {}, [[]], [null]),
  fc.constant(JSON.parse('{"__proto__":{"code":"x"},"constructor":1}') as unknown),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Words that mean something here, by the ends of the names of the fields that they stand in. */
const meant: Readonly<Record<string, readonly string[]>> = {
  dossierId: [],
  officialId: ['everybody', 'lan', 'minh', 'nobody'],
  postId: ['every-role', 'do-luong-centre-clerk', 'no-post'],
  officeId: ['do-luong', 'do-luong-centre', 'no-office'],
  rocedureCode: ['1.012786', 'S1.000010', 'S1.000005', '9.999999'],
  code: ['1.012786', 'S1.000010', 'document-missing'],
  easonCode: ['document-missing', 'survey'],
  currency: ['VND', 'XXX'],
  id: ['vn-office', 'no-calendar'],
};

function textIn(name: string, { format, enum: values }: Schema): fc.Arbitrary<string> {
  if (values) return fc.constantFrom(...values);
  if (format === 'date-time' || /At$|^from$|^until$/.test(name)) {
    return fc.constantFrom('2026-03-02T02:00:00.000Z', '2026-12-01T02:00:00.000Z', '2027-03-02T02:00:00.000Z');
  }
  const words = Object.entries(meant).find(([end]) => name.endsWith(end))?.[1] ?? ['x', 'Nguyễn Thị Ánh', '0912345678'];
  if (format === 'uuid' || words.length === 0 || /[a-z]Id$/.test(name)) {
    const known = fc.constantFrom(...words, dossierId);
    return fc.oneof({ weight: 5, arbitrary: known }, { weight: 1, arbitrary: fc.uuid() });
  }
  return fc.constantFrom(...words);
}

function fitting(name: string, schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const { type, items, properties, ...rest } = resolved(schema);
  if (depth > 6) return strangeValue;
  if (type === 'string') return textIn(name, rest);
  if (type === 'number' || type === 'integer') return fc.constantFrom(0, 1, 2, 50, 200, 8_000);
  if (type === 'boolean') return fc.boolean();
  if (items) return fc.array(mostlyFitting(name, items, depth + 1), { maxLength: 3 });
  return fc.record(
    Object.fromEntries(
      Object.entries(properties ?? {}).map(([field, part]) => [field, mostlyFitting(field, part, depth + 1)]),
    ),
    { requiredKeys: [] },
  );
}

function mostlyFitting(name: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary: fitting(name, schema, depth) }, { weight: 1, arbitrary: strangeValue });
}

function resolved(schema: Schema): Schema {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  return name === undefined ? schema : (schemas[name] ?? {});
}

function spoken(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function requestTo(route: DocumentedRoute): fc.Arbitrary<Sent> {
  const { parameters = [], requestBody } = operations[route.path]?.[route.method.toLowerCase()] ?? {};
  const said = (place: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === place)
          .map(({ name, schema }) => [
            name,
            fc.oneof(
              { weight: 6, arbitrary: fitting(name, schema).map(spoken) },
              { weight: 1, arbitrary: strangeText },
            ),
          ]),
      ),
      place === 'query' ? { requiredKeys: [] } : {},
    ) as fc.Arbitrary<Record<string, string>>;
  const query = fc
    .tuple(said('query'), fc.constantFrom('', '', '', '&limit=1&limit=2', '&limit[a]=1', '&unknown=1'))
    .map(([fields, more]) => new URLSearchParams(fields).toString() + more);
  return fc
    .record({ path: said('path'), query, body: bodyOf(route, requestBody), ...headersOf })
    .map(({ path, query, body, ifMatch, key, type }) => ({
      path: `${route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))}?${query}`,
      body,
      headers: {
        ...(ifMatch !== null && { 'if-match': ifMatch }),
        ...(key !== null && { 'idempotency-key': key }),
        ...(body !== null && { 'content-type': type }),
      },
    }));
}

const headersOf = {
  ifMatch: fc.constantFrom('"1"', '"1"', '"2"', '*', 'W/"1"', 'x', '"99999999999999999999"', null),
  key: fc.oneof({ weight: 4, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom(null, 'x', sameKey) }),
  type: fc.constantFrom(...Array<string>(6).fill('application/json'), 'text/plain', 'application/json; charset=utf-7'),
};

function bodyOf(route: DocumentedRoute, asked: Operation['requestBody']): fc.Arbitrary<string | null> {
  if (route.method === 'GET') return fc.constant(null);
  const name = dossierCommandNames.find((one) => route.path === `/dossiers/{dossierId}/${one}`);
  const least: object = name && name !== 'acknowledge' ? leastSaid[name] : {};
  const schema = asked?.content['application/json']?.schema ?? {};
  const described = fitting('', schema).map((fields) => JSON.stringify({ ...least, ...(fields as object) }));
  return fc.oneof(
    { weight: 6, arbitrary: described },
    { weight: 1, arbitrary: strangeValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom('', '{', '[1', 'null', '"x"', '\uFEFF{}', '{"a":1}{"b":2}', '[]') },
  );
}
