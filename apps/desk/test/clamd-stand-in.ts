import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A clamd that speaks INSTREAM and knows one harmful thing, the EICAR test file. */
export class ClamdStandIn {
  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly port: number,
  ) {}

  static async start(port = 0): Promise<ClamdStandIn> {
    const server = createServer((socket) => {
      answer(socket).catch(() => socket.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new ClamdStandIn(server, (server.address() as AddressInfo).port);
  }

  async stop(): Promise<void> {
    this.server.close();
    await once(this.server, 'close');
  }
}

async function answer(socket: Socket): Promise<void> {
  const command = 'zINSTREAM\0';
  let held = Buffer.alloc(0);
  let content = '';
  let isOpen = false;
  for await (const some of socket) {
    held = Buffer.concat([held, some as Buffer]);
    if (!isOpen && held.length < command.length) continue;
    if (!isOpen && held.toString('latin1', 0, command.length) !== command) throw new Error('no such command');
    if (!isOpen) held = held.subarray(command.length);
    isOpen = true;
    while (held.length >= 4) {
      const length = held.readUInt32BE(0);
      if (length === 0) {
        socket.end(content.includes('EICAR-STANDARD-ANTIVIRUS') ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
        return;
      }
      if (held.length < 4 + length) break;
      content += held.toString('latin1', 4, 4 + length);
      held = held.subarray(4 + length);
    }
  }
}
