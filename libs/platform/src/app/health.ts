import { Controller, Get, HttpStatus, Inject, Injectable, type OnModuleInit, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { Public } from '../access/action';
import { LOGGER } from '../logging/logger';

/** How far something that works behind the desk has come: relay, consumer, clock, seals. */
export interface Progress {
  readonly ok: boolean;
  /**
   * How much is waiting, in the unit its name says (`relayEntries`, `consumerMessages`, `escalationSeconds`); null where
   * nobody can say at present, which is never ok.
   */
  readonly lag: number | null;
  readonly detail?: string;
}

/** What a service knows of its own health. The service provides it under this class; both come within a second or two. */
export abstract class HealthChecks {
  /** What the service cannot work without, by name: each resolves while it is there. */
  abstract needs(): Readonly<Record<string, () => Promise<unknown>>>;

  /**
   * What runs behind and may be late, by name; for names that `metrics/check-metrics.ts` knows a figure is served too. A service lets
   * its names be inferred, so that a test can see that each has words.
   */
  abstract caughtUp(): Promise<Record<string, Progress>>;
}

/** How old what was found may be: anybody may ask as often as they like, and every look counts rows. */
const LOOKS_EVERY_MS = 2_000;

/**
 * Looks when asked, but not again while it still looks, or while what it found is fresh: all who ask meanwhile share it. A look
 * that failed is not kept.
 */
export class SharedLook<Found> {
  private last: { freshUntil: number; readonly found: Promise<Found> } | null = null;

  constructor(private readonly look: () => Promise<Found>) {}

  find(): Promise<Found> {
    if (this.last !== null && performance.now() < this.last.freshUntil) return this.last.found;
    const look = { freshUntil: Infinity, found: this.look() };
    this.last = look;
    look.found.then(
      () => (look.freshUntil = performance.now() + LOOKS_EVERY_MS),
      () => (look.freshUntil = 0),
    );
    return look.found;
  }
}

/** Asks the service's own checks, for whoever looks: people, supervisors, Prometheus. */
@Injectable()
export class HealthLook implements OnModuleInit {
  private checks: HealthChecks;
  private readonly progress = new SharedLook(() => this.checks.caughtUp());

  constructor(
    private readonly modules: ModuleRef,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Resolved here, so that a service without checks does not start. */
  onModuleInit(): void {
    this.checks = this.modules.get(HealthChecks, { strict: false });
  }

  /** What is there and what is not. The log says why not; the answer does not: anybody may ask, and errors name hosts and roles. */
  async ready(): Promise<Record<string, 'ok' | 'unavailable'>> {
    const needs = Object.entries(this.checks.needs());
    const states = await Promise.all(needs.map(async ([name, ask]) => [name, await this.stateOf(name, ask)] as const));
    return Object.fromEntries(states);
  }

  /** What the last look found, while it is fresh. */
  caughtUp(): Promise<Record<string, Progress>> {
    return this.progress.find();
  }

  private async stateOf(name: string, ask: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
    try {
      await ask();
      return 'ok';
    } catch (error) {
      this.log.warn({ need: name, err: error }, 'not ready');
      return 'unavailable';
    }
  }
}

interface Health<Check> {
  readonly status: 'ok' | 'not-ready' | 'behind';
  readonly checks: Record<string, Check>;
}

/**
 * Three questions with three answers: is the process alive, can it work (its own database), and has it caught up. A
 * service that lags is still ready: the desk goes on working when the rest is down.
 */
@Controller('health')
export class HealthController {
  constructor(private readonly look: HealthLook) {}

  @Public()
  @Get('live')
  live(): Health<never> {
    return { status: 'ok', checks: {} };
  }

  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health<string>> {
    const checks = await this.look.ready();
    const ok = Object.values(checks).every((state) => state === 'ok');
    response.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'not-ready', checks };
  }

  @Public()
  @Get('caught-up')
  async caughtUp(@Res({ passthrough: true }) response: Response): Promise<Health<Progress>> {
    const checks = await this.look.caughtUp();
    const ok = Object.values(checks).every((progress) => progress.ok);
    response.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'behind', checks };
  }
}
