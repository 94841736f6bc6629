import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands for `oversight`: a live stream that never ends by itself, and whom it was opened for. */
export class StreamStandIn {
  readonly open = new Set<ServerResponse>();
  readonly tokens: string[] = [];
  readonly lastEventIds: (string | undefined)[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.tokens.push((request.headers.authorization ?? '').replace('Bearer ', ''));
      this.lastEventIds.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no', 'set-cookie': 'a=b' });
      response.write('event: caught-up\nid: 1\ndata: {}\n\n');
      this.open.add(response);
      response.once('close', () => this.open.delete(response));
    });
  }

  static async start(): Promise<StreamStandIn> {
    const oversight = new StreamStandIn();
    await once(oversight.server.listen(0, '127.0.0.1'), 'listening');
    return oversight;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Says something in every stream. */
  say(text: string): void {
    for (const response of this.open) response.write(text);
  }

  /** Ends every stream, as the end of a token does. */
  endAll(): void {
    for (const response of this.open) response.end();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
