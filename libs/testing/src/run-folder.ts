import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

declare global {
  /** Set by the set-up, used by the teardown: both run in Jest's main process. */
  var motcuaRunFolder: { readonly folder: string; readonly outside: string } | undefined;
}

/**
 * Makes one folder in which this run's tests, and every process that they start, find their temporary files: whatever they
 * leave behind goes with it. Asked again, it is the same.
 */
export function openRunFolder(): void {
  if (globalThis.motcuaRunFolder) return;
  const outside = tmpdir();
  const folder = mkdtempSync(join(outside, 'motcua-run-'));
  chmodSync(folder, 0o711); // PostgreSQL may run as another user, who goes through it to its data.
  globalThis.motcuaRunFolder = { folder, outside };
  temporaryFilesIn(folder);
}

/** Removes the folder with all that is in it. */
export function removeRunFolder(): void {
  if (!globalThis.motcuaRunFolder) return;
  const { folder, outside } = globalThis.motcuaRunFolder;
  globalThis.motcuaRunFolder = undefined;
  temporaryFilesIn(outside);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** For a test: the name of a folder beside the run's own, for what somebody looks at afterwards. */
export function keptFolder(name: string): string {
  return join(dirname(tmpdir()), name);
}

/** Where the tests run, no setting of a service is changed by this. */
function temporaryFilesIn(folder: string): void {
  process.env['TMPDIR'] = folder;
}
