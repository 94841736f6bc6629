import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { Readable } from 'node:stream';
import { clamd, ScannerAway } from './scanner';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A clamd that says this as soon as anything comes, and reads no more: as of too long a stream. */
async function hasty(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.once('data', () => {
      socket.pause();
      socket.write(answer);
    });
    socket.on('error', () => undefined); // The other side goes away in the middle.
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** More than two sockets hold, so that whoever sends it waits for the one who reads. */
function manyBytes(): AsyncIterable<Uint8Array> {
  return Readable.from(Array.from({ length: 1_000 }, () => Buffer.alloc(65_536)));
}

test('an answer that comes before the last byte ends the sending, and is the answer', async () => {
  const scanner = clamd(await hasty('INSTREAM size limit exceeded. ERROR\0'));

  const refused = scanner.verdictOn(manyBytes());
  await expect(refused).rejects.toThrow(ScannerAway);
  await expect(refused).rejects.toThrow(/size limit exceeded/);
});

test('what is found early is found', async () => {
  const scanner = clamd(await hasty('stream: Eicar-Signature FOUND\0'));

  expect(await scanner.verdictOn(manyBytes())).toBe('infected');
});

test('a scanner that says nothing is away when its time is over', async () => {
  const scanner = clamd(await hasty(''), 200);

  await expect(scanner.verdictOn(manyBytes())).rejects.toThrow(ScannerAway);
});
