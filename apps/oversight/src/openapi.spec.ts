import { join } from 'node:path';
import { apiTypesOf, gapsIn, keptDocument, openApiDocument } from '#testing';
import { OversightModule } from './oversight.module';

const document = join(__dirname, '../../../docs/generated/openapi-oversight.json');
const types = join(__dirname, '../../console/src/api/oversight.d.ts');

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of oversight take', async () => {
  const made = await openApiDocument(OversightModule, 'Motcua oversight', 'apps/oversight/src');

  expect(keptDocument(document, made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});

test('the console knows oversight by types made from that document', async () => {
  const made = await apiTypesOf(document);

  expect(keptDocument(types, made)).toBe(made);
});
