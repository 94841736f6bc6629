import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const built = join(__dirname, '../../../../dist/console');

/** Below the promise of 200 KB, so that nobody uses up what the next page's frame part needs. */
const LIMIT_BYTES = 185_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

test('what every page loads before it shows anything stays under its limit', () => {
  const path = join(built, '.vite/manifest.json');
  if (!existsSync(path)) throw new Error('The console is not built: run "npm run build" first.');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>;
  const entries = Object.keys(manifest).filter((name) => manifest[name]!.isEntry);
  expect(entries).toHaveLength(1);

  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    manifest[name]!.imports?.forEach(add);
  };
  entries.forEach(add);

  const bytes = [...needed].map((name) => gzipSync(readFileSync(join(built, manifest[name]!.file))).length);
  const sum = bytes.reduce((one, other) => one + other, 0);
  expect(sum).toBeGreaterThan(50_000); // Else the manifest was read wrongly.
  expect(sum).toBeLessThan(LIMIT_BYTES);
});
