import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keptTemporalServer, projectFolder } from '#local';
import type { Results } from './report';

/** The server proper takes five minutes to build: where that was never done, the one in Temporal's CLI does. */
const temporal = keptTemporalServer().isThere ? 'server' : 'cli';
/** The others wait for instants and for growth, for minutes. */
const measured = ['a', 'b', 'c', 'e', 'walls'];

let results: Results;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-spec-'));
  const out = join(folder, 'results.json');
  const program = join(projectFolder, 'dist', 'test', 'bench', 'main.js');
  await promisify(execFile)(process.execPath, [
    program,
    '--quick',
    '--only',
    measured.join(),
    '--temporal',
    temporal,
    '--out',
    out,
  ]);
  results = JSON.parse(readFileSync(out, 'utf8')) as Results;
  rmSync(folder, { recursive: true });
}, 600_000);

test.each(measured)('part %s is measured', (part) => {
  expect(results.failures).toEqual([]);
  expect(results.lines.map((line) => line.part)).toContain(part);
});

test('every line has figures, and every reference too', () => {
  for (const { what, ours, reference } of results.lines) {
    expect({ what, figures: [ours, reference ?? 0].filter(Number.isFinite) }).toEqual({
      what,
      figures: [ours, reference ?? 0],
    });
  }
});
