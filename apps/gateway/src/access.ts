import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ActionForbidden } from '#domain';
import {
  accessOf,
  readTrustedKeys,
  requireRightAtDesk,
  requireSignedInLately,
  tellDeskOfRefusal,
  tokenVerifier,
  type Caller,
  type HearsOfRefusals,
  type PersonCaller,
  type Refusal,
  type RequestNotes,
  type RequestOfCaller,
  type ServiceFetch,
} from '#platform';
import { DESK_FETCH } from './carrying/desk';
import { Tokens } from './carrying/tokens';
import { GatewaySettings } from './gateway.settings';
import { Admission } from './sessions/admission';
import type { RequestOfSession } from './sessions/sessions';

/** Who may do what here: anybody, whoever is signed in, or whom `desk`, which alone knows posts, lets do the action. */
const whoMay = {
  'sign-in': 'anybody',
  /** A citizen's look at their own dossier, by its code and secret. */
  track: 'anybody',
  'use-console': 'signed in',
  'choose-post': 'signed in',
  'sign-out': 'signed in',
  'manage-accounts': 'whom desk lets',
  'read-sign-ins': 'whom desk lets',
  'read-health': 'whom desk lets',
} as const;

type GatewayAction = keyof typeof whoMay;

/**
 * Lets a request through by the table above: by the session of a browser, whose unsafe requests must prove that they come from a
 * page of ours, or for what `desk` decides also by a bearer token, for whoever works from a command line.
 */
@Injectable()
export class GatewayGuard implements CanActivate, HearsOfRefusals {
  private readonly callerOf: (token: string) => Promise<Caller>;

  constructor(
    settings: GatewaySettings,
    private readonly admission: Admission,
    private readonly tokens: Tokens,
    @Inject(DESK_FETCH) private readonly desk: ServiceFetch,
  ) {
    this.callerOf = tokenVerifier(readTrustedKeys(settings.TRUSTED_KEYS_FILE), 'gateway');
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler());
    if (access === 'public') return true;
    if (access === undefined || !isAction(access.action)) {
      throw new Error(`${context.getHandler().name} names no action of the gateway.`);
    }
    const request = context.switchToHttp().getRequest<RequestOfSession & RequestOfCaller>();
    const { locals } = context.switchToHttp().getResponse<Response<unknown, RequestNotes>>();
    locals.action = access.action;
    const may = whoMay[access.action];
    if (may === 'anybody') return true;
    const bearer = bearerOf(request);
    if (may === 'whom desk lets' && bearer !== null) {
      request.caller = await this.callerOf(bearer);
    } else {
      const session = await this.admission.admit(request);
      request.session = session;
      if (may === 'whom desk lets') request.caller = await this.tokens.callerOf(session);
      locals.caller = session.officialId;
    }
    if (may === 'whom desk lets') await this.requireAtDesk(request, access.action, locals);
    return true;
  }

  refused(caller: Caller, refusal: Refusal): Promise<void> {
    return tellDeskOfRefusal(this.desk, caller, refusal);
  }

  private async requireAtDesk(
    { caller, method }: RequestOfCaller,
    action: GatewayAction,
    locals: RequestNotes,
  ): Promise<void> {
    if (caller?.kind !== 'person') throw new ActionForbidden(action);
    locals.caller = caller.officialId;
    await requireRightAtDesk(this.desk, caller satisfies PersonCaller, action);
    requireSignedInLately(caller, action, method);
  }
}

function isAction(action: string): action is GatewayAction {
  return Object.hasOwn(whoMay, action);
}

function bearerOf(request: RequestOfCaller): string | null {
  return /^bearer ([^ ]+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? null;
}
