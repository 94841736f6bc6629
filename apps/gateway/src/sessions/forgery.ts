import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DossierError } from '#domain';
import { GatewaySettings } from '../gateway.settings';
import type { Session } from './sessions';

/** Thrown for a request that changes something and does not prove that a page of this origin sent it. */
export class CrossSiteRequest extends DossierError {
  readonly code = 'CROSS_SITE_REQUEST';
  readonly kind = 'forbidden';

  constructor(readonly reason: string) {
    super(`This request does not come from a page of this site: ${reason}.`);
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** No form and no simple request of another site has these. */
const CONTENT_TYPES = /^application\/(json|octet-stream)(;|$)/i;

/** Keeps other sites from acting with a session whose cookie the browser sends along for them. */
@Injectable()
export class Forgery {
  private readonly origin: string;

  constructor({ PUBLIC_URL }: GatewaySettings) {
    this.origin = new URL(PUBLIC_URL).origin;
  }

  /** @throws CrossSiteRequest */
  refuse(request: Request, { csrf }: Pick<Session, 'csrf'>): void {
    if (SAFE_METHODS.has(request.method)) return;
    this.refuseOtherSites(request);
    if (!isEqual(request.get('x-csrf-token') ?? '', csrf))
      throw new CrossSiteRequest('X-CSRF-Token is missing or wrong');
    const type = request.get('content-type');
    if (type !== undefined && !CONTENT_TYPES.test(type))
      throw new CrossSiteRequest('its content type is not one of ours');
  }

  /**
   * By what browsers say of themselves, also of a page without script. `Origin: null` is what they send with a form of a page that
   * tells nobody where it comes from.
   *
   * @throws CrossSiteRequest
   */
  refuseOtherSites(request: Request): void {
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    if (site !== undefined && site !== 'same-origin') throw new CrossSiteRequest('Sec-Fetch-Site says so');
    const isOurs = origin === undefined || origin === this.origin || (origin === 'null' && site === 'same-origin');
    if (!isOurs) throw new CrossSiteRequest('Origin says so');
  }
}

function isEqual(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
