import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { keptFolder } from './run-folder';

test('temporary files of tests lie in a folder of this run, which others may go through and not list', () => {
  expect(tmpdir()).toMatch(/motcua-run-\w{6}$/);
  expect(statSync(tmpdir()).mode & 0o777).toBe(0o711);
});

test('what is to be looked at afterwards lies outside it', () => {
  expect(dirname(keptFolder('motcua-pictures'))).toBe(dirname(tmpdir()));
});
