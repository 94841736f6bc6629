import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A document that is made from the code and kept in the repository, so that a change of it is seen in review.
 *
 * Answers what is kept. With UPDATE_DOCUMENTS=1 in the environment it is written first.
 */
export function keptDocument(path: string, made: string): string {
  if (process.env['UPDATE_DOCUMENTS'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, made);
  }
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
