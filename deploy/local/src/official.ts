import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { environment } from '#platform';
import { requireDisk } from './cache';
import { runToEnd } from './child';
import { LocalProblem } from './problem';

/** An archive (.tar.gz) as its makers publish it. */
export interface OfficialArchive {
  readonly url: string;
  /** Known beforehand; null where the SHA-512 published beside it (`<url>.sha512`) must do. */
  readonly sha256: string | null;
}

const CONNECTS_WITHIN_MS = 5_000;
const ARRIVES_WITHIN_MS = 600_000;

/**
 * Downloads an archive and unpacks it into a folder, whole or not at all. False where it cannot be reached, and when
 * MOTCUA_DOWNLOADS is `off`; an address there is a mirror that holds the archives by their file names.
 *
 * @throws LocalProblem when what came is not what was published
 */
export async function fetchOfficial(archive: OfficialArchive, folder: string, logFile: string): Promise<boolean> {
  const place = environment('MOTCUA_DOWNLOADS');
  if (place === 'off') return false;
  const url = place === undefined ? archive.url : `${place.replace(/\/$/, '')}/${basename(archive.url)}`;
  if (!(await isReachable(url))) return false;
  requireDisk(folder, 1);
  const bytes = await download(url);
  if (bytes === null) return false;
  await requireGenuine(bytes, url, archive.sha256);
  await unpack(bytes, folder, logFile);
  return true;
}

async function isReachable(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(CONNECTS_WITHIN_MS) })).ok;
  } catch {
    return false; // No way out of this network: the caller has other ways to get it.
  }
}

async function download(url: string): Promise<Buffer | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ARRIVES_WITHIN_MS) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : null;
  } catch {
    return null; // It broke off; as above.
  }
}

async function requireGenuine(bytes: Buffer, url: string, sha256: string | null): Promise<void> {
  const algorithm = sha256 === null ? 'sha512' : 'sha256';
  const expected = sha256 ?? (await publishedSha512(url));
  if (createHash(algorithm).update(bytes).digest('hex') !== expected) {
    throw new LocalProblem(
      `What came from ${url} is not what its makers published (${algorithm}).`,
      'Try again; if it stays so, something on the way changes it. MOTCUA_DOWNLOADS=off goes without.',
    );
  }
}

/** `file: ABCD 1234 ...` over several lines, or `abcd1234...  file`. */
async function publishedSha512(url: string): Promise<string | null> {
  const text = (await download(`${url}.sha512`))?.toString('utf8').replace(/^[^:\n]*:/, '') ?? '';
  return /^[0-9a-f]{128}/.exec(text.replace(/\s/g, '').toLowerCase())?.[0] ?? null;
}

async function unpack(bytes: Buffer, folder: string, logFile: string): Promise<void> {
  const building = `${folder}.part`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  const packed = join(dirname(folder), `${basename(folder)}.tar.gz`);
  writeFileSync(packed, bytes);
  const code = await runToEnd('tar', ['-xzf', packed, '-C', building], logFile);
  rmSync(packed);
  if (code !== 0) throw new LocalProblem(`"tar" could not unpack ${packed}.`, `Its log says why: ${logFile}`);
  renameSync(building, folder);
}
