import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type BeforeApplicationShutdown,
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { decodeJwt } from 'jose';
import { FieldInvalid } from '#domain';
import { Action, Clock, CurrentCaller, type PersonCaller } from '#platform';
import { Desk } from '../desk/desk';
import { AlertStream } from './alert-stream';
import { type AlertView, viewOf } from './alert-view';
import { AcknowledgeDto, AlertsQuery, RungParams } from './alerts.dto';
import { Alerts } from './alerts';
import { Readers, toldTo } from './readers';

interface AlertsPage {
  readonly alerts: readonly AlertView[];
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null;
  /** The posts stood in for now, whose alerts are among these; null while desk cannot say. */
  readonly standsInFor: readonly string[] | null;
}

/** A person's own alerts: those told to them, to the post they hold, or to a post they stand in for now. */
@Controller('alerts')
export class AlertsController implements BeforeApplicationShutdown {
  private readonly openStreams = new Set<AbortController>();

  constructor(
    private readonly alerts: Alerts,
    private readonly readers: Readers,
    private readonly alertStream: AlertStream,
    private readonly desk: Desk,
    private readonly clock: Clock,
  ) {}

  /** Earliest due first. A page may hold fewer than asked for: what is about the caller is left out. */
  @Get()
  @Action('read-own-alerts')
  @ApiOperation({
    summary: 'Alerts told to the caller, to the post they hold or to one they stand in for now, earliest due first',
  })
  async list(
    @CurrentCaller() caller: PersonCaller,
    @Query() { state, cursor, limit }: AlertsQuery,
  ): Promise<AlertsPage> {
    const reader = await this.readers.now(caller);
    const page = await this.alerts.page(toldTo(reader), { state, after: cursor ?? null, limit: limit + 1 });
    const read = page.slice(0, limit);
    const shown = await this.readers.withoutOwnComplaints(reader, read);
    return {
      alerts: shown.map(viewOf),
      next: page.length > limit ? (read.at(-1)?.seq ?? null) : null,
      standsInFor: reader.standsInFor,
    };
  }

  /** Server-sent events until the caller's token expires; see AlertStream for what they say. */
  @Get('stream')
  @Action('read-own-alerts')
  @ApiOperation({ summary: 'The same, live, as server-sent events until the token expires' })
  @ApiResponse({
    status: 200,
    description: 'Live until it ends.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Goes on behind this event.' })
  async stream(
    @CurrentCaller() caller: PersonCaller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const ends = new AbortController();
    const end = (): void => {
      ends.abort();
    };
    const expiry = setTimeout(end, this.millisecondsLeft(caller));
    response.once('close', end);
    this.openStreams.add(ends);
    try {
      const events = await this.alertStream.open(caller, lastEventId, ends.signal);
      // The second header is for nginx, which would keep events back until a buffer is full.
      response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }).flushHeaders();
      await pipeline(Readable.from(events), response);
    } catch (error) {
      if (!ends.signal.aborted) throw error; // Whoever has gone away needs no end of the stream.
    } finally {
      clearTimeout(expiry);
      this.openStreams.delete(ends);
    }
  }

  /** Open streams would keep the server from closing. */
  beforeApplicationShutdown(): void {
    for (const ends of this.openStreams) ends.abort();
  }

  /** Hands the acknowledgement on to `desk` in the caller's own name, and desk's answer or problem back. */
  @Post(':dossierId/:generation/:rung/acknowledgement')
  @HttpCode(200)
  @Action('acknowledge')
  @ApiOperation({ summary: 'Takes an alert up with a planned date: handed on to desk in the caller’s name' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async acknowledge(
    @CurrentCaller() { token }: PersonCaller,
    @Param() rungKey: RungParams,
    @Body() { plannedAt, reasonCode }: AcknowledgeDto,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Readonly<Record<string, unknown>>> {
    if (!idempotencyKey) throw new FieldInvalid('Idempotency-Key', 'must be sent as a header');
    const { status, headers, body } = await this.desk.acknowledge(rungKey, {
      token,
      plannedAt,
      reasonCode,
      idempotencyKey,
    });
    response.status(status);
    const etag = headers.get('etag');
    if (etag !== null) response.set('etag', etag);
    return body;
  }

  private millisecondsLeft({ token }: PersonCaller): number {
    const { exp = 0 } = decodeJwt(token);
    return Math.max(0, exp * 1000 - this.clock.realNow().getTime());
  }
}
