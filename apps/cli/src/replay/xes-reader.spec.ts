import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readXes, XesUnreadable } from './xes-reader';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-xes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Buffer, name = 'log.xes'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function logOf(inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n${inside}\n</log>\n`;
}

const oneTrace = logOf(`<!-- a comment -->
<global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
<trace>
  <string key="concept:name" value="A &amp; B"/>
  <date key="startdate" value="2011-03-27T03:30:00.5+02:00"/>
  <string key="note" value="outer"><string key="responsible" value="inner"/></string>
  <event><string key="org:resource" value="Anna"/></event>
</trace>`);

async function problemOf(path: string): Promise<XesUnreadable> {
  try {
    await readXes(path);
  } catch (error) {
    if (error instanceof XesUnreadable) return error;
    throw error;
  }
  throw new Error('It was read without a word.');
}

test('a trace is read with its own attributes, instants in UTC, nested ones left out', async () => {
  const { traces } = await readXes(file(oneTrace));

  expect(traces).toEqual([
    {
      position: 1,
      line: 5,
      attributes: new Map([
        ['concept:name', 'A & B'],
        ['startdate', '2011-03-27T01:30:00.500Z'],
        ['note', 'outer'],
      ]),
      events: [{ line: 9, attributes: new Map([['org:resource', 'Anna']]) }],
    },
  ]);
});

test('packed or not, by its first bytes and not by its name, the traces are the same', async () => {
  const plain = await readXes(file(oneTrace));
  const packed = await readXes(file(gzipSync(oneTrace), 'packed.bin'));

  expect(packed.traces).toEqual(plain.traces);
  expect(packed.sha256).not.toBe(plain.sha256);
});

test.each<[string, string | Buffer, number | null, RegExp]>([
  ['cut off in the middle', oneTrace.slice(0, 300), 8, /not well-formed XML/],
  ['of another kind', '<html>\n<body/></html>', 1, /begins with <html>, not with the <log> of XES/],
  ['no XML at all', 'dossier;start;end\n1;2;3\n', 3, /not well-formed XML/],
  ['a packed file cut off', gzipSync(oneTrace).subarray(0, 120), null, /neither text nor whole gzip/],
  ['bytes of no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), null, /neither text nor whole gzip/],
  ['a log without a trace', logOf(''), null, /holds no trace/],
  ['an event outside of a trace', logOf('<event/>'), 3, /<event> outside of a <trace>/],
  ['a trace in a trace', logOf('<trace>\n<trace/></trace>'), 4, /<trace> outside of the <log>/],
  ['an attribute without a key', logOf('<trace>\n\n<string value="x"/></trace>'), 5, /<string> without a key/],
  [
    'an attribute of no known kind',
    logOf('<trace><color key="x" value="y"/></trace>'),
    3,
    /<color>, which is no attribute/,
  ],
  [
    'a time without an offset',
    logOf('<trace><date key="startdate" value="2011-03-27T03:30:00"/></trace>'),
    3,
    /no time with an offset/,
  ],
  [
    'a day that does not exist',
    logOf('<trace><date key="startdate" value="2011-13-27T03:30:00Z"/></trace>'),
    3,
    /no time with an offset/,
  ],
])('%s is refused with line and reason', async (_, content, line, reason) => {
  const problem = await problemOf(file(content));

  expect(problem.line).toBe(line);
  expect(problem.message).toMatch(reason);
});

test('a file that is not there is named', async () => {
  expect((await problemOf(join(folder, 'none.xes'))).message).toContain('none.xes: cannot be read (ENOENT)');
});
