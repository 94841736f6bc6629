import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { historyFrom, historyText, type History } from '#proving';
import { projectRoot } from '../src/build/bundle-code';

/** The lives that `dossier.workflow.spec.ts` records: one for each way through the workflow. */
export const recordedLives = [
  'acknowledged',
  'answered-first',
  'broken-promise',
  'continued-as-new',
  'continues-as-new',
  'extended',
  'gap',
  'holder-changed',
  'idle-verdict',
  'ladder-used-up',
  'not-yet',
  'refused-on-arrival',
  'repeats',
  'returned-in-time',
  'returned-on-arrival',
  'rule-acts',
  'rung-rings',
  'silence-is-consent',
  'stopped-on-arrival',
  'suspended-and-resumed',
  'told-while-not-yet',
  'withdrawn-on-arrival',
] as const;
export type RecordedLife = (typeof recordedLives)[number];

/** Where they lie, in the JSON that Temporal's own tools write: a history of a running stack may be laid beside them. */
const folder = join(projectRoot(), 'workflows', 'histories');

/** A file larger than this is packed. */
const packedFromBytes = 100_000;

/** The file names of the histories that lie there, in the order of the alphabet. */
export function goldenFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => /\.json(\.gz)?$/.test(file))
    .sort();
}

/** The life that a file of {@link goldenFiles} tells. */
export function lifeIn(file: string): string {
  return file.replace(/\.json(\.gz)?$/, '');
}

/** @throws when there is no such file, or it is no history. */
export function readGolden(file: string): History {
  const bytes = readFileSync(join(folder, file));
  return historyFrom((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString());
}

/** Writes an event a line, so that a difference can be read. */
export function writeGolden(name: RecordedLife, history: History): void {
  const text = historyText(history);
  const packed = text.length > packedFromBytes;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json${packed ? '.gz' : ''}`), packed ? gzipSync(text) : text);
}
