import type { ServiceFetch } from '#platform';
import { takenOver, type LineReport } from './take-over';

const header = 'system,number,procedureCode,officeId,channel,firstReceivedAt,responsible,post,status';

function line(number: string, status = 'received'): string {
  return `igate,${number},1.012786,centre,desk,2026-11-20 08:00,lan,clerk,${status}`;
}

async function foreseen(lines: readonly string[]): Promise<LineReport[]> {
  const desk = (() => Promise.resolve({ body: { due: { appointmentAt: null } } })) as unknown as ServiceFetch;
  const reports: LineReport[] = [];
  async function* file() {
    await Promise.resolve();
    for (const one of [header, ...lines]) yield `${one}\n`;
  }
  for await (const report of takenOver({ desk, lines: file(), dryRun: true, atOnce: 4 })) reports.push(report);
  return reports;
}

test('a look beforehand tells of a number that stands twice in the file what its taking-over will tell', async () => {
  const reports = await foreseen([line('A-1'), line('A-1', 'in-process'), line('A-1'), line('A-2')]);

  expect(reports.map(({ outcome }) => outcome)).toEqual([
    'would be imported',
    'refused',
    'already there',
    'would be imported',
  ]);
  expect(reports[1]?.defects).toEqual([{ column: 'number', rule: expect.stringContaining('in other words') }]);
});

test('a line that is refused takes no number from a later one', async () => {
  const reports = await foreseen([line('A-1', 'finished'), line('A-1')]);

  expect(reports.map(({ outcome }) => outcome)).toEqual(['refused', 'would be imported']);
});
