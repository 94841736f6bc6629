import { HistoryForked, MessageUnreadable } from './errors';
import type { DeadLetter, FetchEntries, Inbox, StreamEntry } from './inbox';
import { kindOf, Poison } from './poison';
import { RecentHashes } from './recent-hashes';
import { entryOf, type LinkedEntry, type Told } from './stream-entry';

export interface CatchUpOptions {
  readonly inbox: Inbox;
  readonly fetchEntries: FetchEntries;
  /**
   * Null for an entry that it understands; the type of one of a type that only a newer build knows: that is applied, so that
   * its stream goes on, and counted. Throws for one that can never be applied.
   */
  readonly validate: (body: string) => string | null;
}

export interface CatchUpEvents {
  /** An entry was applied whose type this build does not know. */
  readonly onUnknownType: (entry: StreamEntry, type: string) => void;
}

/** An entry, and the message that told of it or for whose sake it was fetched. */
interface Arrived {
  readonly entry: LinkedEntry;
  readonly letter: DeadLetter;
}

/** One that may be applied. */
interface Sound extends Arrived {
  /** Null for a type that is known. */
  readonly unknownType: string | null;
}

/** The place in a stream for whose sake the journal is asked, and the message that is put aside if it answers amiss. */
interface Cause {
  readonly entry: Pick<LinkedEntry, 'stream' | 'sequence'>;
  readonly letter: DeadLetter;
}

type Last = Awaited<ReturnType<Inbox['last']>>;

/** Some hours of a province; about 10 MB. */
const RECENT_HASHES = 50_000;

/** Brings one stream at a time up to what was told of it. One instance may work on many streams at once. */
export class CatchUp {
  private readonly recent = new RecentHashes(RECENT_HASHES);

  constructor(private readonly options: CatchUpOptions & CatchUpEvents) {}

  /**
   * Applies what was told of a stream and was not applied yet, in order, fetching what is missing between.
   *
   * @returns whether anything was applied. @throws Poison for what can never be applied, after all that comes before it
   *   was; any other error may pass.
   */
  async catchUp(stream: string, told: readonly Told[]): Promise<boolean> {
    if (await this.options.inbox.isBlocked(stream)) return false;
    const unreadable = told.findIndex(({ content }) => content instanceof MessageUnreadable);
    const readable = unreadable === -1 ? told : told.slice(0, unreadable);

    const isApplied = await this.applyAhead(stream, readable.flatMap(arrived));

    const fault = told[unreadable];
    if (fault) throw new Poison(fault.letter, fault.content);
    return isApplied;
  }

  /**
   * Applies what the journal holds after the last that was applied, whatever was told of it. Idempotent.
   *
   * @throws Poison with this letter for what can never be applied; any other error may pass.
   */
  async goOn(stream: string, letter: DeadLetter): Promise<void> {
    let last = await this.options.inbox.last(stream);
    if (last) await this.checkJournalHolds(stream, last, { entry: { stream, sequence: last.sequence }, letter });
    for (;;) {
      const next = (last?.sequence ?? 0) + 1;
      const entries = await this.fetch(stream, next, { entry: { stream, sequence: next }, letter });
      if (entries.length === 0) return;
      last = await this.applyRun(
        stream,
        last,
        entries.map((entry) => ({ entry, letter })),
      );
    }
  }

  private async applyAhead(stream: string, told: readonly Arrived[]): Promise<boolean> {
    let last = await this.options.inbox.last(stream);
    const position = last?.sequence ?? 0;
    await this.checkRepeats(
      stream,
      last,
      told.filter(({ entry }) => entry.sequence <= position),
    );
    const ahead = byNumber(told.filter(({ entry }) => entry.sequence > position));
    const target = Math.max(position, ...ahead.keys());
    for (let next = position + 1; next <= target; next = (last?.sequence ?? 0) + 1) {
      const run = ahead.has(next) ? runFrom(ahead, next) : await this.fetchMissing(stream, next, ahead);
      last = await this.applyRun(stream, last, run);
    }
    return target > position;
  }

  /** A repeat is dropped, but not before it is known for one: the same number with other content is a fork. */
  private async checkRepeats(stream: string, last: Last, repeats: readonly Arrived[]): Promise<void> {
    if (last === null) return;
    let stranger: Arrived | null = null;
    for (const repeat of repeats) {
      const { sequence, hash } = repeat.entry;
      const known = sequence === last.sequence ? last.hash : this.recent.hashOf(stream, sequence);
      if (known === undefined) stranger = repeat;
      else if (known !== hash) throw forked(repeat, 'another entry was applied under this number');
    }
    if (stranger) await this.checkJournalHolds(stream, last, stranger);
    for (const { entry } of repeats) this.recent.add(entry);
  }

  /**
   * For a repeat older than memory. After the journal was restored to an earlier time it writes numbers again that we have
   * applied; dropped as repeats, they would be lost unnoticed. So: does the journal still hold the last we applied?
   */
  private async checkJournalHolds(stream: string, last: NonNullable<Last>, told: Cause): Promise<void> {
    const [found] = await this.fetch(stream, last.sequence, told);
    if (found?.hash !== last.hash) {
      throw forked(told, `entry ${last.sequence} was applied, and the journal ${found ? 'holds another' : 'lacks it'}`);
    }
  }

  private async fetchMissing(stream: string, next: number, ahead: ReadonlyMap<number, Arrived>): Promise<Arrived[]> {
    const cause = firstOf(ahead, next);
    const entries = await this.fetch(stream, next, cause);
    if (entries.length === 0) throw forked(cause, `the journal lacks entry ${next}`);
    return entries.map((entry) => {
      const told = ahead.get(entry.sequence);
      if (told && told.entry.hash !== entry.hash)
        throw forked(told, 'the journal holds another entry under this number');
      return { entry, letter: (told ?? cause).letter };
    });
  }

  /** The journal's entries from a number on, each of which is what the journal says it is. */
  private async fetch(stream: string, from: number, cause: Cause): Promise<LinkedEntry[]> {
    const fetched = await this.options.fetchEntries(stream, from - 1);
    return fetched.map((declared, index) => {
      const entry = this.entryFetched(declared, cause);
      const isAsDeclared = entry.stream === declared.stream && entry.hash === declared.hash;
      if (!isAsDeclared || entry.stream !== stream || entry.sequence !== from + index) {
        throw forked(cause, `what the journal gives as entry ${from + index} is not that entry`);
      }
      return entry;
    });
  }

  private entryFetched({ body }: StreamEntry, cause: Cause): LinkedEntry {
    try {
      return entryOf(body);
    } catch (error) {
      throw new Poison(cause.letter, error);
    }
  }

  /** Applies consecutive entries up to the first that can never be applied. */
  private async applyRun(stream: string, last: Last, run: readonly Arrived[]): Promise<Last> {
    const sound: Sound[] = [];
    let poison: Poison | null = null;
    for (const arrived of run) {
      const judged = this.judged(arrived, sound.at(-1)?.entry ?? last);
      if (judged instanceof Poison) {
        poison = judged;
        break;
      }
      sound.push(judged);
    }
    await this.apply(stream, sound);
    if (poison) throw poison;
    return sound.at(-1)?.entry ?? last;
  }

  private judged(arrived: Arrived, before: { readonly hash: string } | null): Sound | Poison {
    const { entry, letter } = arrived;
    if (entry.previousHash !== (before?.hash ?? null)) return forked(arrived, 'it does not follow on the entry before');
    try {
      return { entry, letter, unknownType: this.options.validate(entry.body) };
    } catch (error) {
      return new Poison(letter, error);
    }
  }

  /** Refused for good as a whole, entries are applied one by one, so that only the one at fault is put aside. */
  private async apply(stream: string, run: readonly Sound[]): Promise<void> {
    const [first] = run;
    if (!first) return;
    try {
      await this.options.inbox.apply(
        stream,
        run.map(({ entry: { sequence, hash, body } }) => ({ stream, sequence, hash, body })),
      );
    } catch (error) {
      const kind = kindOf(error);
      if (kind === null || kind === 'unavailable') throw error;
      if (run.length === 1) throw new Poison(first.letter, error);
      for (const sound of run) await this.apply(stream, [sound]);
      return;
    }
    for (const { entry, unknownType } of run) {
      this.recent.add(entry);
      if (unknownType !== null) this.options.onUnknownType(entry, unknownType);
    }
  }
}

function arrived({ letter, content }: Told): Arrived[] {
  return content instanceof MessageUnreadable ? [] : [{ letter, entry: content }];
}

function byNumber(told: readonly Arrived[]): Map<number, Arrived> {
  const byNumber = new Map<number, Arrived>();
  for (const arrived of told) {
    const twin = byNumber.get(arrived.entry.sequence);
    if (twin && twin.entry.hash !== arrived.entry.hash) throw forked(arrived, 'two messages tell of it differently');
    byNumber.set(arrived.entry.sequence, twin ?? arrived);
  }
  return byNumber;
}

/** What was told from a number on, up to the first that is missing. */
function runFrom(ahead: ReadonlyMap<number, Arrived>, from: number): Arrived[] {
  const run: Arrived[] = [];
  for (let next = ahead.get(from); next; next = ahead.get(from + run.length)) run.push(next);
  return run;
}

/** The first that was told beyond a gap; the caller knows that there is one. */
function firstOf(ahead: ReadonlyMap<number, Arrived>, from: number): Arrived {
  const beyond = [...ahead.values()].filter(({ entry }) => entry.sequence > from);
  return beyond.reduce((first, other) => (other.entry.sequence < first.entry.sequence ? other : first));
}

function forked({ entry, letter }: Cause, detail: string): Poison {
  return new Poison(letter, new HistoryForked(entry.stream, entry.sequence, detail));
}
