import { join } from 'node:path';
import { apiTypesOf, gapsIn, keptDocument, openApiDocument } from '#testing';
import { GatewayModule } from './gateway.module';

const document = join(__dirname, '../../../docs/generated/openapi-gateway.json');
const types = join(__dirname, '../../console/src/api/gateway.d.ts');

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of the gateway take', async () => {
  const made = await openApiDocument(GatewayModule, 'Motcua gateway', 'apps/gateway/src');

  expect(keptDocument(document, made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});

test('the console knows the gateway by types made from that document', async () => {
  const made = await apiTypesOf(document);

  expect(keptDocument(types, made)).toBe(made);
});
