import { calendarIdsIn, defectsIn, lineOf, type CatalogueFile } from '#platform';
import { shippedFiles } from './files';

const calendars = shippedFiles('calendar');
const [vietNam] = calendars.filter(({ path }) => path.endsWith('vn-office.json'));
const [sample] = shippedFiles('procedure').filter(({ path }) => path.endsWith('sample-marriage-registration.json'));

/** A shipped file with one thing changed in its text. */
function changed({ path, text }: CatalogueFile, from: string, to: string): CatalogueFile {
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}.`);
  return { path, text: text.replace(from, to) };
}

function linesFor(file: CatalogueFile): readonly string[] {
  return defectsIn([file], calendarIdsIn(calendars)).map((defect) => lineOf(defect).slice(file.path.length));
}

/** The line, counted from one, on which a text is first said. */
function lineSaying({ text }: CatalogueFile, said: string): number {
  return text.slice(0, text.indexOf(said)).split('\n').length;
}

test('what is shipped can be loaded', () => {
  const shipped = [...calendars, ...shippedFiles('procedure')];

  expect(shipped.length).toBeGreaterThan(30);
  expect(defectsIn(shipped)).toEqual([]);
});

describe('a defect of a procedure is told with its line and rule:', () => {
  test.each<[string, string, string, string]>([
    [
      'a unit that is none',
      '"unit": "SAME_DAY"',
      '"unit": "SOME_DAY"',
      'serviceLevel.legalLimit.unit must be one of SAME_DAY',
    ],
    ['a role that is none', '"role": "head"', '"role": "chief"', 'steps.1.role must be one of clerk, official'],
    ['a field misspelt', '"fee": null', '"fees": null', 'description.fees is no field of this form'],
    ['a version that is a text', '"version": 2', '"version": "1"', 'version must be integer'],
    ['an amount that is a text', '"amount": 2', '"amount": "2"', 'steps.0.limit.amount must be integer'],
    [
      'a limit that is a number',
      '"onlineLimit": null',
      '"onlineLimit": 3',
      'onlineLimit must be object or must be null',
    ],
    [
      'a calendar that nobody has',
      '"vn-office"',
      '"mars"',
      'calendarId names calendar mars, which is not in the catalogue',
    ],
  ])('%s', (_, from, to, rule) => {
    const broken = changed(sample!, from, to);
    const [line, ...others] = linesFor(broken);

    expect(others).toEqual([]);
    expect(line).toMatch(new RegExp(`^:${lineSaying(broken, to)}:[0-9]+ `));
    expect(line).toContain(rule);
  });

  test('each of several, from top to bottom', () => {
    const once = changed(sample!, '"level": "commune"', '"level": "district"');
    const lines = linesFor(changed(once, '"version": 2', '"version": 0'));

    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^:3:[0-9]+ version must be >= 1$/);
    expect(lines[1]).toContain('description.level must be one of province, commune');
  });

  test('a missing field at the object that lacks it', () => {
    const broken = changed(sample!, '"level": "commune",', '');

    expect(linesFor(broken)).toEqual([
      `:${lineSaying(broken, '"description"')}:18 description must have required property 'level'`,
    ]);
  });
});

test('a calendar is looked at as closely', () => {
  const closedOnMonday = changed(
    vietNam!,
    '["07:30", "11:30"], ["13:30", "17:30"]',
    '["07:30", "11:30"], ["11:00", "17:30"]',
  );
  const [line] = linesFor(closedOnMonday);

  expect(line).toMatch(/^:[0-9]+:[0-9]+ weekly[.]monday stretches must be in order/);
  expect(linesFor(changed(vietNam!, '"2018-02-14"', '"2018-02-15"'))[0]).toContain('2018-02-15 stands twice');
});

test('a calendar above must be there', () => {
  const own = calendars.filter(({ path }) => path.endsWith('hoa-quan-commune.json'));

  expect(defectsIn(own).map(({ rule }) => rule)).toEqual([
    'inherits names calendar vn-office, which is not in the catalogue',
  ]);
});

test('a version stands in one file only', () => {
  expect(defectsIn([sample!, { ...sample!, path: 'copy.json' }], calendarIdsIn(calendars))).toEqual([
    expect.objectContaining({ path: 'copy.json', rule: expect.stringContaining('version 2 of procedure S1.000002') }),
  ]);
});

test.each([
  ['{}', ':1:1 neither a procedure'],
  ['{ "code": 1, ', ':1:14 is no JSON'],
])('what is neither is said to be neither: %s', (text, line) => {
  expect(linesFor({ path: 'strange.json', text })[0]).toContain(line);
});
