import type { IncomingMessage } from 'node:http';
import { HttpException } from '@nestjs/common';

/** Services that people's requests are carried to. */
export type CarriedTo = 'desk' | 'oversight' | 'clock';

/** Routes by which services talk among themselves. Their policy refuses people too; from here they do not even exist. */
const notForPeople: Readonly<Record<Exclude<CarriedTo, 'clock'>, readonly RegExp[]>> = {
  desk: [
    /^\/(health|metrics|feed|feed-position|watched-dossiers|rights|refusals|public-|standing-in)/i,
    /^\/officials\//i,
    /^\/dossiers\/[^/]+\/escalations\/*$/i,
  ],
  oversight: [/^\/(health|metrics)/i],
};

/** All that people reach of the clock; the rest of it talks to services and operators. */
const ofTheClock = /^\/(audits\/[0-9a-f-]{36}|dead-letters(\/\d{1,18}(\/(resend|discard))?)?)$/i;

/** Nothing that a server behind could read as another path than the one that was judged here. */
const ambiguous = /\\|\/\/|%2f|%5c|%2e|(^|\/)\.{1,2}(\/|$)/i;

/** @throws HttpException (404) for what people do not reach through the gateway */
export function requireReachable(service: CarriedTo, path: string): void {
  const isForPeople =
    service === 'clock' ? ofTheClock.test(path) : !notForPeople[service].some((pattern) => pattern.test(path));
  const known = !ambiguous.test(path) && isForPeople;
  if (!known) throw new HttpException('There is nothing here.', 404, { errorCode: 'NOT_FOUND' });
}

/**
 * What is carried ends where the service behind thinks it ends. A body that comes with another method than POST would stay on the
 * connection and be read there as the beginning of the next request, which is somebody else's.
 *
 * @throws HttpException (405, 400)
 */
export function requireOneRequest({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): void {
  if (method === 'POST') return;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new HttpException('Only GET, HEAD and POST are understood here.', 405, { errorCode: 'METHOD_NOT_CARRIED' });
  }
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  if (length !== '0' || encoding !== undefined) {
    throw new HttpException(`A ${method} brings no body.`, 400, { errorCode: 'BODY_UNEXPECTED' });
  }
}
