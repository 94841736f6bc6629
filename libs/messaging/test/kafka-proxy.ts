import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What becomes of a request: `pass`; `withhold`: Kafka does it, its answer never comes; `reset`: Kafka does it, and the
 * connection breaks before the answer; `lose`: the connection breaks before Kafka hears of it.
 */
export type Fate = 'pass' | 'withhold' | 'reset' | 'lose';

export const PRODUCE = 0;
export const OFFSET_COMMIT = 8;
const METADATA = 3;
const FIND_COORDINATOR = 10;

/** Stands between a client and a broker, reads what they say, and decides what becomes of it. */
export class KafkaProxy {
  /** Asked for every request, with its api key of Kafka's protocol. */
  fateOf: (apiKey: number) => Fate = () => 'pass';
  /** Connections opened so far. */
  connections = 0;
  private isCut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly broker: { readonly host: string; readonly port: number },
  ) {}

  static async before(broker: string): Promise<KafkaProxy> {
    const [host = '', port] = broker.split(':');
    const server = createServer();
    const proxy = new KafkaProxy(server, { host, port: Number(port) });
    server.on('connection', (client) => proxy.connect(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get brokers(): string[] {
    return [`${this.broker.host}:${this.port}`];
  }

  /** Breaks every connection and lets nobody through: to both sides, the other is dead. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  heal(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private connect(client: Socket): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    this.connections += 1;
    const broker = connect(this.broker);
    const end = () => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      this.sockets.add(socket);
      socket.on('error', end).on('close', () => {
        this.sockets.delete(socket);
        end();
      });
    }
    const requests = new Map<number, { readonly apiKey: number; readonly fate: Fate }>();
    client.on(
      'data',
      inFrames((frame) => {
        const apiKey = frame.readInt16BE(4);
        const fate = this.fateOf(apiKey);
        requests.set(frame.readInt32BE(8), { apiKey, fate });
        if (fate === 'lose') end();
        else broker.write(frame);
      }),
    );
    broker.on(
      'data',
      inFrames((frame) => {
        const { apiKey, fate } = requests.get(frame.readInt32BE(4))!;
        requests.delete(frame.readInt32BE(4));
        if (fate === 'reset') end();
        else if (fate === 'pass') client.write(this.withOurPort(frame, apiKey));
      }),
    );
  }

  /** A broker tells where it is to be found: that must be here. */
  private withOurPort(frame: Buffer, apiKey: number): Buffer {
    if (apiKey !== METADATA && apiKey !== FIND_COORDINATOR) return frame;
    const address = Buffer.alloc(this.broker.host.length + 4);
    address.write(this.broker.host);
    address.writeInt32BE(this.broker.port, this.broker.host.length);
    for (let at = frame.indexOf(address); at !== -1; at = frame.indexOf(address, at + 1)) {
      frame.writeInt32BE(this.port, at + this.broker.host.length);
    }
    return frame;
  }
}

/** Kafka's frames: a length of four bytes, then so many bytes. */
function inFrames(handle: (frame: Buffer) => void): (data: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      handle(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
