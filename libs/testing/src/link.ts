import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Piece, Protocol, WireReader, WireRequest } from './wire';

/**
 * What becomes of a request: `pass`; `withhold`: the server does it, its answer never comes; `reset`: the server does it, and
 * the connection breaks before the answer; `lose`: the connection breaks before the server hears of it.
 */
export type Fate = 'pass' | 'withhold' | 'reset' | 'lose';

/**
 * How a link behaves. Held-back bytes wait, as TCP would send them again, and arrive when the link is whole again.
 *
 * - `slow`: every piece takes `slowMs` longer.
 * - `cut`: every connection breaks, nobody gets through: to both sides the other is dead.
 * - `hold to server`, `hold to client`, `hold both ways`: connections stay, and that way nothing arrives.
 */
export type LinkMode = 'pass' | 'slow' | 'cut' | 'hold to server' | 'hold to client' | 'hold both ways';

/** When a trap springs: before the server hears the request, when the client would hear the answer, or just after that. */
export type TrapMoment = 'before' | 'answer withheld' | 'after';

/** Waits for one request and does something at exactly that moment, such as to kill one of the two. */
export interface Trap {
  readonly matches: (text: string) => boolean;
  readonly moment: TrapMoment;
  /** Called once. Except after the answer, the connection breaks as soon as it returns, and neither side hears more. */
  readonly spring: () => void;
}

const slowMs = 200;
/** How long a client has to hear an answer before a trap springs after it. */
const heardMs = 2;

/** Stands between clients and one server, reads what they say, and decides what becomes of it. */
export class Link {
  /** Asked for every request. */
  fateOf: (text: string) => Fate = () => 'pass';
  /** Connections opened so far. */
  connections = 0;
  /** Connections ended so far. */
  ended = 0;
  private mode: LinkMode = 'pass';
  private trap: Trap | null = null;
  private waiting: (() => void)[] = [];
  private readonly conversations = new Set<Conversation>();

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
    private readonly protocol: Protocol,
  ) {}

  /** A link to `host:port`, on a free port of the loopback address. */
  static async to(address: string, protocol: Protocol): Promise<Link> {
    const [host = '', port] = address.split(':');
    const server = createServer();
    const link = new Link(server, { host, port: Number(port) }, protocol);
    server.on('connection', (client) => link.accept(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return link;
  }

  /** Where clients find it. */
  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(mode: LinkMode): void {
    this.mode = mode;
    if (mode === 'cut') this.reset();
    for (const look of this.waiting.splice(0)) look();
  }

  /** Breaks every connection, once. */
  reset(): void {
    for (const conversation of this.conversations) conversation.break();
  }

  /** Sets a trap in the place of the one before; null takes it away. */
  arm(trap: Trap | null): void {
    this.trap = trap;
  }

  async close(): Promise<void> {
    this.set('cut');
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(client: Socket): void {
    if (this.mode === 'cut') {
      client.resetAndDestroy();
      return;
    }
    this.connections += 1;
    const port = (this.server.address() as AddressInfo).port;
    const reader = this.protocol({ server: this.target.port, link: port });
    const conversation = new Conversation(client, connect(this.target), reader, {
      decide: (request) => this.decide(request),
      spring: (trap, moment) => this.spring(trap, moment),
      mayPass: (way) => this.mayPass(way),
      end: () => {
        if (this.conversations.delete(conversation)) this.ended += 1;
      },
    });
    this.conversations.add(conversation);
  }

  private decide({ text }: WireRequest): Decision {
    const trap = this.trap?.matches(text) ? this.trap : null;
    return { fate: trap?.moment === 'before' ? 'lose' : this.fateOf(text), trap };
  }

  /** A trap stays set until one conversation springs it: others may break before their answer. */
  private spring(trap: Trap | null, moment: TrapMoment): boolean {
    if (trap?.moment !== moment || trap !== this.trap) return false;
    this.trap = null;
    trap.spring();
    return true;
  }

  private async mayPass(way: Way): Promise<void> {
    while (this.mode === `hold ${way}` || this.mode === 'hold both ways') {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.mode === 'slow') await pause(slowMs);
  }
}

type Way = 'to server' | 'to client';

interface Decision {
  readonly fate: Fate;
  readonly trap: Trap | null;
}

interface Rules {
  readonly decide: (request: WireRequest) => Decision;
  readonly spring: (trap: Trap | null, moment: TrapMoment) => boolean;
  /** Resolves when the link lets a piece through. */
  readonly mayPass: (way: Way) => Promise<void>;
  readonly end: () => void;
}

/** One connection, in two halves. */
class Conversation {
  private readonly decisions = new WeakMap<WireRequest, Decision>();
  /** Each way keeps its order, also where it waits. */
  private readonly tails: Record<Way, Promise<void>> = {
    'to server': Promise.resolve(),
    'to client': Promise.resolve(),
  };
  private isBroken = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    reader: WireReader,
    private readonly rules: Rules,
  ) {
    client.setNoDelay();
    server.setNoDelay();
    client.on('data', (data) => this.pass('to server', reader.fromClient(data)));
    server.on('data', (data) => this.pass('to client', reader.fromServer(data)));
    this.endWith(client, server, 'to server');
    this.endWith(server, client, 'to client');
  }

  /** Breaks both halves at once; what is under way is lost. */
  break(): void {
    this.isBroken = true;
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
    this.rules.end();
  }

  /** What one said before its end the other hears before it. */
  private endWith(socket: Socket, other: Socket, way: Way): void {
    socket
      .on('error', () => undefined)
      .on('close', () => {
        if (other.closed) this.rules.end();
        else this.inOrder(way, () => other.end());
      });
  }

  private pass(way: Way, pieces: readonly Piece[]): void {
    for (const piece of pieces) {
      this.inOrder(way, () => (way === 'to server' ? this.ask(piece) : this.answer(piece)));
    }
  }

  private inOrder(way: Way, act: () => void): void {
    this.tails[way] = this.tails[way].then(async () => {
      if (!this.isBroken) await this.rules.mayPass(way);
      if (!this.isBroken) act();
    });
  }

  private ask({ bytes, request }: Piece): void {
    const decision = request && this.rules.decide(request);
    if (request && decision) this.decisions.set(request, decision);
    if (decision?.fate !== 'lose') {
      this.server.write(bytes);
      return;
    }
    this.rules.spring(decision.trap, 'before');
    this.break();
  }

  private answer({ bytes, request, isLast }: Piece): void {
    const { fate, trap } = (request && this.decisions.get(request)) ?? { fate: 'pass', trap: null };
    if (fate === 'reset' || this.rules.spring(trap, 'answer withheld')) this.break();
    else if (fate === 'pass') {
      this.client.write(bytes);
      if (isLast && trap?.moment === 'after') setTimeout(() => this.rules.spring(trap, 'after'), heardMs);
    }
  }
}
