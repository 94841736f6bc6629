import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import type { InPost } from '../desk/desk';
import type { AlertEntity } from './alert.entity';
import { AlertUpdates } from './alert-updates';
import { viewOf } from './alert-view';
import { type Addressed, Alerts } from './alerts';
import { type Reader, Readers, toldTo } from './readers';

const heartbeatEveryMs = 15_000;
const rowsAtOnce = 200;

/** So often a stream asks who its reader is by now: a deputyship may begin and end while it is open. */
const readerAskedEveryMs = 15_000;

/** Who reads a stream, and when `desk` was asked for it. */
interface Asked {
  readonly reader: Reader;
  readonly atMs: number;
}

/**
 * The text of one live stream (server-sent events).
 *
 * - `event: alert` carries an alert whenever it is recorded or changes; `id` is its place in the order of changes.
 * - A stream that does not resume begins with the caller's open alerts, and `event: caught-up` after the last of them.
 * - Whoever begins to stand in for a post gets its open alerts within some 15 seconds, and again when a stream resumes.
 * - A comment every 15 seconds in which nothing else was sent.
 *
 * With the last `id` seen it goes on exactly behind it. An alert may come twice, never not at all.
 */
@Injectable()
export class AlertStream {
  constructor(
    private readonly alerts: Alerts,
    private readonly updates: AlertUpdates,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /** Opens the stream; it ends at the signal. */
  async open(caller: InPost, lastEventId: string | undefined, ends: AbortSignal): Promise<AsyncIterable<string>> {
    const position = await this.alerts.position();
    // A greater one than there is comes from before a rebuild of the table, whose numbers begin anew.
    const resumes = isNumber(lastEventId) && BigInt(lastEventId) <= BigInt(position);
    if (!resumes) return this.openAlertsAndChanges(await this.asked(caller), position, ends);
    // For whom they stood in when the stream broke off nobody knows: their open alerts come again.
    const { officialId, postId } = caller;
    return this.changes({ reader: { officialId, postId, standsInFor: null }, atMs: 0 }, lastEventId, ends);
  }

  private async *openAlertsAndChanges(asked: Asked, upTo: string, ends: AbortSignal): AsyncGenerator<string> {
    yield* this.openAlerts(asked.reader, toldTo(asked.reader), upTo);
    yield `event: caught-up\nid: ${upTo}\ndata: {}\n\n`;
    yield* this.changes(asked, upTo, ends);
  }

  private async *openAlerts(reader: Reader, whose: Addressed, upTo: string): AsyncGenerator<string> {
    let after = '0';
    for (;;) {
      // None behind `upTo`: whoever breaks off here resumes at the last id sent, and all changes lie behind that.
      const open = await this.alerts.openUpdatedBetween(whose, { after, upTo, limit: rowsAtOnce });
      yield* (await this.readers.withoutOwnComplaints(reader, open)).map(alertEvent);
      after = open.at(-1)?.updatedSeq ?? after;
      if (open.length < rowsAtOnce) return;
    }
  }

  private async *changes(first: Asked, from: string, ends: AbortSignal): AsyncGenerator<string> {
    let asked = first;
    let position = from;
    while (!ends.aborted) {
      const { known } = this.updates;
      const before = asked.reader;
      asked = await this.asked(before, asked);
      yield* this.openAlertsOfNewPosts(before, asked.reader, position);
      const changed = await this.alerts.updatedAfter(toldTo(asked.reader), position, rowsAtOnce);
      yield* (await this.readers.withoutOwnComplaints(asked.reader, changed)).map(alertEvent);
      position = changed.at(-1)?.updatedSeq ?? position;
      if (changed.length < rowsAtOnce) yield* this.heartbeatIfStill(known, ends);
    }
  }

  private async *openAlertsOfNewPosts(before: Reader, reader: Reader, upTo: string): AsyncGenerator<string> {
    const posts = (reader.standsInFor ?? []).filter((postId) => !before.standsInFor?.includes(postId));
    if (posts.length > 0) yield* this.openAlerts(reader, { officialId: null, posts }, upTo);
  }

  private async asked(caller: InPost, last: Asked | null = null): Promise<Asked> {
    const atMs = this.clock.realNow().getTime();
    if (last && atMs - last.atMs < readerAskedEveryMs) return last;
    return { reader: await this.readers.now(caller), atMs };
  }

  private async *heartbeatIfStill(known: string, ends: AbortSignal): AsyncGenerator<string> {
    await this.updates.movedFrom(known, { timeoutMs: heartbeatEveryMs, signal: ends });
    if (!ends.aborted && this.updates.known === known) yield ': still here\n\n';
  }
}

function isNumber(lastEventId: string | undefined): lastEventId is string {
  return lastEventId !== undefined && /^\d{1,18}$/.test(lastEventId);
}

function alertEvent(alert: AlertEntity): string {
  return `event: alert\nid: ${alert.updatedSeq}\ndata: ${JSON.stringify(viewOf(alert))}\n\n`;
}
