import { join } from 'node:path';
import { gapsIn, keptDocument, openApiDocument } from '#testing';
import { DeskModule } from './desk.module';

test('the kept OpenAPI document says what the routes of desk take', async () => {
  const made = await openApiDocument(DeskModule, 'Motcua desk');

  expect(keptDocument(join(__dirname, '../../../docs/generated/openapi-desk.json'), made)).toBe(made);
  expect(gapsIn(made)).toEqual([]);
});
