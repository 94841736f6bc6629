import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A message as it reached the gateway. */
export interface ReachedMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

type Behaviour = (response: ServerResponse, message: ReachedMessage) => void;

const accepting: Behaviour = (response) => response.end('{"queued":true}');

/** A real HTTP gateway that keeps what reaches it, and then behaves as it is told. */
export class GatewaySink {
  readonly messages: ReachedMessage[] = [];
  behave: Behaviour = accepting;
  private server: Server;
  private port = 0;

  static async start(): Promise<GatewaySink> {
    const sink = new GatewaySink();
    await sink.listen();
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/messages`;
  }

  /** Behaves well again. */
  recover(): void {
    this.behave = accepting;
  }

  /** Listens, after a stop on the same port again. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      void json(request).then((body) => {
        const message = { ...(body as Omit<ReachedMessage, 'headers'>), headers: request.headers };
        this.messages.push(message);
        this.behave(response, message);
      });
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Answers so. */
export function answering(status: number): Behaviour {
  return (response) => response.writeHead(status, { 'retry-after': '1' }).end('{"error":"as told"}');
}

/** Has taken the message, and cuts the line before saying so. */
export const droppingAfterAcceptance: Behaviour = (response) => response.destroy();

/** Takes the message and never says a word. */
export const silent: Behaviour = () => undefined;
