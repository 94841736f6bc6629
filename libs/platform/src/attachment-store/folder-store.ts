import {
  access,
  constants,
  mkdir,
  open,
  opendir,
  rename,
  rm,
  stat,
  writeFile,
  type FileHandle,
} from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { isNativeError } from 'node:util/types';
import {
  BytesMissing,
  keyOfName,
  nameOfKey,
  StoreAway,
  whenGone,
  type AttachmentStore,
  type StoredObject,
} from './attachment-store';

/** Bytes as files of a folder, for their owner alone; `.part` while they are written. */
export class FolderStore implements AttachmentStore {
  constructor(private readonly folder: string) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const path = this.pathOf(key);
    const part = `${path}.part`;
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(part, 'wx', 0o600);
      await written(file, bytes, size);
      await rename(part, path);
      // A new name is safe when its folder is, and a new folder when the one above it is.
      await synced(dirname(path));
      await synced(this.folder);
    } catch (error) {
      await rm(part, { force: true }).catch(refusedByDisk);
      return refusedByDisk(error);
    }
  }

  async get(key: string, gone?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    try {
      const content = (await open(this.pathOf(key), 'r')).createReadStream();
      whenGone(gone, () => content.destroy());
      return content as AsyncIterable<Uint8Array>;
    } catch (cause) {
      if (codeOf(cause) !== 'ENOENT') return refusedByDisk(cause);
      await this.check(); // A folder that is not there says nothing of the file.
      throw new BytesMissing(key, { cause });
    }
  }

  async remove(key: string): Promise<void> {
    const path = this.pathOf(key);
    await Promise.all([path, `${path}.part`].map((one) => rm(one, { force: true }))).catch(refusedByDisk);
  }

  async *list(): AsyncGenerator<StoredObject> {
    try {
      for await (const entry of await opendir(this.folder, { recursive: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const name = relative(this.folder, path).split(sep).join('/');
        const found = await stat(path).catch(removedMeanwhile);
        if (found) yield { key: keyOfName(name), name, storedAt: found.mtime.toISOString() };
      }
    } catch (error) {
      return refusedByDisk(error);
    }
  }

  async check(): Promise<void> {
    await access(this.folder, constants.R_OK | constants.W_OK | constants.X_OK).catch(refusedByDisk);
  }

  private pathOf(key: string): string {
    return join(this.folder, nameOfKey(key));
  }
}

async function written(file: FileHandle, bytes: AsyncIterable<Uint8Array>, size: number): Promise<void> {
  try {
    await writeFile(file, bytes);
    await file.sync();
    const { size: kept } = await file.stat();
    if (kept !== size) throw new Error(`The store kept ${kept} of ${size} bytes.`);
  } finally {
    await file.close();
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Of what the operating system refused the store is away; every other error is what it was. */
function refusedByDisk(error: unknown): never {
  throw codeOf(error) === null ? error : new StoreAway({ cause: error });
}

function removedMeanwhile(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

function codeOf(error: unknown): string | null {
  return isNativeError(error) && 'syscall' in error ? String((error as NodeJS.ErrnoException).code) : null;
}
