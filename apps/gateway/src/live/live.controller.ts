import { setInterval } from 'node:timers';
import { Body, Controller, Get, Headers, HttpCode, NotFoundException, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsUUID, Matches } from 'class-validator';
import type { Response } from 'express';
import { Action } from '#platform';
import { Tokens } from '../carrying/tokens';
import { Budgets } from '../limits/budgets';
import { CurrentSession, type Session } from '../sessions/sessions';
import { Officials } from '../sign-in/officials';
import { AlertFeed } from './alert-feed';
import { Changes } from './changes';
import { LiveStreams } from './live-streams';
import { Presence, type Person } from './presence';

class LiveQuery {
  /** Goes on behind this alert, as the header does, which a browser sends only where it comes again by itself. */
  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^\d{1,18}$/)
  after?: string;
}

class PresenceDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  dossierId: string;

  /** Whether it is open, or is so no longer. */
  @ApiProperty()
  @IsBoolean()
  open: boolean;
}

/** Some proxies end a connection in which nothing is said for a minute. */
const heartbeatEveryMs = 15_000;
/** A browser that takes nothing any more is cut off; it comes again behind the last event it had. */
const mostUnsent = 1_000_000;

/**
 * What a browser is told live, in one stream (server-sent events):
 * - `alert`, `caught-up`: the alerts of the person, as `oversight` says them; their `id` is where a new stream goes on.
 * - `changed` `{position}`: something changed, at most every two seconds; not what, so that it tells nobody anything.
 * - `presence` `{dossierId, people}`: who else has the dossier open that this browser has said it has open.
 * - `signed-out`: the session is over; the stream ends.
 */
@Controller('api')
export class LiveController {
  constructor(
    private readonly streams: LiveStreams,
    private readonly alerts: AlertFeed,
    private readonly changes: Changes,
    private readonly presence: Presence,
    private readonly tokens: Tokens,
    private readonly officials: Officials,
    private readonly budgets: Budgets,
  ) {}

  /** 403 NO_POST for whoever holds no post. */
  @Get('live')
  @Action('use-console')
  @ApiOperation({ summary: 'Alerts, changes, who else is here, and the end of the session, as server-sent events' })
  @ApiResponse({
    status: 200,
    description: 'Events alert, caught-up, changed, presence, signed-out.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Goes on behind this alert.' })
  async live(
    @CurrentSession() session: Session,
    @Query() { after }: LiveQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const { hash } = session;
    this.budgets.take('stream', hash);
    await this.tokens.callerOf(session);
    const ends = new AbortController();
    const say = (event: string) => {
      if (response.writableLength > mostUnsent) response.destroy();
      else if (!response.writableEnded) response.write(`${event}\n\n`);
    };
    const tell = (name: string, data: object) => {
      say(`event: ${name}\ndata: ${JSON.stringify(data)}`);
    };
    response.setHeader('content-type', 'text/event-stream').setHeader('x-accel-buffering', 'no').flushHeaders();
    const heartbeat = setInterval(() => {
      say(': still here');
      this.presence.forgetGone();
    }, heartbeatEveryMs);
    const releases = [
      this.streams.add(hash, (why) => {
        if (why === 'session-over') tell('signed-out', {});
        response.end();
      }),
      this.changes.listen((position) => {
        tell('changed', { position });
      }),
      this.presence.listen(hash, (told) => {
        tell('presence', told);
      }),
      () => {
        clearInterval(heartbeat);
      },
    ];
    response.once('close', () => {
      for (const release of releases) release();
      ends.abort();
    });
    await this.alerts.follow({ hash, lastEventId: lastEventId ?? after, say, signal: ends.signal });
  }

  /** To be said again every 20 seconds while the dossier is open. 404 for a dossier that was not read in this session; to leave one is nobody’s secret. */
  @Post('presence')
  @HttpCode(200)
  @Action('use-console')
  @ApiOperation({ summary: 'Says that a dossier is open here, or no longer; answers who else has it open' })
  async here(
    @CurrentSession() session: Session,
    @Body() { dossierId, open }: PresenceDto,
  ): Promise<{ readonly people: readonly Person[] }> {
    this.budgets.take('presence', session.hash);
    const id = dossierId.toLowerCase();
    if (!open) {
      this.presence.leave(session.hash, id);
      return { people: [] };
    }
    const official = await this.officials.find(session.officialId);
    const person = { id: session.officialId, name: official?.name ?? session.officialId };
    const people = this.presence.say({ session: session.hash, person }, id);
    if (people === null) throw new NotFoundException('This dossier was not read in this session.');
    return { people };
  }
}
