import { EventEmitter, once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { createLogger } from '../logging/logger';
import { stopOnSignals } from './stop-on-signals';

const quiet = createLogger({ name: 'desk', level: 'silent' });

const LIMITS = { drainMs: 100, hardMs: 1000 };

/** An application of nothing but its server, whose requests under way never end by themselves. */
async function serving(close: (server: Server) => Promise<void>, limits = LIMITS) {
  const server = createServer();
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const exits = new EventEmitter();
  const app = { getHttpServer: () => server, close: () => close(server) } as unknown as INestApplication;
  stopOnSignals(app, quiet, { ...limits, exit: (code) => void exits.emit('exit', code) });
  return { server, exit: once(exits, 'exit') as Promise<[number]> };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) =>
    server.close(() => {
      resolve();
    }),
  );
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test('a request under way gets its answer, and its connection then delays nobody', async () => {
  const { server, exit } = await serving(closed, { drainMs: 600_000, hardMs: 600_000 });
  const request = fetch(urlOf(server));
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  process.emit('SIGTERM', 'SIGTERM');
  response.end('accepted');

  expect(await (await request).text()).toBe('accepted');
  expect(await exit).toEqual([0]);
});

test('a request that does not end holds up the stop only so long', async () => {
  const { server, exit } = await serving(closed);
  const request = fetch(urlOf(server)).then(
    () => 'answered',
    () => 'cut off',
  );
  await once(server, 'request');
  process.emit('SIGTERM', 'SIGTERM');

  expect(await exit).toEqual([0]);
  expect(await request).toBe('cut off');
});

test('a part that hangs does not keep the process alive', async () => {
  const { server, exit } = await serving(() => new Promise(() => undefined));
  process.emit('SIGTERM', 'SIGTERM');

  expect(await exit).toEqual([1]);
  await closed(server);
});

test('a part that fails to stop is told by the exit code', async () => {
  const { server, exit } = await serving(() => Promise.reject(new Error('offsets not committed')));
  process.emit('SIGINT', 'SIGINT');

  expect(await exit).toEqual([1]);
  await closed(server);
});

test('an application that was closed listens to no signal any more', async () => {
  const before = process.listenerCount('SIGTERM');
  const { server } = await serving(closed);
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  await closed(server);

  expect(process.listenerCount('SIGTERM')).toBe(before);
});
