import { join } from 'node:path';
import { asyncApiDocument, eventSchemas, type EventType } from '#contracts';
import { policyTable, procedureVersionSchema, reasonsSchema, statesTable } from '#domain';
import { keptDocument } from '#testing';

const generated = join(__dirname, '../../docs/generated');

/** Kept documents must be what the code makes of them now; `UPDATE_DOCUMENTS=1 npm test -- documents` renews them. */
test.each([
  ['states.md', () => `# States and commands\n\n${statesTable()}`],
  ['policy.md', () => `# Who may do what\n\n${policyTable()}`],
  ['procedure.json', () => `${JSON.stringify(procedureVersionSchema.json, null, 2)}\n`],
  ['reasons.json', () => `${JSON.stringify(reasonsSchema.json, null, 2)}\n`],
  ['asyncapi.json', () => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`],
  ...(Object.keys(eventSchemas) as EventType[]).flatMap((type) => {
    const { version, schema, older = [] } = eventSchemas[type];
    return [...older, { version, schema }].map((one): [string, () => string] => [
      `schemas/${type}-${one.version}.json`,
      () => `${JSON.stringify(one.schema.json, null, 2)}\n`,
    ]);
  }),
])('%s says what the code does', (name, make) => {
  const made = make();

  expect(keptDocument(join(generated, name), made)).toBe(made);
});
