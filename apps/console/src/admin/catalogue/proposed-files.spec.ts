import { proposedFiles } from './proposed-files';
import { LONGEST } from './seen';

test('what is proposed at once is looked at one by one, each as a file with a value on each line', () => {
  const calendar = { id: 'vn-office', version: '2027' };
  const procedure = { code: '1.001193', version: 4 };
  const files = proposedFiles({ calendars: [calendar], procedures: [procedure] });

  expect(files.map(({ kind, of, version }) => [kind, of, version])).toEqual([
    ['calendar', 'vn-office', '2027'],
    ['procedure', '1.001193', '4'],
  ]);
  expect(files[0]!.file).toEqual({ name: null, text: '{\n  "id": "vn-office",\n  "version": "2027"\n}' });
  expect(proposedFiles({ procedures: [procedure] })).toHaveLength(1);
});

test('what would be too long to be looked at with its lines is looked at without them', () => {
  const days = Array.from({ length: LONGEST / 8 }, () => 1);
  const [file] = proposedFiles({ calendars: [{ id: 'long', version: '1', days }] });

  expect(file!.file.text.length).toBeLessThan(LONGEST);
  expect(JSON.parse(file!.file.text)).toEqual({ id: 'long', version: '1', days });
});
