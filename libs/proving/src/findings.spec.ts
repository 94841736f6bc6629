import { readGolden } from '../../../workflows/test/golden-histories';
import { chainFindings } from './chain';
import { heardIn, summaryIn } from './heard';
import { historyText } from './history-json';
import { sha256Hex } from '#platform';

const stream = '01932c8e-7c00-7000-8000-0000000000aa';

function chain(length: number) {
  const entries: { sequence: number; hash: string; body: string }[] = [];
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const before = entries.at(-1);
    const body = JSON.stringify({ subject: stream, sequence, ...(before && { previoushash: before.hash }) });
    entries.push({ sequence, body, hash: sha256Hex(body) });
  }
  return entries;
}

test('an unbroken chain has no findings', () => {
  expect(chainFindings(stream, chain(4))).toEqual([]);
});

test('an entry whose bytes were changed is named', () => {
  const [first, second, third] = chain(3);
  const altered = { ...second!, body: second!.body.replace('"sequence":2', '"sequence":2,"late":true') };

  expect(chainFindings(stream, [first!, altered, third!])).toEqual([
    expect.objectContaining({ kind: 'entry-altered', sequence: 2 }),
  ]);
});

test('an entry rewritten with a fresh hash breaks the link of the one behind it', () => {
  const [first, second, third] = chain(3);
  const body = second!.body.replace('{', '{"late":true,');

  expect(chainFindings(stream, [first!, { sequence: 2, body, hash: sha256Hex(body) }, third!])).toEqual([
    expect.objectContaining({ kind: 'chain-broken', sequence: 3 }),
  ]);
});

test('a missing entry is named once, by the entry behind it, which alone is accused', () => {
  const [first, , third, fourth] = chain(4);

  expect(chainFindings(stream, [first!, third!, fourth!])).toEqual([
    { kind: 'entry-missing', sequence: 3, says: 'journal: entry 3: entry 2 is missing before it' },
  ]);
  expect(chainFindings(stream, chain(3).slice(1))).toMatchObject([{ kind: 'entry-missing', sequence: 2 }]);
});

test('a recorded history tells which entries the workflow heard, and what it came to', () => {
  const history = historyText(readGolden('returned-in-time.json'));

  expect(heardIn(history).map(({ sequence }) => sequence)).toContain(1);
  expect(summaryIn(history)?.ending).toBe('dossier-returned');
});
