import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isListening } from './ports';
import { startTemporal } from './temporal';

let dataFolder: string;

beforeEach(() => (dataFolder = mkdtempSync(join(tmpdir(), 'motcua-temporal-'))));
afterEach(() => rmSync(dataFolder, { recursive: true }));

test('a Temporal that runs but cannot be set up is not left running', async () => {
  const port = await freePort();
  const logFile = join(dataFolder, 'logs', 'temporal.log');
  const program = join(dataFolder, 'temporal');
  const endsAnyhow = 'setTimeout(process.exit, 30_000)'; // A failing test must not leave it for ever.
  const listen = `${endsAnyhow}; require('node:net').createServer().listen(${port}, '127.0.0.1', () => console.log('it listens'))`;
  writeFileSync(program, `#!/bin/sh\n[ "$1" = server ] && exec ${process.execPath} -e "${listen}"\nexit 1\n`, {
    mode: 0o755,
  });

  await expect(
    startTemporal(program, join(dataFolder, 'temporal-data'), { port, uiPort: null, logFile }),
  ).rejects.toThrow(`Temporal runs but its namespace cannot be set up. Its log: ${logFile}`);

  expect(readFileSync(logFile, 'utf8')).toContain('it listens');
  expect(await isListening('127.0.0.1', port)).toBe(false);
  expect(readdirSync(join(dataFolder, 'run'))).toEqual([]);
}, 60_000);
