import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromiumOf } from './browser';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the browser that is named is taken, whatever else there is', () => {
  expect(chromiumOf('/opt/own/chromium', folder)).toBe('/opt/own/chromium');
});

test('the first on the path that can be run is taken', () => {
  writeFileSync(join(folder, 'chromium'), '');
  chmodSync(join(folder, 'chromium'), 0o644);
  writeFileSync(join(folder, 'google-chrome'), '');
  chmodSync(join(folder, 'google-chrome'), 0o755);

  expect(chromiumOf(undefined, ['', '/nowhere', folder].join(delimiter))).toBe(join(folder, 'google-chrome'));
});

test('where there is none the message says what to install', () => {
  expect(() => chromiumOf(undefined, folder, [])).toThrow(/apt-get install chromium.*MOTCUA_CHROMIUM/);
});
