import { mkdirSync } from 'node:fs';
import type { AttachmentStore } from './attachment-store';
import { FolderStore } from './folder-store';
import { readS3File } from './s3-file';
import { S3Store } from './s3-store';

/**
 * The store that the settings name: the folder, made if it is not there; or a bucket, and the folder for what is on its way there.
 *
 * @throws S3FileInvalid
 */
export function openStore(folder: string, s3File: string | undefined): AttachmentStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inFolder = new FolderStore(folder);
  return s3File === undefined ? inFolder : new S3Store(readS3File(s3File), inFolder);
}
