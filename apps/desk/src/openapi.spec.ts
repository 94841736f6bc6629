import { join } from 'node:path';
import { apiTypesOf, gapsIn, keptDocument, openApiDocument } from '#testing';
import { DeskModule } from './desk.module';

const document = join(__dirname, '../../../docs/generated/openapi-desk.json');
const types = join(__dirname, '../../console/src/api/desk.d.ts');

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of desk take', async () => {
  const made = await openApiDocument(DeskModule, 'Motcua desk', 'apps/desk/src');

  expect(keptDocument(document, made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});

test('the console knows desk by types made from that document', async () => {
  const made = await apiTypesOf(document);

  expect(keptDocument(types, made)).toBe(made);
});
