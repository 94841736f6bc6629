import { Injectable, type ExecutionContext } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { Request } from 'express';

/** Looks that one address may have in a minute: enough for a family, too few to guess. */
export const lookUpLimit = { default: { ttl: 60_000, limit: 5 } };

/** Counts looks of an address, whichever way they come; to open the form is none. */
@Injectable()
export class LookUpThrottle extends ThrottlerGuard {
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    const { method, query } = context.switchToHttp().getRequest<Request>();
    return Promise.resolve(method !== 'POST' && query['s'] === undefined);
  }

  protected override generateKey(_context: ExecutionContext, address: string): string {
    return `look-up ${address}`;
  }
}
