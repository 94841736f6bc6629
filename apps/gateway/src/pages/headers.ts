import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** What every answer carries for the page that it may be: `nonce` is in `response.locals`. */
export interface PageNotes {
  nonce?: string;
}

/** Of the device no page needs anything; a scanner of codes types them. */
const nothingOfTheDevice =
  'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), browsing-topics=()';

/**
 * The headers that keep browsers safe: no script and no style but ours, in nobody's frame, sent to nobody. A page's own styles name
 * the nonce of its answer.
 */
export function securityHeaders(publicUrl: string): RequestHandler {
  const isSecure = new URL(publicUrl).protocol === 'https:';
  const guarded = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        styleSrcAttr: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        frameSrc: ["'none'"],
        workerSrc: ["'none'"],
        manifestSrc: ["'none'"],
        mediaSrc: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: isSecure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  return (request, response: Response<unknown, PageNotes>, next) => {
    response.setHeader('permissions-policy', nothingOfTheDevice);
    response.locals.nonce = randomBytes(16).toString('base64url');
    guarded(request, response, next);
  };
}

/** The nonce that styles of this answer's page name. */
export function nonceOf(response: Response): string {
  return (response.locals as PageNotes).nonce ?? '';
}
