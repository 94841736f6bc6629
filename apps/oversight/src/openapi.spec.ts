import { join } from 'node:path';
import { gapsIn, keptDocument, openApiDocument } from '#testing';
import { OversightModule } from './oversight.module';

test('the kept OpenAPI document says what the routes of oversight take', async () => {
  const made = await openApiDocument(OversightModule, 'Motcua oversight');

  expect(keptDocument(join(__dirname, '../../../docs/generated/openapi-oversight.json'), made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});
