import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { responseSchemas, type ResponseSchemas, type Schema } from './response-schemas';

const description =
  'Problems are application/problem+json (RFC 9457) with a stable code. Instants are UTC with milliseconds.';

const root = join(__dirname, '../../..');

/**
 * The OpenAPI document, as JSON text, of the routes that a Nest module offers; nothing of it is started.
 *
 * What a route takes is said by its decorators, what it answers by its return type, unless a decorator says that as well.
 * The controllers are those of `folder` (`apps/desk/src`) and of what every service shares.
 */
export async function openApiDocument(module: Type, title: string, folder: string): Promise<string> {
  const document = await documentOfRoutes(module, title);
  const routes = Object.values(document.paths).flatMap((operations) => Object.values(operations));
  const unsaid = routes.filter(({ responses }) => !Object.values(responses).some(({ content }) => content));
  const ids = new Set(unsaid.map(({ operationId }) => operationId));
  const taken = Object.keys(document.components.schemas ?? {});
  const said = await responseSchemas(root, [folder, 'libs/platform/src'], { routes: ids, taken });
  return `${JSON.stringify(withAnswers(document, said), null, 2)}\n`;
}

/** TypeScript types of a kept OpenAPI document, for clients: what openapi-typescript makes of it. */
export async function apiTypesOf(path: string): Promise<string> {
  const tool = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin/cli.js');
  const { stdout } = await promisify(execFile)(process.execPath, [tool, path], { maxBuffer: 10_000_000 });
  return stdout;
}

/** A route as the document has it, and the method that answers it. */
export interface DocumentedRoute {
  readonly method: string;
  /** With parameters in braces. */
  readonly path: string;
  readonly handler: object;
}

/** The routes of a module. */
export async function routesOf(module: Type): Promise<readonly DocumentedRoute[]> {
  const { paths } = await documentOfRoutes(module, 'routes');
  const controllers = Reflect.getMetadata('controllers', module) as Type[];
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { operationId }]) => {
      const [name, member = ''] = operationId.split('_');
      const { prototype } = controllers.find((one) => one.name === name) as { prototype: Record<string, object> };
      const handler = prototype[member];
      if (!handler) throw new Error(`${operationId} is no method of a controller`);
      return { method: method.toUpperCase(), path, handler };
    }),
  );
}

async function documentOfRoutes(module: Type, title: string): Promise<Document> {
  const controllers = Reflect.getMetadata('controllers', module) as Type[];
  const testing = await Test.createTestingModule({ controllers })
    .useMocker(() => ({}))
    .compile();
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setVersion('1')
    .setDescription(description)
    .addBearerAuth()
    .addGlobalResponse({ status: '4XX', description: 'application/problem+json' });
  return SwaggerModule.createDocument(testing.createNestApplication(), config.build()) as unknown as Document;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas?: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

function withAnswers(document: Document, { answers, schemas }: ResponseSchemas): Document {
  const asked = document.components.schemas ?? {};
  const paths = mapped(document.paths, (operations) =>
    mapped(operations, (operation) => withAnswer(operation, answers.get(operation.operationId) ?? null)),
  );
  return { ...document, paths, components: { ...document.components, schemas: { ...asked, ...schemas } } };
}

function withAnswer(operation: Operation, schema: Schema | null): Operation {
  if (schema === null) return operation;
  const responses = mapped(operation.responses, (response, status) =>
    isSuccess(status) && !response.content ? { ...response, content: { 'application/json': { schema } } } : response,
  );
  return { ...operation, responses };
}

function isSuccess(status: string): boolean {
  return status.startsWith('2');
}

function mapped<One, Other>(record: Readonly<Record<string, One>>, change: (one: One, name: string) => Other) {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, change(one, name)]));
}

/** What an integrator would miss in an OpenAPI document: summaries, path parameters, fields of bodies, answers. */
export function gapsIn(document: string): readonly string[] {
  const { paths, components } = JSON.parse(document) as Document;
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      gapsOf(path, operation).map((what) => `${method} ${path}: ${what}`),
    ),
  );
  const bodies = Object.entries(components.schemas ?? {}).filter(([, schema]) => isWithoutFields(schema));
  return [...routes, ...bodies.map(([name]) => `${name}: fields`)];
}

function gapsOf(path: string, { summary, parameters = [], responses }: Operation): readonly string[] {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const missing = named.filter((name) => !parameters.some((one) => one.in === 'path' && one.name === name));
  const answers = Object.entries(responses).filter(([status]) => isSuccess(status) && status !== '204');
  // Without content the method writes its answer itself: a page, a redirection, a stream.
  const isUnsaid = ([, { content = {} }]: (typeof answers)[number]) =>
    Object.values(content).some(({ schema }) => Object.keys(schema).length === 0);
  return [
    ...missing.map((name) => `parameter ${name}`),
    ...(summary ? [] : ['summary']),
    ...answers.filter(isUnsaid).map(([status]) => `answer ${status}`),
  ];
}

/** An object of which nothing is said; one with any names has their type. */
function isWithoutFields({ type, properties = {}, additionalProperties }: Schema): boolean {
  return type === 'object' && additionalProperties === undefined && Object.keys(properties as object).length === 0;
}
