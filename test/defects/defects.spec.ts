import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Defect {
  readonly patch: string;
  readonly project: 'pure' | 'servers';
  readonly spec: string;
  readonly test: string;
}

const project = join(__dirname, '../..');
const { defects } = JSON.parse(readFileSync(join(__dirname, 'defects.json'), 'utf8')) as { defects: Defect[] };

test.each(defects.map(({ patch, spec }) => [patch, spec]))('%s can be planted, and %s is there', (patch, spec) => {
  execFileSync('git', ['apply', '--check', join(__dirname, `${patch}.patch`)], { cwd: project });
  expect(existsSync(join(project, spec))).toBe(true);
});

test('every patch has its test', () => {
  const patches = readdirSync(__dirname).filter((file) => file.endsWith('.patch'));

  expect(defects.map(({ patch }) => `${patch}.patch`).sort()).toEqual(patches.sort());
});
