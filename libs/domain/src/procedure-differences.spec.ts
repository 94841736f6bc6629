import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lostTenures, parseOrganisation, parseProcedureVersion, procedureDifferences } from './index';

function shipped(path: string): any {
  return JSON.parse(readFileSync(join(__dirname, '../../../catalogue', path), 'utf8'));
}

test('two versions differ in the fields that say something else, named from the outside in', () => {
  const before = parseProcedureVersion(shipped('procedures/sample-marriage-registration.json'));
  const [first, ...others] = before.serviceLevel.steps;
  const steps = [{ ...first!, role: 'head' as const }, ...others];
  const then = { ...before, version: before.version + 1, serviceLevel: { ...before.serviceLevel, steps } };

  expect(procedureDifferences(before, before)).toEqual([]);
  expect(procedureDifferences(before, then)).toEqual([
    { path: ['serviceLevel', 'steps', first!.code, 'role'], was: first!.role, is: 'head' },
  ]);
});

test('a tenure is lost when a later version ends it earlier or has it not any more', () => {
  const before = parseOrganisation(shipped('demo/organisation.json'));
  const [first, second, ...others] = before.tenures;
  const ended = { ...first!, until: '2027-01-01T00:00:00.000Z' };

  expect(lostTenures(before, before)).toEqual([]);
  expect(lostTenures(before, { ...before, tenures: [ended, ...others] })).toEqual([first, second]);
});
