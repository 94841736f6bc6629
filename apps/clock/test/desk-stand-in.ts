import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { endsDossier, type Escalate, type JournalEntry, type Verdict, type WatchedDossier } from '#contracts';
import type { StreamEntry } from '#messaging';
import type { Ledgers } from '#proving';
import { bodyOf, DossierBook } from '../../../workflows/test/dossier-book';

/** A question for entries as it came; `kid` is the key of the clock that asked. */
export interface AskedForEntries {
  readonly dossierId: string;
  readonly after: number;
  readonly kid: string | undefined;
}

/** An *escalate* as it came. */
export interface AskedToEscalate {
  readonly dossierId: string;
  readonly escalate: Escalate;
  readonly atMs: number;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const problem = (status: number, code: string): Answer => ({ status, body: { status, code, detail: code } });

/** Stands for `desk`: serves the journals of its dossiers and decides on their rungs, as `desk` does, from memory. */
export class DeskStandIn {
  readonly askedForEntries: AskedForEntries[] = [];
  readonly askedToEscalate: AskedToEscalate[] = [];
  /** People whose posts entitle to everything; the others' to nothing. */
  readonly administrators = new Set<string>();
  /** People whose posts entitle to audits. */
  readonly auditors = new Set<string>();
  /** Dossiers that no auditor sees, as complaints about them. */
  readonly hiddenFromAuditors = new Set<string>();
  /** What the tables say of a dossier; of others they hold nothing. */
  readonly ledgers = new Map<string, Ledgers>();
  /** What auditors read, in order: who, and the path. */
  readonly readByAuditors: string[] = [];
  /** False as when it is down for whoever asks for entries. */
  journalAnswers = true;
  /** The messages whose discarding it was told to journal. */
  readonly discarded: Record<string, unknown>[] = [];
  /** What it was told that the clock refused. */
  readonly refusals: Record<string, unknown>[] = [];
  private readonly books = new Map<string, DossierBook>();
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

  /** The empty journal of a new dossier. */
  newDossier(startsAt?: string): DossierBook {
    const book = new DossierBook(randomUUID(), startsAt);
    this.books.set(book.dossierId, book);
    return book;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.answerTo(request);
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, { 'content-type': type });
    response.end(JSON.stringify(body));
  }

  private async answerTo(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '', headers } = request;
    const token = (headers.authorization ?? '').replace('Bearer ', '');
    const { sub = '' } = decodeJwt(token);
    const { pathname, searchParams } = new URL(url, this.url);
    const [collection, id = '', command] = pathname.split('/').slice(1);
    if (this.auditors.has(sub)) return this.answerToAuditor(sub, pathname);
    if (sub !== 'service:clock') return this.answerToPerson(sub, `${method} /${collection ?? ''}`, request);
    switch (`${method} ${collection ?? ''} ${command ?? ''}`) {
      case 'GET journal ': {
        if (!this.journalAnswers) return problem(503, 'UNAVAILABLE');
        const after = Number(searchParams.get('after'));
        this.askedForEntries.push({ dossierId: id, after, kid: decodeProtectedHeader(token).kid });
        return { status: 200, body: { entries: this.stored(id, after).slice(0, Number(searchParams.get('limit'))) } };
      }
      case 'GET watched-dossiers ':
        return {
          status: 200,
          body: { dossiers: this.watched(searchParams.get('after') ?? '').slice(0, Number(searchParams.get('limit'))) },
        };
      case 'POST refusals ':
        this.refusals.push((await json(request)) as Record<string, unknown>);
        return { status: 200, body: {} };
      case 'POST dossiers escalations':
        return this.verdictOn(id, (await json(request)) as Escalate);
      default:
        return problem(404, 'NOT_FOUND');
    }
  }

  private async answerToPerson(sub: string, route: string, request: IncomingMessage): Promise<Answer> {
    const scope = this.administrators.has(sub) ? 'everywhere' : null;
    if (route === 'GET /rights') return { status: 200, body: { scope } };
    if (route !== 'POST /dead-letters' || scope === null) return problem(403, 'ACTION_FORBIDDEN');
    this.discarded.push((await json(request)) as Record<string, unknown>);
    return { status: 200, body: { changed: true } };
  }

  /** Unlike a service, a person is told that there is no such dossier. */
  private answerToAuditor(sub: string, path: string): Answer {
    const [collection = '', id = '', part] = path.split('/').slice(1);
    if (collection === 'rights') return { status: 200, body: { scope: id === 'audit-dossier' ? 'everywhere' : null } };
    if (this.hiddenFromAuditors.has(id) || !this.books.has(id)) return problem(404, 'DOSSIER_NOT_FOUND');
    this.readByAuditors.push(`${sub} ${path}`);
    return part === 'ledgers'
      ? { status: 200, body: this.ledgers.get(id) ?? { held: [], rang: [] } }
      : { status: 200, body: { entries: this.stored(id, 0) } };
  }

  /** Of a dossier it does not know, no entries: as `desk`. */
  private stored(stream: string, after: number): StreamEntry[] {
    const entries = this.books.get(stream)?.after(after) ?? [];
    return entries.map(({ event, hash }) => ({ stream, sequence: event.sequence, hash, body: bodyOf(event) }));
  }

  private watched(after: string): WatchedDossier[] {
    const ids = [...this.books.keys()].sort().filter((id) => id > after);
    return ids.flatMap((dossierId) => {
      const last = this.books.get(dossierId)?.entries.at(-1)?.event;
      if (!last) return [];
      return { dossierId, lastSequence: last.sequence, recordedAt: last.recordedat, ended: endsDossier(last) };
    });
  }

  /** What came first, or that the rung stands in the journal now. */
  private verdictOn(dossierId: string, escalate: Escalate): Answer {
    const book = this.books.get(dossierId);
    if (!book) return problem(404, 'DOSSIER_NOT_FOUND');
    this.askedToEscalate.push({ dossierId, escalate, atMs: Date.now() });
    const { generation, rung, lastSequence, lastHash } = escalate;
    if (hashOf(book, lastSequence) !== lastHash) return problem(409, 'HISTORY_FORKED');
    const missed = book.after(lastSequence);
    const verdict: Verdict =
      missed.length > 0
        ? { outcome: 'answered', entries: missed }
        : { outcome: 'recorded', entries: [book.write('dossier-escalated', { generation, rung })] };
    return { status: 200, body: verdict };
  }
}

function hashOf({ entries }: DossierBook, sequence: number): string | undefined {
  return entries.find(({ event }: JournalEntry) => event.sequence === sequence)?.hash;
}
