import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { CatalogueLoader } from './catalogue-loader';

/** Procedures and work calendars. */
@Controller('catalogue')
export class CatalogueController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loader: CatalogueLoader,
  ) {}

  /**
   * Adds versions that are not there yet, all or none. Idempotent; what was loaded once never changes. A calendar that says
   * `inherits` is what one office has of its own on top of the calendar above.
   *
   * @throws FourEyes where it takes two here
   */
  @Post()
  @Action('load-catalogue')
  @ApiOperation({ summary: 'Adds versions of procedures and calendars, all or none; a version never changes' })
  async load(@CurrentCaller() caller: Caller, @Body() body: object): Promise<{ added: number }> {
    return this.dataSource.transaction((manager) =>
      this.loader.load(manager, body, { caller, proposedBy: null, ifMatch: null }),
    );
  }
}
