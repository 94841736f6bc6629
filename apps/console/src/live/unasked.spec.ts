import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = join(__dirname, '..');

test('no list is asked for by a timer of its own, which would keep a session open while nobody is there; the look at a file ends', () => {
  const polling = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'))
    .flatMap((file) => [...readFileSync(join(sources, file), 'utf8').matchAll(/\brefetchInterval\b.*/g)])
    .map(([line]) => line);

  expect(polling).toEqual(['refetchInterval: ({ state: { data, dataUpdateCount } }) => {']);
});
