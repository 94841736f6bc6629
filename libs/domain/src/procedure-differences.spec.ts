import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseProcedureVersion, procedureDifferences } from './index';

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
