import { join } from 'node:path';
import { gapsIn, keptDocument, openApiDocument } from '#testing';
import { ClockModule } from './clock.module';

jest.setTimeout(120_000); // The types of all that is answered are read.

test('the kept OpenAPI document says what the routes of clock take', async () => {
  const made = await openApiDocument(ClockModule, 'Motcua clock', 'apps/clock/src');

  expect(keptDocument(join(__dirname, '../../../docs/generated/openapi-clock.json'), made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});
