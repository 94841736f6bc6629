import { Controller, Get } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action } from '#platform';

/** How far the feed is: whoever shows what dossiers are like learns from it that something changed, not what. */
@Controller('feed-position')
export class FeedPositionController {
  constructor(private readonly dataSource: DataSource) {}

  /** The position of the last entry that has its place in the feed; 0 before the first. */
  @Get()
  @Action('read-feed-position')
  @ApiOperation({ summary: 'How far the feed is, and nothing of what is in it' })
  async position(): Promise<{ readonly position: number }> {
    const [row] = await this.dataSource.query<{ position: string }[]>(
      'select coalesce(max(position), 0) as position from desk.feed',
    );
    return { position: Number(row?.position ?? 0) };
  }
}
