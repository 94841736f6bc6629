import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvRecords, linesOf, type CsvRecord } from './records';

async function read(text: string | Buffer): Promise<readonly CsvRecord[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'motcua-records-')), 'file.csv');
  writeFileSync(path, text);
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(linesOf(path))) records.push(record);
  return records;
}

test.each([
  ['commas', 'a,b\n1;x,2\n', '1;x'],
  ['semicolons', 'a;b\r\n1,x;2\r\n', '1,x'],
  ['a byte order mark', '\uFEFFa;b\n1,x;2', '1,x'],
])('a file with %s is read by its header', async (_, text, cell) => {
  expect(await read(text)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: [cell, '2'] },
  ]);
});

test('a quoted cell holds delimiters, quotes and lines; what follows keeps its number', async () => {
  expect(await read('a,b\n"x, ""y""\nz",2\n\n,\n3,Đỗ\n')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x, "y"\nz', '2'] },
    { line: 6, cells: ['3', 'Đỗ'] },
  ]);
});

test('a broken line takes none of its neighbours with it', async () => {
  const long = Array.from({ length: 60 }, (_, index) => `${index},ok`);
  const text = ['a,b', '1,"open', '2,3', '"4"x,5', '6,7,8', '9', '10,11', ...long, '12,"never closed'].join('\n');

  const records = await read(text);

  expect(records.slice(0, 7)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, broken: expect.stringContaining('quote') },
    { line: 3, cells: ['2', '3'] },
    { line: 4, broken: expect.stringContaining('quote') },
    { line: 5, broken: 'has 3 cells where the header has 2' },
    { line: 6, broken: 'has 1 cells where the header has 2' },
    { line: 7, cells: ['10', '11'] },
  ]);
  expect(records.slice(7, -1)).toEqual(long.map((line, index) => ({ line: 8 + index, cells: line.split(',') })));
  expect(records.at(-1)).toEqual({ line: 68, broken: 'has a quote that is not closed' });
});

test('a line that is not in UTF-8 is told, and not taken over with wrong letters', async () => {
  expect(
    await read(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.from([0xe0, 0x20]), Buffer.from('\n2,3\n')])),
  ).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, broken: 'is not in UTF-8' },
    { line: 3, cells: ['2', '3'] },
  ]);
});
