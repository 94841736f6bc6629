import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Action } from '#platform';
import { ServicesWatch, type ServiceView } from './services-watch';

/** How the services behind are, for administrators: figures, and no word of a log. */
@Controller('api/health')
export class ServicesHealthController {
  constructor(private readonly watch: ServicesWatch) {}

  /** Changes nothing. Answers also while services are down, as long as `desk` can say who may ask. */
  @Get()
  @Action('read-health')
  @ApiOperation({ summary: 'How each service is, what of it is late and by how much, and since when' })
  async read(): Promise<{ readonly services: readonly ServiceView[] }> {
    return { services: await this.watch.look() };
  }
}
