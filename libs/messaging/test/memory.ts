import type { DeadLetter, Inbox, Log, OutgoingMessage, Publisher, StreamEntry } from '../src';
import { PublishInProgress } from '../src';

/** An inbox that keeps everything, and refuses what a rule of its own dislikes. */
export class MemoryInbox implements Inbox {
  readonly applied: StreamEntry[] = [];
  readonly deadLetters: { readonly message: DeadLetter; readonly stream: string | null; readonly reason: string }[] =
    [];
  readonly blocked = new Set<string>();
  /** Called before entries are applied; may throw, or take its time. */
  beforeApply: (entry: StreamEntry) => void | Promise<void> = () => undefined;

  sequencesOf(stream: string): number[] {
    return this.applied.filter((entry) => entry.stream === stream).map(({ sequence }) => sequence);
  }

  last(stream: string): Promise<StreamEntry | null> {
    return Promise.resolve(this.applied.findLast((entry) => entry.stream === stream) ?? null);
  }

  isBlocked(stream: string): Promise<boolean> {
    return Promise.resolve(this.blocked.has(stream));
  }

  async apply(_stream: string, entries: readonly StreamEntry[]): Promise<void> {
    for (const entry of entries) await this.beforeApply(entry);
    this.applied.push(...entries);
  }

  deadLetter(message: DeadLetter, stream: string | null, reason: string): Promise<void> {
    this.deadLetters.push({ message, stream, reason });
    if (stream !== null) this.blocked.add(stream);
    return Promise.resolve();
  }
}

/** Keeps what was published; strict like the real one about two calls at once. */
export class MemoryPublisher implements Publisher {
  readonly published: (OutgoingMessage & { readonly topic: string })[] = [];
  private isPublishing = false;

  async publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.isPublishing) throw new PublishInProgress(topic);
    this.isPublishing = true;
    await new Promise(setImmediate);
    this.published.push(...messages.map((message) => ({ ...message, topic })));
    this.isPublishing = false;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A log to look into. */
export class MemoryLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly data: object }[] = [];
  debug = this.writerOf('debug');
  info = this.writerOf('info');
  warn = this.writerOf('warn');
  error = this.writerOf('error');

  /** The messages of a level, oldest first. */
  of(level: string): string[] {
    return this.lines.filter((line) => line.level === level).map(({ message }) => message);
  }

  private writerOf(level: string): (data: object, message: string) => void {
    return (data, message) => void this.lines.push({ level, message, data });
  }
}
