import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BytesMissing, type AttachmentStore } from './attachment-store';

/** Bytes as files of a folder, for their owner alone: `<last two digits of the key>/<key>`, `.part` while they are written. */
export class FolderStore implements AttachmentStore {
  constructor(private readonly folder: string) {}

  async put(key: string, bytes: AsyncIterable<Uint8Array>, size: number): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const part = `${path}.part`;
    const file = await open(part, 'wx', 0o600);
    try {
      await written(file, bytes, size);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await rename(part, path);
    // A new name is safe when its folder is, and a new folder when the one above it is.
    await synced(dirname(path));
    await synced(this.folder);
  }

  async get(key: string): Promise<AsyncIterable<Uint8Array>> {
    try {
      const file = await open(this.pathOf(key), 'r');
      return file.createReadStream() as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw new BytesMissing(key, { cause });
    }
  }

  async remove(key: string): Promise<void> {
    const path = this.pathOf(key);
    await Promise.all([path, `${path}.part`].map((one) => rm(one, { force: true })));
  }

  private pathOf(key: string): string {
    if (!/^[0-9a-f-]{36}$/.test(key)) throw new RangeError('A key of the store is a UUID.');
    return join(this.folder, key.slice(-2), key);
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
