import { calendarDefects } from '#calendar';
import { schema, type Defect } from '#contracts';
import { procedureDefects } from '#domain';
import { readJson, type JsonDocument, type PlacedRule } from './json-document';

/** A file of a catalogue: one calendar, or one version of a procedure. */
export interface CatalogueFile {
  readonly path: string;
  readonly text: string;
}

export type CatalogueKind = 'calendar' | 'procedure';

/** Told apart by what only one of them has; null for neither. */
export function kindOf(value: unknown): CatalogueKind | null {
  if (!schema.isObject(value)) return null;
  if ('serviceLevel' in value) return 'procedure';
  return 'weekly' in value || 'inherits' in value ? 'calendar' : null;
}

/** A rule that a file breaks, and where. */
export interface FileDefect extends PlacedRule {
  readonly path: string;
}

interface ReadFile {
  readonly path: string;
  readonly document: JsonDocument;
  readonly kind: CatalogueKind | null;
  /** Unique in a catalogue, with the version; null where the file does not say it. */
  readonly key: string | null;
}

/**
 * All that keeps files from being loaded, file by file, each from top to bottom. They may count by their own calendars and by
 * those whose ids are given besides.
 */
export function defectsIn(files: readonly CatalogueFile[], besides: readonly string[] = []): readonly FileDefect[] {
  const read = files.map(readFile);
  const calendarIds = new Set<unknown>([...calendarIdsOf(read), ...besides]);
  return read.flatMap((file, index) => {
    const found = placedDefects(file, [...repeats(file, read.slice(0, index)), ...looseEnds(file, calendarIds)]);
    return found.toSorted(fromTheTop).map((defect) => ({ path: file.path, ...defect }));
  });
}

/** The ids of the calendars in files. */
export function calendarIdsIn(files: readonly CatalogueFile[]): readonly string[] {
  return calendarIdsOf(files.map(readFile)).map(String);
}

function calendarIdsOf(read: readonly ReadFile[]): readonly (string | number)[] {
  return read.filter(({ kind }) => kind === 'calendar').flatMap(({ document }) => field(document, 'id') ?? []);
}

/** As compilers print it, so that editors can jump there. */
export function lineOf({ path, line, column, rule }: FileDefect): string {
  return `${path}:${line}:${column} ${rule}`;
}

function readFile({ path, text }: CatalogueFile): ReadFile {
  const document = readJson(text);
  const kind = kindOf(document.value);
  const name = field(document, kind === 'procedure' ? 'code' : 'id');
  const version = field(document, 'version');
  const isNamed = kind !== null && name !== undefined && version !== undefined;
  return { path, document, kind, key: isNamed ? `version ${version} of ${kind} ${name}` : null };
}

/** A plain value of the outermost object; undefined where there is none, which the schema judges. */
function field({ value }: JsonDocument, name: string): string | number | undefined {
  const found = schema.isObject(value) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  return typeof found === 'string' || typeof found === 'number' ? found : undefined;
}

/** What files say about one another counts once each of them is in order. */
function placedDefects({ document, kind }: ReadFile, acrossFiles: readonly Defect[]): readonly PlacedRule[] {
  if (document.defects.length > 0) return document.defects;
  const own = ownDefects(document.value, kind);
  return (own.length > 0 ? own : acrossFiles).map(({ path, rule }) => ({
    ...document.placeOf(path),
    rule: path.length > 0 ? `${path.join('.')} ${rule}` : rule,
  }));
}

function ownDefects(value: unknown, kind: CatalogueKind | null): readonly Defect[] {
  switch (kind) {
    case 'calendar':
      return calendarDefects(value);
    case 'procedure':
      return procedureDefects(value);
    case null:
      return [
        { path: [], rule: 'neither a procedure (serviceLevel) nor a calendar (weekly, or inherits) is in this file' },
      ];
  }
}

function repeats({ key }: ReadFile, before: readonly ReadFile[]): readonly Defect[] {
  const first = key === null ? undefined : before.find((other) => other.key === key);
  return first ? [{ path: ['version'], rule: `must be another: ${first.path} holds ${first.key ?? ''} as well` }] : [];
}

function looseEnds({ document, kind }: ReadFile, calendarIds: ReadonlySet<unknown>): readonly Defect[] {
  const name = kind === 'procedure' ? 'calendarId' : 'inherits';
  const calendarId = field(document, name);
  if (calendarId === undefined || calendarIds.has(calendarId)) return [];
  return [{ path: [name], rule: `names calendar ${calendarId}, which is not in the catalogue` }];
}

function fromTheTop(one: PlacedRule, other: PlacedRule): number {
  return one.line - other.line || one.column - other.column;
}
