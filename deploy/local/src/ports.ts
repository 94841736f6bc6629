import { createServer, connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalProblem } from './problem';

/** A port of the loopback address that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws LocalProblem naming the port and what it is wanted for. */
export async function requireFreePort(port: number, wantedFor: string): Promise<void> {
  const server = createServer();
  const taken = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(true)).listen(port, '127.0.0.1', () => resolve(false));
  });
  await new Promise((resolve) => server.close(resolve));
  if (taken) {
    throw new LocalProblem(
      `Port ${port}, wanted for ${wantedFor}, is taken by another process.`,
      `Stop that process ("ss -ltnp | grep ${port}" shows it), or set MOTCUA_PORT_BASE to move all ports.`,
    );
  }
}

/** True when something listens at `host:port`. */
export async function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once('connect', () => done(true))
      .once('error', () => done(false))
      .once('timeout', () => done(false));
  });
}

/** Waits until something listens there, or `isAlive` says that nothing ever will. */
export async function untilListening(
  port: number,
  {
    isAlive,
    what,
    logFile,
    limitMs = 60_000,
  }: { isAlive: () => boolean; what: string; logFile: string; limitMs?: number },
): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += 50) {
    if (await isListening('127.0.0.1', port)) return;
    if (!isAlive()) throw new LocalProblem(`${what} ended while it started.`, `Its log says why: ${logFile}`);
    await pause(50);
  }
  throw new LocalProblem(`${what} did not open port ${port} within ${limitMs / 1000} s.`, `Its log: ${logFile}`);
}
