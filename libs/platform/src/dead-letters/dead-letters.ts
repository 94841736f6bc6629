import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Consumer, DiscardedLetter, DiscardReason } from '#contracts';
import { DossierError } from '#domain';
import type { DeadLetter, StreamListener } from '#messaging';
import type { ServiceFetch } from '../http/service-fetch';

/** Where a consumer keeps what it put aside, and where it remembers that a stream waits. Identifiers of ours, not checked. */
export interface Shelf {
  readonly consumer: Consumer;
  /** In the consumer's schema, as the migrations make them. */
  readonly letters: 'clock.dead_letter' | 'oversight.dead_letter';
  readonly streams: { readonly table: string; readonly stream: string };
}

/** A message that a consumer could not apply. */
export interface LetterView extends Omit<DeadLetter, 'value'> {
  readonly id: string;
  /** The dossier that waits for it; null where the message named none. */
  readonly stream: string | null;
  readonly reason: string;
  /** Real time, ISO 8601 UTC. */
  readonly recordedAt: string;
}

/** With the message itself: its text, or `base64:` and its bytes where it is none. */
export interface WholeLetterView extends LetterView {
  readonly value: string;
  readonly sha256: string;
}

export class DeadLetterNotFound extends DossierError {
  readonly code = 'DEAD_LETTER_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly id: string) {
    super(`No message ${id} is put aside here; perhaps it was resent or discarded.`);
  }
}

/** Thrown when a message that belongs to no stream is to be resent: nothing could go on. */
export class DeadLetterWithoutStream extends DossierError {
  readonly code = 'DEAD_LETTER_WITHOUT_STREAM';
  readonly kind = 'conflict';

  constructor(readonly id: string) {
    super(`Message ${id} belongs to no dossier: there is nothing to send again. Discard it.`);
  }
}

/** Thrown when a dossier cannot go on, because its journal itself holds what this build cannot apply. It waits as before. */
export class StreamStillBlocked extends DossierError {
  readonly code = 'STREAM_STILL_BLOCKED';
  readonly kind = 'conflict';

  constructor(
    readonly stream: string,
    readonly reason: string,
  ) {
    super(`${stream} cannot go on from its journal: ${reason}`);
  }
}

interface Row extends Omit<WholeLetterView, 'recordedAt' | 'sha256'> {
  readonly recordedAt: Date;
}

const COLUMNS = `letter.id::text, topic, partition, kafka_offset as "offset", message_key as key, stream, reason, recorded_at as "recordedAt"`;

/** The messages that one consumer put aside. Every method may be called by several at once, in several processes. */
export class DeadLetters {
  constructor(
    private readonly shelf: Shelf,
    private readonly dataSource: DataSource,
    private readonly listener: Pick<StreamListener, 'goOn'>,
    private readonly desk: ServiceFetch,
  ) {}

  /** How many dossiers wait, and how many messages are put aside. */
  async counts(): Promise<{ readonly blocked: number; readonly letters: number }> {
    const { letters, streams } = this.shelf;
    const [row] = await this.dataSource.query<{ blocked: number; letters: number }[]>(
      `select (select count(*) from ${streams.table} where blocked)::integer as blocked,
         (select count(*) from ${letters})::integer as letters`,
    );
    return row ?? { blocked: 0, letters: 0 };
  }

  /** Those after that id, oldest first. */
  async page(after: string, limit: number): Promise<readonly LetterView[]> {
    const rows = await this.dataSource.query<Omit<Row, 'value'>[]>(
      `select ${COLUMNS} from ${this.shelf.letters} letter where letter.id > $1 order by letter.id limit $2`,
      [after, limit],
    );
    return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
  }

  /** @throws DeadLetterNotFound */
  async find(id: string): Promise<WholeLetterView> {
    const [row] = await this.dataSource.query<Row[]>(
      `select ${COLUMNS}, body as value from ${this.shelf.letters} letter where letter.id = $1`,
      [id],
    );
    if (!row) throw new DeadLetterNotFound(id);
    return { ...row, recordedAt: row.recordedAt.toISOString(), sha256: sha256Of(row.value) };
  }

  /**
   * Lets the dossier go on from its journal, and takes away what was put aside of it.
   *
   * @throws DeadLetterNotFound, also for a repeat; DeadLetterWithoutStream; StreamStillBlocked, then it waits as before; and
   *   what may pass: then the letter stays, and a repeat does the rest.
   */
  async resend(id: string): Promise<{ readonly stream: string }> {
    const letter = await this.find(id);
    if (letter.stream === null) throw new DeadLetterWithoutStream(id);
    await this.goOn(letter.stream, letter);
    await this.takeAway(letter.stream);
    return { stream: letter.stream };
  }

  /**
   * Takes the message away, after `desk` has journalled that this person discards it; its dossier, if it names one, goes on
   * from its journal as with `resend` before that. Repeated, nothing is journalled twice. `token` is the person's own.
   *
   * @throws what `resend` throws, but for a letter without a stream; RemoteRefusal when `desk` does not let this person.
   */
  async discard(id: string, reasonCode: DiscardReason, token: string): Promise<{ readonly stream: string | null }> {
    const letter = await this.find(id);
    if (letter.stream !== null) await this.goOn(letter.stream, letter);
    const body = { ...this.named(letter), reasonCode };
    await this.desk({ method: 'POST', path: '/dead-letters/discarded', token, body });
    if (letter.stream === null) await this.dataSource.query(`delete from ${this.shelf.letters} where id = $1`, [id]);
    else await this.takeAway(letter.stream);
    return { stream: letter.stream };
  }

  private named({ topic, partition, offset, stream, sha256 }: WholeLetterView): DiscardedLetter {
    return { consumer: this.shelf.consumer, topic, partition, offset, sha256, stream };
  }

  /**
   * The mark first, the journal then: what is told from the first on is heard, and all before it is in the journal. The
   * letters last, so that whoever dies between leaves something to repeat.
   */
  private async goOn(stream: string, letter: DeadLetter): Promise<void> {
    const { table, stream: column } = this.shelf.streams;
    await this.dataSource.query(`update ${table} set blocked = false where ${column} = $1 and blocked`, [stream]);
    const { topic, partition, offset, key, value } = letter;
    const reason = await this.listener.goOn(stream, { topic, partition, offset, key, value });
    if (reason !== null) throw new StreamStillBlocked(stream, reason);
  }

  /** One statement, one snapshot: a letter that came meanwhile came with its mark, and both stay. */
  private async takeAway(stream: string): Promise<void> {
    const { letters, streams } = this.shelf;
    await this.dataSource.query(
      `delete from ${letters} where stream = $2
         and not exists (select from ${streams.table} where ${streams.stream} = $1 and blocked)`,
      [stream, stream],
    );
  }
}

/** Of the message's own bytes. */
function sha256Of(value: string): string {
  const bytes = value.startsWith('base64:') ? Buffer.from(value.slice('base64:'.length), 'base64') : value;
  return createHash('sha256').update(bytes).digest('hex');
}
