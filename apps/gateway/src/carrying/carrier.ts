import { Agent, request as send, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as sendSecurely, Agent as SecureAgent } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import { RemoteRefusal, type RequestNotes } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { LiveStreams } from '../live/live-streams';
import { Presence } from '../live/presence';
import { Admission } from '../sessions/admission';
import type { Session } from '../sessions/sessions';
import { Officials } from '../sign-in/officials';
import { requireOneRequest, requireReachable, type CarriedTo } from './reachable';
import { Tokens } from './tokens';

/** What a request says to the service behind; who it is from says the token alone. */
const carriedThere = [
  'accept',
  'accept-language',
  'content-type',
  'content-length',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'x-attachment-name',
  'x-attachment-sha256',
] as const;

/** What the answer says to the browser; what keeps browsers safe is set here. */
const carriedBack = [
  'content-type',
  'content-length',
  'content-disposition',
  'etag',
  'idempotent-replayed',
  'location',
  'retry-after',
  'x-accel-buffering',
] as const;

const dossierPath = /^\/dossiers\/([0-9a-f-]{36})$/i;
const timeoutMs = 30_000;
const eventStream = 'text/event-stream';

/**
 * Carries a request of whoever is signed in to a service behind, with a token in place of the cookie, and the answer back; both
 * as they come, without reading them.
 */
@Injectable()
export class Carrier {
  private readonly agents = { 'http:': new Agent({ keepAlive: true }), 'https:': new SecureAgent({ keepAlive: true }) };
  private readonly urls: Readonly<Record<CarriedTo, URL>>;

  constructor(
    { DESK_URL, OVERSIGHT_URL, CLOCK_URL }: GatewaySettings,
    private readonly admission: Admission,
    private readonly tokens: Tokens,
    private readonly officials: Officials,
    private readonly streams: LiveStreams,
    private readonly presence: Presence,
  ) {
    this.urls = { desk: new URL(DESK_URL), oversight: new URL(OVERSIGHT_URL), clock: new URL(CLOCK_URL) };
  }

  /** The handler of everything below the path at which it is mounted. */
  to(service: CarriedTo): RequestHandler {
    return (request, response: Response<unknown, RequestNotes>, next) => {
      response.locals.action = `carry-to-${service}`;
      this.carry(service, request, response).catch(next);
    };
  }

  private async carry(service: CarriedTo, request: Request, response: Response<unknown, RequestNotes>): Promise<void> {
    requireReachable(service, request.path);
    requireOneRequest(request);
    const session = await this.admission.admit(request);
    response.locals.caller = session.officialId;
    const { token } = await this.tokens.callerOf(session);
    const answer = await this.exchanged(service, request, response, token);
    if (answer.statusCode === 403) this.officials.forget(session.officialId);
    const [, dossierId] =
      (answer.statusCode === 200 && request.method === 'GET' && dossierPath.exec(request.path)) || [];
    if (service === 'desk' && dossierId !== undefined) this.presence.hasRead(session.hash, dossierId.toLowerCase());
    await this.handBack(answer, response, session);
  }

  private async exchanged(
    service: CarriedTo,
    request: Request,
    response: Response,
    token: string,
  ): Promise<IncomingMessage> {
    const url = addressOf(this.urls[service], request);
    const [ask, agent] =
      url.protocol === 'https:' ? [sendSecurely, this.agents['https:']] : [send, this.agents['http:']];
    const id = typeof request.id === 'string' ? { 'x-request-id': request.id } : {};
    const headers = { ...chosen(request.headers, carriedThere), ...id, authorization: `Bearer ${token}` };
    const brings = request.method !== 'GET' && request.method !== 'HEAD';
    for (;;) {
      const asked = ask(url, { method: request.method, headers, agent });
      response.once('close', () => asked.destroy());
      if (request.get('accept') !== eventStream)
        asked.setTimeout(timeoutMs, () => asked.destroy(new Error('no answer in time')));
      if (brings) request.pipe(asked);
      else asked.end();
      try {
        return await answerOf(asked, url);
      } catch (error) {
        if (brings || !wasAtRest(asked, error)) throw error;
      }
    }
  }

  private async handBack(answer: IncomingMessage, response: Response, { hash }: Session): Promise<void> {
    response.status(answer.statusCode ?? 502).setHeaders(new Map(Object.entries(chosen(answer.headers, carriedBack))));
    // What people handed in is nobody's page, wherever a browser would show it.
    if (answer.headers['content-disposition']?.startsWith('attachment')) {
      response.setHeader('content-security-policy', "sandbox; default-src 'none'");
    }
    const isLive = answer.headers['content-type']?.startsWith(eventStream) === true;
    const release = isLive ? this.streams.add(hash, () => answer.destroy()) : null;
    if (isLive) response.flushHeaders();
    try {
      await pipeline(answer, response);
    } catch {
      response.destroy(); // Whoever broke off, the other side is cut off too: half an answer cannot be taken for a whole one.
    } finally {
      release?.();
    }
  }
}

/** Path and query alone: a request line may name a whole URL, and the token is for our own service. */
function addressOf(base: URL, { path, url }: Request): URL {
  const address = new URL(base);
  address.pathname = path;
  const query = url.indexOf('?');
  address.search = query === -1 ? '' : url.slice(query);
  return address;
}

function answerOf(asked: ClientRequest, url: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('error', (cause) => {
      const facts = {
        url: url.origin + url.pathname,
        status: null,
        code: 'REMOTE_UNAVAILABLE',
        problem: null,
      } as const;
      reject(
        new RemoteRefusal({ ...facts, kind: 'unavailable', detail: 'could not be reached or broke off' }, { cause }),
      );
    });
  });
}

/** Whether the service closed a kept connection in the very moment it was used again: then nothing was heard of the question. */
function wasAtRest(asked: ClientRequest, error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return asked.reusedSocket && cause?.code === 'ECONNRESET';
}

function chosen(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
