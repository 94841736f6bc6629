/** A table as a file that a spreadsheet opens: RFC 4180, with the mark by which it knows Vietnamese letters. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

/** A text that a spreadsheet would reckon with is told from a formula by an apostrophe; a number stays one. */
function cellOf(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
