import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse, CsvError } from 'csv-parse/sync';

/** A record of a CSV file, or why it is none. `line` is where it begins, the header being line 1. */
export type CsvRecord =
  { readonly line: number; readonly cells: readonly string[] } | { readonly line: number; readonly broken: string };

/** A cell of free text may go over lines; a quote that is never closed must not swallow the rest of the file. */
const MOST_LINES = 50;

/** The lines of a file in UTF-8, with or without byte order mark, one after another: a file of any size. */
export async function* linesOf(path: string): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  let isFirst = true;
  for await (const line of lines) {
    yield isFirst ? line.replace(/^\uFEFF/, '') : line;
    isFirst = false;
  }
}

/**
 * The records of a CSV file (RFC 4180), the header first. The header's delimiter, comma or semicolon, is that of all; blank
 * lines are passed over. A line that is broken is told as such and takes none of its neighbours with it.
 */
export async function* csvRecords(lines: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader();
  for await (const line of lines) yield* reader.read(line);
  yield* reader.end();
}

class RecordReader {
  private readonly waiting: string[] = [];
  private line = 1;
  private form: { readonly delimiter: string; readonly columns: number } | null = null;

  *read(text: string): Generator<CsvRecord> {
    this.waiting.push(text);
    yield* this.whole(false);
  }

  *end(): Generator<CsvRecord> {
    yield* this.whole(true);
  }

  /** What can be told now; `isAll`: no further line will complete what waits. */
  private *whole(isAll: boolean): Generator<CsvRecord> {
    while (this.waiting.length > 0) {
      const lines = linesOfFirst(this.waiting);
      if (lines === 0 && !isAll && this.waiting.length < MOST_LINES) return;
      yield* this.take(lines);
    }
  }

  /** A record of several lines that is not sound breaks its first line only: the others may be records of their own. */
  private *take(lines: number): Generator<CsvRecord> {
    const { line } = this;
    const text = this.waiting.slice(0, Math.max(1, lines)).join('\n');
    const cells = lines === 0 ? 'has a quote that is not closed' : this.cellsOf(text);
    const isSound = typeof cells !== 'string';
    const taken = isSound ? lines : 1;
    this.waiting.splice(0, taken);
    this.line += taken;
    if (isSound && cells.every((cell) => cell === '')) return;
    yield isSound ? { line, cells } : { line, broken: cells };
  }

  private cellsOf(text: string): readonly string[] | string {
    if (text.includes('\uFFFD')) return 'is not in UTF-8';
    if (text.trim() === '') return [];
    const delimiter = this.form?.delimiter ?? (text.includes(';') ? ';' : ',');
    try {
      const [cells = []] = parse(text, { delimiter, trim: true, relax_column_count: true });
      this.form ??= { delimiter, columns: cells.length };
      const { columns } = this.form;
      return cells.length === columns ? cells : `has ${cells.length} cells where the header has ${columns}`;
    } catch (error) {
      if (error instanceof CsvError) return `has a quote where none may be (${error.code})`;
      throw error;
    }
  }
}

/** Of how many lines the first record is: until its quotes are even; 0 while they are not. */
function linesOfFirst(waiting: readonly string[]): number {
  let quotes = 0;
  for (const [index, text] of waiting.entries()) {
    quotes += text.split('"').length - 1;
    if (quotes % 2 === 0) return index + 1;
  }
  return 0;
}
