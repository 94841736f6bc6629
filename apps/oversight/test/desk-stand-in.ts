import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { decodeJwt } from 'jose';
import type { DossierEvent } from '#contracts';
import type { StreamEntry } from '#messaging';
import { entryOf } from './events';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly sub: string;
  readonly key: string | undefined;
  readonly ifMatch: string | undefined;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly etag?: string;
}

const problem = (status: number, code: string): Answer => ({ status, body: { status, code, detail: code } });

/** Stands for `desk`: its journal and feed, its officials, and what it answers to an acknowledgement. */
export class DeskStandIn {
  readonly asked: Asked[] = [];
  readonly journal: StreamEntry[] = [];
  readonly administrators = new Set<string>();
  /** Who stands in for which posts now; null: it does not answer that. */
  standsIn: Map<string, readonly string[]> | null = new Map();
  /** Which dossiers are about whom. */
  readonly complaints = new Map<string, readonly string[]>();
  /** What an acknowledgement is answered with. */
  acknowledgement: Answer = { status: 200, body: { status: 'in-process' }, etag: '"8"' };
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

  static async start(): Promise<DeskStandIn> {
    const desk = new DeskStandIn();
    await once(desk.server.listen(0, '127.0.0.1'), 'listening');
    return desk;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Records events in its journal; the place there is the feed position. */
  record(...events: DossierEvent[]): void {
    this.journal.push(...events.map(entryOf));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const sub = decodeJwt((headers.authorization ?? '').replace('Bearer ', '')).sub ?? '';
    const { pathname, searchParams } = new URL(url, this.url);
    const key = headers['idempotency-key'] as string | undefined;
    const body = method === 'POST' ? await json(request) : null;
    this.asked.push({ method, path: pathname, sub, key, ifMatch: headers['if-match'], body });

    const { status, body: said, etag } = this.said(method, pathname.split('/').slice(1), searchParams, sub, body);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type, ...(etag !== undefined && { etag }) });
    response.end(JSON.stringify(said));
  }

  private said(method: string, path: readonly string[], query: URLSearchParams, sub: string, body: unknown): Answer {
    const after = Number(query.get('after'));
    switch (`${method} ${path[0] ?? ''}`) {
      case 'GET feed': {
        if (!sub.startsWith('service:') && !this.administrators.has(sub)) return problem(403, 'ACTION_FORBIDDEN');
        const fed = this.journal.map((entry, index) => ({ ...entry, position: index + 1 }));
        return { status: 200, body: { entries: fed.slice(after, after + Number(query.get('limit'))) } };
      }
      case 'GET journal': {
        const entries = this.journal.filter(({ stream, sequence }) => stream === path[1] && sequence > after);
        return { status: 200, body: { entries } };
      }
      case 'GET rights':
        return { status: 200, body: { scope: this.administrators.has(sub) ? 'everywhere' : null } };
      case 'POST refusals':
        return sub === 'service:oversight' ? { status: 200, body: {} } : problem(403, 'ACTION_FORBIDDEN');
      case 'POST dead-letters':
        return this.administrators.has(sub)
          ? { status: 200, body: { changed: true } }
          : problem(403, 'ACTION_FORBIDDEN');
      case 'GET standing-in': {
        if (!sub.startsWith('service:')) return problem(403, 'ACTION_FORBIDDEN');
        return this.standsIn
          ? { status: 200, body: { posts: this.standsIn.get(path[1] ?? '') ?? [] } }
          : problem(503, 'DATABASE_UNAVAILABLE');
      }
      case 'POST standing-in': {
        const { dossierIds } = body as { dossierIds: readonly string[] };
        const about = this.complaints.get(path[1] ?? '') ?? [];
        return { status: 200, body: { dossierIds: dossierIds.filter((id) => about.includes(id)) } };
      }
      case 'GET officials':
        return { status: 200, body: { officialId: path[1], name: 'Somebody', email: `${path[1] ?? ''}@vinh.example` } };
      case 'GET dossiers':
        return { status: 200, body: { dossierId: path[1] }, etag: '"7"' };
      case 'POST dossiers':
        return this.acknowledgement;
      default:
        return problem(404, 'NOT_FOUND');
    }
  }
}
