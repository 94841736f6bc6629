import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Our services, by the name their tokens are made out to. */
export const SERVICE_NAMES = ['desk', 'clock', 'oversight', 'gateway'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** An official, acting in one post of one office. `token` may be handed on to a service that it also names. */
export interface PersonCaller {
  readonly kind: 'person';
  readonly officialId: string;
  readonly postId: string;
  readonly officeId: string;
  /** When they last showed who they are, in real time; null where nobody can say. */
  readonly authenticatedAt: Date | null;
  readonly token: string;
}

/** A service of ours, acting for nobody. */
export interface ServiceCaller {
  readonly kind: 'service';
  readonly service: ServiceName;
}

/** Who gives a command or asks: known from the token alone, never from a body. */
export type Caller = PersonCaller | ServiceCaller;

export interface RequestOfCaller extends Request {
  /** Set by the AccessGuard on every route that names an action. */
  caller?: Caller;
}

/** The caller of this request, as a parameter of a route that names its action. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestOfCaller>();
  if (caller === undefined) throw new Error(`${context.getHandler().name} is public: it has no caller.`);
  return caller;
});
