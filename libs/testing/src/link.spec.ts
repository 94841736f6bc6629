import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually';
import { Link, type TrapMoment } from './link';
import { http } from './wire';

let server: Server;
let link: Link;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  server = createServer((request: IncomingMessage, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.end('done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  link = await Link.to(`127.0.0.1:${(server.address() as AddressInfo).port}`, http);
});

afterEach(async () => {
  await link.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The answer, or null when the connection broke. */
async function ask(path: string): Promise<string | null> {
  try {
    return await (await fetch(`http://${link.address}${path}`)).text();
  } catch {
    return null;
  }
}

test('what is asked and answered passes unchanged', async () => {
  expect(await ask('/a')).toBe('done');
  expect(await ask('/b')).toBe('done');
  expect(heard).toEqual(['GET /a', 'GET /b']);
});

test.each<[TrapMoment, { heard: readonly string[]; answer: string | null }]>([
  ['before', { heard: [], answer: null }],
  ['answer withheld', { heard: ['GET /b'], answer: null }],
  ['after', { heard: ['GET /b'], answer: 'done' }],
])('a trap springs once, at its moment: %s', async (moment, expected) => {
  let sprung = 0;
  let heardThen: readonly string[] = [];
  const spring = () => {
    sprung += 1;
    heardThen = [...heard];
  };
  link.arm({ matches: (text) => text === 'GET /b', moment, spring });

  expect(await ask('/b')).toBe(expected.answer);
  await eventually(() => expect(sprung).toBe(1));
  expect(heardThen).toEqual(expected.heard);
  expect(await ask('/b')).toBe('done');
  expect(sprung).toBe(1);
});

test('a trap waits for its request', async () => {
  link.arm({ matches: (text) => text === 'GET /b', moment: 'before', spring: () => undefined });

  expect(await ask('/a')).toBe('done');
  expect(await ask('/b')).toBeNull();
});

test('what is held to the server arrives when the link is whole again', async () => {
  link.set('hold to server');
  const answer = ask('/a');
  await eventually(() => expect(link.connections).toBe(1));
  expect(heard).toEqual([]);

  link.set('pass');
  expect(await answer).toBe('done');
});

test('what is held to the client was done all the same', async () => {
  link.set('hold to client');
  const answer = ask('/a');
  await eventually(() => expect(heard).toEqual(['GET /a']));

  link.set('pass');
  expect(await answer).toBe('done');
});

test('a cut link lets nobody through until it is whole again', async () => {
  link.set('cut');
  expect(await ask('/a')).toBeNull();

  link.set('pass');
  expect(await ask('/a')).toBe('done');
  expect(heard).toEqual(['GET /a']);
});

test('a request may be lost, or its answer', async () => {
  link.fateOf = (text) => (text === 'GET /a' ? 'lose' : 'reset');

  expect(await ask('/a')).toBeNull();
  expect(await ask('/b')).toBeNull();
  expect(heard).not.toContain('GET /a');
  expect(heard).toContain('GET /b');
});
