import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this checkout or installation, whether the code runs as built or as written. */
export const projectFolder = folderWith('nest-cli.json', __dirname);

function folderWith(file: string, folder: string): string {
  if (existsSync(join(folder, file))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${file} was not found in any folder above.`);
  return folderWith(file, parent);
}
