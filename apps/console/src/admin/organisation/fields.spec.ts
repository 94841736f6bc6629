import { idFrom, mistakesIn, rowFields, rowOf, valuesOf } from './fields';

const reader = { timeZone: 'Asia/Ho_Chi_Minh', language: 'vi' };
const tenure = {
  officialId: 'lan',
  postId: 'clerk',
  from: '2026-11-29T17:00:00.000Z',
  until: '2026-12-31T17:00:00.000Z',
};

test('an end is shown as the last day, and typed as one', () => {
  const values = valuesOf(rowFields.tenures, tenure, reader);

  expect(values).toMatchObject({ from: '30/11/2026', until: '31/12/2026' });
  expect(rowOf(rowFields.tenures, values, null, reader)).toEqual(tenure);
});

test('a day is shown as the reader’s language writes it', () => {
  const german = { ...reader, language: 'de' };
  const values = valuesOf(rowFields.tenures, tenure, german);

  expect(values).toMatchObject({ from: '30.11.2026', until: '31.12.2026' });
  expect(rowOf(rowFields.tenures, values, null, german)).toEqual(tenure);
});

test('a day that is not typed anew keeps its instant, also within a day', () => {
  const within = { ...tenure, until: '2026-12-31T03:00:00.000Z' };
  const values = valuesOf(rowFields.tenures, within, reader);

  expect(values['until']).toBe('31/12/2026');
  expect(rowOf(rowFields.tenures, values, within, reader)).toEqual(within);
  expect(rowOf(rowFields.tenures, { ...values, until: '' }, within, reader)['until']).toBeNull();
});

test('what a form does not show stays as it is', () => {
  const row = { id: 'lan', name: 'Lan', email: null, later: 1 };

  expect(
    rowOf(rowFields.officials, { ...valuesOf(rowFields.officials, row, reader), name: 'Lan Anh' }, row, reader),
  ).toEqual({
    ...row,
    name: 'Lan Anh',
  });
});

test('what is missing or no day is said at its field', () => {
  expect(mistakesIn(rowFields.tenures, { officialId: '', postId: 'clerk', from: '31/02/2026', until: '' })).toEqual({
    officialId: 'required',
    from: 'day',
  });
  expect(mistakesIn(rowFields.offices, { name: 'A', headPostId: 'b', codePrefix: 'h41', phone: 'call' })).toEqual({
    codePrefix: 'code-prefix',
    phone: 'phone',
  });
});

test('a name makes an id, another where it is taken', () => {
  expect(idFrom('Trần Thị Đào ', new Set())).toBe('tran-thi-dao');
  expect(idFrom('Trần Thị Đào', new Set(['tran-thi-dao']))).toBe('tran-thi-dao-2');
});
