import { openApiDocument } from '#testing';
import { DeskAtWork, demoOrganisation } from '../test/desk-at-work';
import { DeskModule } from './desk.module';

/* Every place of every route of desk where a caller can write text, as the OpenAPI document has them. */

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Attempt {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly field: string;
}

const NUL = '\u0000';

jest.setTimeout(120_000);

let desk: DeskAtWork;
let attempts: readonly Attempt[];

beforeAll(async () => {
  const post = {
    id: 'every-role',
    officeId: 'do-luong',
    name: 'Everything',
    roles: ['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const,
  };
  const organisation = {
    ...demoOrganisation,
    posts: [...demoOrganisation.posts, post],
    officials: [...demoOrganisation.officials, { id: 'everybody', name: 'Everybody', email: null }],
    tenures: [
      ...demoOrganisation.tenures,
      { officialId: 'everybody', postId: post.id, from: '2025-06-30T17:00:00.000Z', until: null },
    ],
  };
  attempts = attemptsOf(await openApiDocument(DeskModule, 'Motcua desk', 'apps/desk/src'));
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation });
});

afterAll(() => desk.stop());

test('U+0000 in any field, query or path of any route is refused by name of the field', async () => {
  const answers = await Promise.all(
    attempts.map(async (attempt) => {
      const { status, body } = await asWhoeverMay(attempt);
      const named = (body.errors as { field: string; rule: string }[] | undefined)?.some(
        ({ field, rule }) => field === attempt.field && rule.startsWith('must be text'),
      );
      return { ...attempt, status, named };
    }),
  );

  expect(answers.filter(({ status, named }) => status !== 400 || !named)).toEqual([]);
  // The document was read: these are places of which a rule of their own was once missing.
  const places = attempts.map(({ method, path, field }) => `${method} ${path.split('?', 1)[0]} ${field}`);
  expect(places).toEqual(
    expect.arrayContaining([
      'POST /dossiers remark',
      'POST /dossiers applicant.name',
      'POST /work-transfers assignments.0.to.postId',
      'POST /dossiers/1/escalations/1/%00/acknowledgement rung',
      'GET /dossiers externalNumber',
    ]),
  );
});

test('what a dossier holds is text: nothing was written', async () => {
  const before = await desk.rows('select count(*) from desk.journal');
  const intake = { procedureCode: '1.012786', channel: 'desk', applicant: { name: `An${NUL}`, phone: '0912345678' } };

  expect(await desk.as('lan', 'POST', '/dossiers', intake)).toMatchObject({
    status: 400,
    body: { code: 'FIELD_INVALID', errors: [{ field: 'applicant.name' }] },
  });
  expect(await desk.rows('select count(*) from desk.journal')).toEqual(before);
});

async function asWhoeverMay({ method, path, body }: Attempt) {
  let answer = await desk.as('everybody', method, path, body);
  for (const service of ['clock', 'oversight', 'gateway'] as const) {
    if (answer.status === 403) answer = await desk.asService(service, method, path, body);
  }
  return answer;
}

function attemptsOf(document: string): readonly Attempt[] {
  const { paths, components } = JSON.parse(document) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([verb, { parameters = [], requestBody }]) => {
      const method = verb.toUpperCase() as 'GET' | 'POST';
      const spoken = filled(path, {});
      const bodies = textsIn(requestBody?.content['application/json']?.schema ?? {}, components.schemas);
      return [
        ...parameters
          .filter((one) => one.in === 'path')
          .map(({ name }) => ({ method, path: filled(path, { [name]: '%00' }), field: name, ...bodyOf(method) })),
        ...parameters
          .filter((one) => one.in === 'query' && one.schema.type === 'string')
          .map(({ name }) => ({ method, path: `${spoken}?${name}=%00`, field: name, ...bodyOf(method) })),
        ...bodies.map(({ field, value }) => ({ method, path: spoken, field, body: value as object })),
      ];
    }),
  );
}

function bodyOf(method: string): { body?: object } {
  return method === 'POST' ? { body: {} } : {};
}

function filled(path: string, said: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => said[name] ?? '1');
}

/** Each text in a body, with a body that holds it alone. */
function textsIn(
  schema: Schema,
  known: Readonly<Record<string, Schema>>,
): readonly { readonly field: string; readonly value: unknown }[] {
  const { type, items, properties } = resolved(schema, known);
  if (type === 'string') return [{ field: '', value: NUL }];
  if (items) return textsIn(items, known).map(({ field, value }) => ({ field: joined('0', field), value: [value] }));
  return Object.entries(properties ?? {}).flatMap(([name, part]) =>
    textsIn(part, known).map(({ field, value }) => ({ field: joined(name, field), value: { [name]: value } })),
  );
}

function resolved(schema: Schema, known: Readonly<Record<string, Schema>>): Schema {
  const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);
  return name === undefined ? schema : (known[name] ?? {});
}

function joined(name: string, rest: string): string {
  return rest === '' ? name : `${name}.${rest}`;
}
