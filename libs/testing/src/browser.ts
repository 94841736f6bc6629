import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { environment } from '#platform';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const offThePath = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

const parameters = [
  '--no-sandbox', // Containers of continuous integration run as root, where Chromium's own sandbox cannot start.
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=vi',
];

/** Starts the Chromium of this machine without a window. @throws where there is none, saying how to get one */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumOf(environment('MOTCUA_CHROMIUM'), environment('PATH') ?? '');
  const { chromium } = await import('playwright-core'); // Here, because it takes seconds to load and most tests need none.
  return chromium.launch({ executablePath, args: parameters });
}

/**
 * Which Chromium: the one named, else the first on the path, else the places that systems have for it.
 *
 * @throws where there is none, saying how to get one
 */
export function chromiumOf(named: string | undefined, path: string, elsewhere = offThePath): string {
  if (named !== undefined) return named;
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  const places = [...programs.flatMap((program) => folders.map((folder) => join(folder, program))), ...elsewhere];
  const found = places.find(canRun);
  if (found === undefined) {
    throw new Error(
      'These tests need a browser. Install Chromium (Debian: apt-get install chromium), or name one with MOTCUA_CHROMIUM.',
    );
  }
  return found;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the next place may have one.
  }
}
