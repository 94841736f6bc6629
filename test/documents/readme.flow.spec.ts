import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '#local';
import { Office } from '../flows/office';

let office: Office | undefined;

beforeAll(async () => {
  office = await Office.open();
}, 180_000);
afterAll(() => office?.close(), 120_000);

/** The commands of the README's tour, as they stand there. */
function tour(): string {
  const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
  const [, block] = /^```sh tour\n([^]*?)^```$/m.exec(readme) ?? [];
  if (block === undefined) throw new Error('The README has no tour any more.');
  return block;
}

test('the README’s tour works, word for word but for the port', async () => {
  const { services, dataFolder } = office!.stack;
  const here = tour().replace('DESK=http://127.0.0.1:7401', `DESK=${services.desk}`);
  expect(here).not.toBe(tour());

  const { stdout } = await promisify(execFile)('bash', ['-eu', '-o', 'pipefail', '-c', here], {
    cwd: projectFolder,
    env: { ...process.env, MOTCUA_DATA: dataFolder },
  });

  expect(stdout).toContain('2026-08-31: not counted, Free Monday, worked on Saturday 2026-08-22');
  const code = /H41\.85-\d{6}-\d{4}/.exec(stdout)?.[0];
  expect(stdout).toContain(`${code}  returned, held last by Nguyễn Văn Minh`);
  expect(stdout).toMatch(
    /journal \(4 entries, chain unbroken\), ledgers and history \(\d+ Temporal events, replayed\) agree/,
  );
}, 240_000);
