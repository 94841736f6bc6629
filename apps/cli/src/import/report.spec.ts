import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportFile, Tally } from './report';
import type { LineReport } from './take-over';

const refused: LineReport = {
  line: 3,
  system: 'old-desk',
  number: 'HS"1',
  outcome: 'refused',
  code: null,
  appointmentAt: null,
  note: null,
  defects: [
    { column: 'step', rule: 'is not a step of procedure 1.012786' },
    { column: 'number', rule: 'must match, always' },
  ],
};
const imported: LineReport = {
  ...refused,
  line: 2,
  number: '=1+1',
  outcome: 'imported',
  code: 'H41.85-261123-0001',
  appointmentAt: '2026-12-01T10:30:00.000Z',
  note: 'under version 2, the earliest since',
  defects: [],
};

test('the report has a row for each line, and no formula', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'motcua-report-')), 'report.csv');
  const report = await ReportFile.open(path);
  for (const line of [imported, refused]) await report.add(line);
  await report.close();

  expect(readFileSync(path, 'utf8')).toBe(
    [
      '\uFEFFline,system,number,outcome,code,appointmentAt,rule,note',
      '2,old-desk,\'=1+1,imported,H41.85-261123-0001,2026-12-01T10:30:00.000Z,,"under version 2, the earliest since"',
      '3,old-desk,"HS""1",refused,,,"step is not a step of procedure 1.012786; number must match, always",',
      '',
    ].join('\r\n'),
  );
});

test('people read the first lines that were refused, and the counts', () => {
  const tally = new Tally();
  tally.add(imported);
  for (let line = 3; line < 28; line += 1) tally.add({ ...refused, line });
  const story = tally.story();

  expect(story).toMatch(/^3 +old-desk HS"1 +step +is not a step/m);
  expect(story).toMatch(/^22 /m);
  expect(story).not.toMatch(/^23 /m);
  expect(story).toContain('... and 5 more lines: --report has all.');
  expect(story).toMatch(/^imported +1$/m);
  expect(story).toMatch(/^refused +25$/m);
  expect(story).toContain('Of 1 lines there is something to know');
});
