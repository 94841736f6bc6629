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
  /** What the service cannot work without, by name: `ok`, or what is wrong with it. */
  abstract ready(): Promise<Record<string, string>>;

  /** What runs behind and may be late, by name. */
  abstract caughtUp(): Promise<Record<string, Progress>>;
}

/** What `ready` says of something the service cannot work without: `ok` when it answers, else why it does not. */
export async function answerOf(ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
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
export class HealthController implements OnModuleInit {
  private checks: HealthChecks;

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
    const checks = await this.checks.caughtUp();
    const ok = Object.values(checks).every((progress) => progress.ok);
    response.status(ok ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: ok ? 'ok' : 'behind', checks };
  }
}
