import { Injectable } from '@nestjs/common';
import type { AlertEntity } from './alert.entity';
import { AlertUpdates } from './alert-updates';
import { viewOf } from './alert-view';
import { type Addressed, Alerts } from './alerts';

const heartbeatEveryMs = 15_000;
const rowsAtOnce = 200;

/**
 * The text of one live stream (server-sent events).
 *
 * - `event: alert` carries an alert whenever it is recorded or changes; `id` is its place in the order of changes.
 * - A stream that does not resume begins with the caller's open alerts, and `event: caught-up` after the last of them.
 * - A comment every 15 seconds in which nothing else was sent.
 *
 * With the last `id` seen it goes on exactly behind it. An alert may come twice, never not at all.
 */
@Injectable()
export class AlertStream {
  constructor(
    private readonly alerts: Alerts,
    private readonly updates: AlertUpdates,
  ) {}

  /** Opens the stream; it ends at the signal. */
  async open(caller: Addressed, lastEventId: string | undefined, ends: AbortSignal): Promise<AsyncIterable<string>> {
    const position = await this.alerts.position();
    // A greater one than there is comes from before a rebuild of the table, whose numbers begin anew.
    const resumes = isNumber(lastEventId) && BigInt(lastEventId) <= BigInt(position);
    return resumes ? this.changes(caller, lastEventId, ends) : this.openAlertsAndChanges(caller, position, ends);
  }

  private async *openAlertsAndChanges(caller: Addressed, upTo: string, ends: AbortSignal): AsyncGenerator<string> {
    let after = '0';
    for (;;) {
      // None behind `upTo`: whoever breaks off here resumes at the last id sent, and all changes lie behind that.
      const open = await this.alerts.openUpdatedBetween(caller, { after, upTo, limit: rowsAtOnce });
      yield* open.map(alertEvent);
      after = open.at(-1)?.updatedSeq ?? after;
      if (open.length < rowsAtOnce) break;
    }
    yield `event: caught-up\nid: ${upTo}\ndata: {}\n\n`;
    yield* this.changes(caller, upTo, ends);
  }

  private async *changes(caller: Addressed, from: string, ends: AbortSignal): AsyncGenerator<string> {
    let position = from;
    while (!ends.aborted) {
      const { known } = this.updates;
      const changed = await this.alerts.updatedAfter(caller, position, rowsAtOnce);
      yield* changed.map(alertEvent);
      position = changed.at(-1)?.updatedSeq ?? position;
      if (changed.length === rowsAtOnce) continue;
      yield* this.heartbeatsWhileStill(known, ends);
    }
  }

  private async *heartbeatsWhileStill(known: string, ends: AbortSignal): AsyncGenerator<string> {
    for (;;) {
      await this.updates.movedFrom(known, { timeoutMs: heartbeatEveryMs, signal: ends });
      if (ends.aborted || this.updates.known !== known) return;
      yield ': still here\n\n';
    }
  }
}

function isNumber(lastEventId: string | undefined): lastEventId is string {
  return lastEventId !== undefined && /^\d{1,18}$/.test(lastEventId);
}

function alertEvent(alert: AlertEntity): string {
  return `event: alert\nid: ${alert.updatedSeq}\ndata: ${JSON.stringify(viewOf(alert))}\n\n`;
}
