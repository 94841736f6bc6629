import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to Temporal that can be shut, as when Temporal goes away, and opened again at the same address. */
export class TemporalDoor {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  private port = 0;

  private constructor(private readonly behind: string) {}

  static async openedTo(address: string): Promise<TemporalDoor> {
    const door = new TemporalDoor(address);
    await door.open();
    return door;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    this.server = createServer((from) => {
      const url = new URL(`tcp://${this.behind}`);
      const to = connect(Number(url.port), url.hostname);
      this.join(from, to);
      this.join(to, from);
    });
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async shut(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(server, 'close');
  }

  /** What one side sends, the other gets; when one side ends, so does the other. */
  private join(one: Socket, other: Socket): void {
    this.sockets.add(one);
    one.pipe(other);
    one.on('error', () => other.destroy());
    one.on('close', () => {
      this.sockets.delete(one);
      other.destroy();
    });
  }
}
