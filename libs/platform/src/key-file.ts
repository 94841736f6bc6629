import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { StartRefused } from './start-refused';

/** Thrown when a file that should hold a key cannot be read or holds none. The content is never repeated. */
export class KeyFileInvalid extends StartRefused {
  readonly code = 'KEY_FILE_INVALID';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`The key file ${path} ${reason}.`);
  }
}

/**
 * The text of a key file.
 *
 * @throws KeyFileInvalid when it cannot be read.
 */
export function readKeyText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new KeyFileInvalid(path, `cannot be read (${isNativeError(error) ? error.message : String(error)})`);
  }
}
