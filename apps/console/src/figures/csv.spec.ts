import { csvOf } from './csv';

test('texts are quoted, numbers are not, and the letters are known for what they are', () => {
  expect(csvOf([['Thủ tục "A", B', 3]])).toBe('\uFEFF"Thủ tục ""A"", B",3\r\n');
});

test.each(['=1+1', '+84912', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("x")'])('%j is no formula', (text) => {
  expect(csvOf([[text]])).toBe(`\uFEFF"'${text.replaceAll('"', '""')}"\r\n`);
});
