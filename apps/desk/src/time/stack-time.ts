import { Controller, Get, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action, Clock, type TimeMap } from '#platform';

/** The time this stack lives in. */
export interface StackTime {
  /** Mapped now. */
  readonly now: string;
  /** Mapped milliseconds per real one; 1 in production. */
  readonly speed: number;
}

interface Row {
  readonly mapped_origin: Date;
  readonly real_origin: Date;
  readonly speed: number;
}

/** The map stored with the stack's data; null is real time. */
export async function storedTimeMap(dataSource: DataSource): Promise<TimeMap | null> {
  const [row] = await dataSource.query<Row[]>('select mapped_origin, real_origin, speed from desk.time_map');
  if (!row) return null;
  return {
    mappedOrigin: row.mapped_origin.toISOString(),
    realOrigin: row.real_origin.toISOString(),
    speed: row.speed,
  };
}

/** Remembers each second that the stack was alive, so that simulated time goes on where a stop found it. */
@Injectable()
export class StackHeartbeat implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    if ((await storedTimeMap(this.dataSource)) === null) return;
    this.timer = setInterval(() => void this.beat(), 1_000);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    // A missed beat only makes the map stand still a second longer after a stop.
    await this.dataSource
      .query('update desk.time_map set last_seen_at = greatest(last_seen_at, clock_timestamp())')
      .catch(() => undefined);
  }
}

@Controller('time')
export class TimeController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** What time it is in this stack, and how fast it runs. */
  @Get()
  @Action('read-time')
  @ApiOperation({ summary: 'What time it is in this stack, and how fast it runs' })
  async time(): Promise<StackTime> {
    const map = await storedTimeMap(this.dataSource);
    return { now: this.clock.now(), speed: map?.speed ?? 1 };
  }
}
