import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleCode, projectRoot } from './bundle-code';

/** Writes the workflow bundle and its hash to where the clock loads them from. Part of `npm run build`. */
async function main(): Promise<void> {
  const folder = join(projectRoot(), 'dist', 'workflows');
  const { code, sha256 } = await bundleCode();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'dossier.bundle.js'), code);
  writeFileSync(join(folder, 'bundle.json'), `${JSON.stringify({ sha256 })}\n`);
}

void main();
