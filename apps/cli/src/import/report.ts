import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { table } from '../terminal';
import { outcomes, type LineReport, type Outcome } from './take-over';

/** More rows are no help to a person; --report has them all. */
const ROWS_SHOWN = 20;

/** What became of a whole file, in counts and with the first lines that were refused: so much of a file of any size. */
export class Tally {
  private readonly counts = new Map<Outcome, number>();
  private readonly firstRefused: LineReport[] = [];
  private noted = 0;

  add(report: LineReport): void {
    this.counts.set(report.outcome, this.count(report.outcome) + 1);
    if (report.note !== null) this.noted += 1;
    if (report.outcome === 'refused' && this.firstRefused.length < ROWS_SHOWN) this.firstRefused.push(report);
  }

  count(outcome: Outcome): number {
    return this.counts.get(outcome) ?? 0;
  }

  get lines(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** For people: the lines that were refused, and the counts. */
  story(): string {
    const rows = this.firstRefused.flatMap(({ line, system, number, defects }) =>
      defects.map(({ column, rule }) => [String(line), `${system} ${number}`, column, rule]),
    );
    const more = this.count('refused') - this.firstRefused.length;
    const counts = outcomes.filter((outcome) => this.counts.has(outcome));
    return [
      ...(rows.length > 0 ? [table([['line', 'dossier', 'column', 'rule broken'], ...rows])] : []),
      ...(more > 0 ? [`... and ${more} more lines: --report has all.`] : []),
      ...(rows.length > 0 ? [''] : []),
      table([['outcome', 'lines'], ...counts.map((outcome) => [outcome, String(this.count(outcome))])]),
      ...(this.noted > 0
        ? ['', `Of ${this.noted} lines there is something to know: --report says it, in its column "note".`]
        : []),
    ].join('\n');
  }
}

/** The report in a file, a row for each line, in CSV that office programs open: UTF-8 with its mark. */
export class ReportFile {
  private constructor(private readonly stream: WriteStream) {}

  static async open(path: string): Promise<ReportFile> {
    const stream = createWriteStream(path);
    await once(stream, 'open');
    const report = new ReportFile(stream);
    await report.write(
      `\uFEFF${csvLine(['line', 'system', 'number', 'outcome', 'code', 'appointmentAt', 'rule', 'note'])}`,
    );
    return report;
  }

  async add({ line, system, number, outcome, code, appointmentAt, defects, note }: LineReport): Promise<void> {
    const rules = defects.map(({ column, rule }) => `${column} ${rule}`).join('; ');
    const row = [String(line), system, number, outcome, code ?? '', appointmentAt ?? '', rules, note ?? ''];
    await this.write(csvLine(row));
  }

  async close(): Promise<void> {
    this.stream.end();
    await finished(this.stream);
  }

  private async write(text: string): Promise<void> {
    if (!this.stream.write(text)) await once(this.stream, 'drain');
  }
}

/** RFC 4180. What a spreadsheet would take for a formula is written as text. */
function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(',')}\r\n`;
}
