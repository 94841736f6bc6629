import { join } from 'node:path';
import { gapsIn, keptDocument, openApiDocument } from '#testing';
import { GatewayModule } from './gateway.module';

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of the gateway take', async () => {
  const made = await openApiDocument(GatewayModule, 'Motcua gateway', 'apps/gateway/src');

  expect(keptDocument(join(__dirname, '../../../docs/generated/openapi-gateway.json'), made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});
