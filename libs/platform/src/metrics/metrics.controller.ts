import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { Public } from '../access/action';
import { HealthLook, SharedLook } from '../app/health';
import { LOGGER } from '../logging/logger';
import { Metrics } from './metrics';

/**
 * The figures of the process for Prometheus. As health, anybody may ask who reaches the port: they name no person, no
 * dossier and no server.
 */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly look: HealthLook,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @Public()
  @Get()
  async read(@Res() response: Response): Promise<void> {
    await this.figures.find();
    response.type(this.metrics.contentType).send(await this.metrics.text());
  }

  private readonly figures = new SharedLook(async () => {
    const needs = Object.values(await this.look.ready());
    this.metrics.showHealth(
      needs.every((state) => state === 'ok'),
      await this.checks(),
    );
  });

  /** Null while the database is away: what the process knows of itself is told all the same. */
  private async checks() {
    try {
      await this.metrics.lookAgain();
      return await this.look.caughtUp();
    } catch (error) {
      this.log.warn({ err: error }, 'the checks could not be made; the other figures are served without them');
      return null;
    }
  }
}
