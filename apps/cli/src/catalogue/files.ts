import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LocalProblem, projectFolder } from '#local';
import { kindOf, type CatalogueFile, type CatalogueKind } from '#platform';

/** Calendars and procedures as JSON values, for whoever parses them. */
export interface CatalogueContent {
  readonly calendars: readonly unknown[];
  readonly procedures: readonly unknown[];
}

/** The files of this kind that are shipped, by name. */
export function shippedFiles(kind: CatalogueKind): readonly CatalogueFile[] {
  const folder = join(projectFolder, 'catalogue', `${kind}s`);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return filesAt(names.sort().map((name) => relative(process.cwd(), join(folder, name))));
}

/** @throws LocalProblem for one that cannot be read */
export function filesAt(paths: readonly string[]): readonly CatalogueFile[] {
  return paths.map((path) => {
    try {
      return { path, text: readFileSync(path, 'utf8') };
    } catch (error) {
      throw new LocalProblem(`${path} cannot be read: ${(error as Error).message}.`, 'Name a file that can.');
    }
  });
}

/** What the files hold, unchecked. @throws LocalProblem for one that holds neither */
export function contentOf(files: readonly CatalogueFile[]): CatalogueContent {
  const values = files.map(valueOf);
  const ofKind = (kind: CatalogueKind) => values.filter((value) => kindOf(value) === kind);
  return { calendars: ofKind('calendar'), procedures: ofKind('procedure') };
}

function valueOf({ path, text }: CatalogueFile): unknown {
  const value = parsed(text);
  if (kindOf(value) !== null) return value;
  throw new LocalProblem(`${path} holds no calendar and no procedure.`, 'motcua catalogue check says why.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // No JSON is no calendar either, and whoever checks the file hears where it breaks off.
  }
}
