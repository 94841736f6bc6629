import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { environment } from '#platform';
import { LocalProblem } from './problem';

/** Where fetched servers are kept for every checkout of this user. */
export function cacheFolder(): string {
  return join(environment('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'motcua');
}

/** The program's path when it is on the PATH, else null. */
export function onPath(program: string): string | null {
  const candidates = (environment('PATH') ?? '').split(delimiter).map((folder) => join(folder, program));
  return candidates.find(isExecutable) ?? null;
}

/** @throws LocalProblem when a build or download would run out of disk. */
export function requireDisk(folder: string, gigabytes: number): void {
  const existing = nearestExisting(folder);
  const { bavail, bsize } = statfsSync(existing);
  const free = (bavail * bsize) / 1024 ** 3;
  if (free < gigabytes) {
    throw new LocalProblem(
      `Only ${free.toFixed(1)} GB of disk are free at ${existing}; ${gigabytes} GB are needed.`,
      'Free some space and start again.',
    );
  }
}

/** What is to be made there does not exist yet; its disk is that of the folder it will be made in. */
function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(dirname(folder));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
