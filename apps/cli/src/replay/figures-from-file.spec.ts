import { join } from 'node:path';
import { projectFolder } from '#local';
import { NOBODY_YET } from './figures';
import { figuresFromFile } from './figures-from-file';
import { mappingFor } from './log-mapping';
import { readXes } from './xes-reader';

const smallLog = join(projectFolder, 'test', 'logs', 'small.xes');
const mapping = mappingFor(smallLog, join(projectFolder, 'catalogue', 'replay', 'receipt.json'));

test('the figures of the small log are those counted by hand', async () => {
  const figures = figuresFromFile(await readXes(smallLog), mapping);

  expect(figures).toEqual({
    received: 13,
    settled: 10,
    open: 3,
    refusedEnds: 1,
    handOvers: 11,
    appointment: { early: 3, onTime: 4, late: 3 },
    legal: { early: 7, onTime: 1, late: 2 },
    appointmentEscalations: 4,
    legalEscalations: 4,
    lateByResponsible: new Map([
      ['Anna', 2],
      ['Bram', 1],
    ]),
    lateByHolder: new Map([
      ['Carla', 2],
      [NOBODY_YET, 1],
    ]),
  });
});
