import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import type { RequestNotes } from '../logging/request-log';
import type { AccessPolicy } from './access-policy';
import { accessOf } from './action';
import type { Caller, RequestOfCaller } from './caller';
import { requireSignedInLately } from './signed-in-lately';
import { TokenRefused } from './token-refused';

/** Lets a request through when its token says who calls and the service's policy allows that caller the route's action. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly callerOf: (token: string) => Promise<Caller>,
    private readonly policy: AccessPolicy,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler());
    if (access === 'public') return true;
    if (access === undefined) throw new Error(`${context.getHandler().name} names no action.`);

    const request = context.switchToHttp().getRequest<RequestOfCaller>();
    const { locals } = context.switchToHttp().getResponse<Response<unknown, RequestNotes>>();
    locals.action = access.action;
    request.caller = await this.callerOf(tokenOf(request));
    locals.caller = request.caller.kind === 'person' ? request.caller.officialId : `service:${request.caller.service}`;
    await this.policy.allow(request.caller, access.action);
    requireSignedInLately(request.caller, access.action, request.method);
    return true;
  }
}

function tokenOf(request: RequestOfCaller): string {
  const [scheme, token, ...more] = (request.get('authorization') ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer') throw new TokenRefused('TOKEN_MISSING', 'no bearer token');
  if (token === undefined || more.length > 0) throw new TokenRefused('TOKEN_INVALID', 'not one token after the scheme');
  return token;
}
