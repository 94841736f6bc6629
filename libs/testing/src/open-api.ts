import type { Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';

const description =
  'Problems are application/problem+json (RFC 9457) with a stable code. Instants are UTC with milliseconds.';

/** The OpenAPI document, as JSON text, of the routes that a Nest module offers; nothing of it is started. */
export async function openApiDocument(module: Type, title: string): Promise<string> {
  const controllers = Reflect.getMetadata('controllers', module) as Type[];
  const testing = await Test.createTestingModule({ controllers })
    .useMocker(() => ({}))
    .compile();
  const config = new DocumentBuilder()
    .setTitle(title)
    .setVersion('1')
    .setDescription(description)
    .addBearerAuth()
    .addGlobalResponse({ status: '4XX', description: 'application/problem+json' });
  const document = SwaggerModule.createDocument(testing.createNestApplication(), config.build());
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

/** What an integrator would miss in an OpenAPI document: summaries, path parameters, fields of bodies. */
export function gapsIn(document: string): readonly string[] {
  const { paths, components } = JSON.parse(document) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas?: Record<string, { properties?: object }> };
  };
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { summary, parameters = [] }]) => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const missing = named.filter((name) => !parameters.some((one) => one.in === 'path' && one.name === name));
      return [...missing.map((name) => `parameter ${name}`), ...(summary ? [] : ['summary'])].map(
        (what) => `${method} ${path}: ${what}`,
      );
    }),
  );
  const bodies = Object.entries(components.schemas ?? {}).filter(
    ([, { properties = {} }]) => !Object.keys(properties).length,
  );
  return [...routes, ...bodies.map(([name]) => `${name}: fields`)];
}
