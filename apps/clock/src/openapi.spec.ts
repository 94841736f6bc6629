import { join } from 'node:path';
import { apiTypesOf, gapsIn, keptDocument, openApiDocument } from '#testing';
import { ClockModule } from './clock.module';

const document = join(__dirname, '../../../docs/generated/openapi-clock.json');
const types = join(__dirname, '../../console/src/api/clock.d.ts');

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of clock take', async () => {
  const made = await openApiDocument(ClockModule, 'Motcua clock', 'apps/clock/src');

  expect(keptDocument(document, made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});

test('the console knows clock by types made from that document', async () => {
  const made = await apiTypesOf(document);

  expect(keptDocument(types, made)).toBe(made);
});
