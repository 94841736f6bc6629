import { columnOf, headerOf, lineOf, type ReadLine } from './line';

const row = {
  system: 'old-desk',
  number: 'HS/2026/17',
  procedureCode: '1.012786',
  officeId: 'do-luong-centre',
  channel: 'desk',
  firstReceivedAt: '2026-11-03 08:00',
  responsible: 'lan',
  post: 'do-luong-clerk',
  status: 'in process',
};

function read(change: Record<string, string> = {}): ReadLine {
  const cells = { ...row, ...change };
  return lineOf(headerOf(Object.keys(cells)), Object.values(cells));
}

describe('the header', () => {
  test('names its columns in any order and in any case', () => {
    expect(
      headerOf(
        Object.keys(row)
          .reverse()
          .map((name) => name.toUpperCase()),
      ).get('status'),
    ).toBe(0);
  });

  test.each([
    ['is not known', [...Object.keys(row), 'hobby'], 'Column 10 of the header, "hobby", is not known.'],
    ['stands twice', [...Object.keys(row), 'system'], 'names the column "system" twice'],
    ['is missing', ['system', 'number'], 'lacks the columns: procedureCode, officeId'],
  ])('is refused where a column %s', (_, names, problem) => {
    expect(() => headerOf(names)).toThrow(problem);
  });
});

test('a line is what the desk is asked', () => {
  const line = read({ appointmentAt: '2026-12-01', applicantName: 'Nguyễn Văn An', applicantPhone: '', step: '' });

  expect(JSON.parse(JSON.stringify(line))).toEqual({
    system: 'old-desk',
    number: 'HS/2026/17',
    body: {
      system: 'old-desk',
      number: 'HS/2026/17',
      procedureCode: '1.012786',
      officeId: 'do-luong-centre',
      channel: 'desk',
      firstReceivedAt: '2026-11-03 08:00',
      appointmentAt: '2026-12-01',
      clockStops: [],
      responsible: { officialId: 'lan', postId: 'do-luong-clerk' },
      status: 'in-process',
      applicant: { name: 'Nguyễn Văn An' },
    },
  });
});

test('pauses are read in their order, the last perhaps without an end', () => {
  const pauses = 'supplement 2026-11-03 08:00/2026-11-05T10:00:00+07:00 | payment 2026-11-20 09:00/';

  expect(read({ pauses, status: 'awaiting payment' })).toMatchObject({
    body: {
      status: 'in-process',
      clockStops: [
        { reason: 'supplement', from: '2026-11-03 08:00', until: '2026-11-05T10:00:00+07:00' },
        { reason: 'payment', from: '2026-11-20 09:00' },
      ],
    },
  });
});

test.each<[string, Record<string, string>, string]>([
  ['number', { number: '' }, 'must not be empty'],
  ['pauses', { pauses: 'holiday 2026-11-03 08:00/' }, 'must be pauses such as'],
  ['pauses', { pauses: 'payment 2026-11-03 08:00' }, 'must be pauses such as'],
  ['status', { status: 'finished' }, 'must be one of received, in-process, awaiting-supplement'],
  ['status', { status: 'suspended' }, 'needs a pause for other-body that lasts'],
  ['status', { status: 'suspended', pauses: 'payment 2026-11-03 08:00/' }, 'needs a pause for other-body that lasts'],
  ['status', { pauses: 'payment 2026-11-03 08:00/' }, 'must be awaiting-payment while a pause lasts'],
  ['applicantName', { applicantPhone: '0912345678' }, 'must not be empty where the applicant is told of'],
])('%s that breaks a rule is named', (column, change, rule) => {
  expect(read(change)).toMatchObject({ defects: [{ column, rule: expect.stringContaining(rule) }] });
});

test('all that is wrong with a line is told at once', () => {
  expect(read({ officeId: '', post: '', status: 'gone' })).toMatchObject({
    defects: [{ column: 'officeId' }, { column: 'post' }, { column: 'status' }],
  });
});

test.each([
  ['clockStops.0.from', 'pauses'],
  ['responsible.postId', 'post'],
  ['responsible.officialId', 'responsible'],
  ['applicant.identityNumber', 'applicantIdentityNumber'],
  ['firstReceivedAt', 'firstReceivedAt'],
])('what the desk says of %s is said of the column %s', (field, column) => {
  expect(columnOf(field)).toBe(column);
});
