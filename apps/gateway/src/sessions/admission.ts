import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { addressOf } from '../limits/addresses';
import { Budgets } from '../limits/budgets';
import { Forgery } from './forgery';
import { Sessions, SignedOut, type Session } from './sessions';

/** Lets a request in by its session, whichever way it goes on: to a route here, or to a service behind. */
@Injectable()
export class Admission {
  constructor(
    private readonly sessions: Sessions,
    private readonly forgery: Forgery,
    private readonly budgets: Budgets,
  ) {}

  /** @throws SignedOut, CrossSiteRequest, TooManyRequests */
  async admit(request: Request): Promise<Session> {
    const session = await this.sessionOf(request);
    this.budgets.take('session', session.hash);
    this.forgery.refuse(request, session);
    return session;
  }

  private async sessionOf(request: Request): Promise<Session> {
    try {
      return await this.sessions.of(request);
    } catch (error) {
      if (error instanceof SignedOut) this.budgets.take('stranger', addressOf(request));
      throw error;
    }
  }
}
