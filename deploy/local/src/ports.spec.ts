import { createServer, type AddressInfo, type Server } from 'node:net';
import { freePort, isListening, requireFreePort, untilListening } from './ports';
import { LocalProblem } from './problem';

let taken: Server | undefined;

afterEach(() => taken?.close());

async function takePort(): Promise<number> {
  taken = createServer();
  await new Promise<void>((resolve) => taken!.listen(0, '127.0.0.1', resolve));
  return (taken.address() as AddressInfo).port;
}

test('a port that another program holds is named with what wanted it and what to do', async () => {
  const port = await takePort();

  await expect(requireFreePort(port, 'desk')).rejects.toEqual(
    new LocalProblem(
      `Port ${port}, wanted for desk, is taken by another process.`,
      `Stop that process ("ss -ltnp | grep ${port}" shows it), or set MOTCUA_PORT_BASE to move all ports.`,
    ),
  );
});

test('a port found free passes, and is free afterwards', async () => {
  const port = await freePort();

  await requireFreePort(port, 'desk');

  expect(await isListening('127.0.0.1', port)).toBe(false);
});

test('a server that ends while it starts is said at once, with its log', async () => {
  const waiting = untilListening(await freePort(), { isAlive: () => false, what: 'Kafka', logFile: 'kafka.log' });

  await expect(waiting).rejects.toThrow('Kafka ended while it started. Its log says why: kafka.log');
});

test('a server that never opens its port is given up after the limit', async () => {
  const port = await freePort();
  const waiting = untilListening(port, { isAlive: () => true, what: 'Kafka', logFile: 'kafka.log', limitMs: 100 });

  await expect(waiting).rejects.toThrow(`Kafka did not open port ${port} within 0.1 s. Its log: kafka.log`);
});
