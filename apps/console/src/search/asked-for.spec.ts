import { kindOf, searchOf } from './asked-for';

test.each([
  ['H41.85-261126-0001', 'code'],
  ['h41.85-261126-0001 ', 'code'],
  ['0912345678', 'phone'],
  ['0912 345 678', 'phone'],
  ['+84 912 345 678', 'phone'],
  ['040090001234', 'identityNumber'],
  ['186543210', 'identityNumber'],
  ['c1234567', 'identityNumber'],
  ['Nguyễn Thị Ngọc Ánh', 'name'],
  ['nguyen', 'name'],
])('%s is searched for as %s', (text, kind) => {
  expect(kindOf(text)).toBe(kind);
});

test('a code is sent as it stands on the receipt, a name as it was typed', () => {
  expect(searchOf('code', ' h41.85-261126-0001')).toEqual({ code: 'H41.85-261126-0001' });
  expect(searchOf('name', ' Lê Văn Tám ')).toEqual({ name: 'Lê Văn Tám' });
});
