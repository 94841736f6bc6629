import { Controller, Get, HttpStatus, type OnModuleInit, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Response } from 'express';
import { Public } from '../access/action';

/** How far something that works behind the desk has come: relay, consumer, clock, seals. */
export interface Progress {
  readonly ok: boolean;
  /** How much is waiting, in the unit its name says (`relayEntries`, `consumerEntries`, `watchdogSeconds`). */
  readonly lag: number;
  readonly detail?: string;
}

/** What a service knows of its own health. The service provides it under this class; both answers come within a second or two. */
export abstract class HealthChecks {
  /** What the service cannot work without, by name: `ok` or `unavailable`. */
  abstract ready(): Promise<Record<string, string>>;

  /** What runs behind and may be late, by name. */
  abstract caughtUp(): Promise<Record<string, Progress>>;
}

/** What `ready` says of something the service cannot work without. Not why: anybody may ask, and errors name hosts and roles. */
export async function answerOf(ask: () => Promise<unknown>): Promise<'ok' | 'unavailable'> {
  try {
    await ask();
    return 'ok';
  } catch {
    return 'unavailable';
  }
}

/** How old an answer of `caught-up` may be: anybody may ask as often as they like, and every look counts rows. */
const LOOKS_EVERY_MS = 2_000;

interface Health<Check> {
  readonly status: 'ok' | 'not-ready' | 'behind';
  readonly checks: Record<string, Check>;
}

/**
 * Three questions with three answers: is the process alive, can it work (its own database), and has it caught up. A
 * service that lags is still ready: the desk goes on working when the rest is down.
 */
@Controller('health')
export class HealthController implements OnModuleInit {
  private checks: HealthChecks;
  private lastLook: { readonly at: number; readonly found: Promise<Record<string, Progress>> } | null = null;

  constructor(private readonly modules: ModuleRef) {}

  /** Resolved here, so that a service without checks does not start. */
  onModuleInit(): void {
    this.checks = this.modules.get(HealthChecks, { strict: false });
  }

  @Public()
  @Get('live')
  live(): Health<never> {
    return { status: 'ok', checks: {} };
  }

  @Public()
  @Get('ready')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Health<string>> {
    const checks = await this.checks.ready();
    const ok = Object.values(checks).every((state) => state === 'ok');
    response.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'not-ready', checks };
  }

  @Public()
  @Get('caught-up')
  async caughtUp(@Res({ passthrough: true }) response: Response): Promise<Health<Progress>> {
    const checks = await this.look();
    const ok = Object.values(checks).every((progress) => progress.ok);
    response.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'behind', checks };
  }

  /** What the last look found, while it is fresh; callers at the same moment share one. A look that failed is not kept. */
  private look(): Promise<Record<string, Progress>> {
    const now = performance.now();
    if (this.lastLook !== null && now - this.lastLook.at < LOOKS_EVERY_MS) return this.lastLook.found;
    const look = { at: now, found: this.checks.caughtUp() };
    this.lastLook = look;
    look.found.catch(() => {
      if (this.lastLook === look) this.lastLook = null;
    });
    return look.found;
  }
}
