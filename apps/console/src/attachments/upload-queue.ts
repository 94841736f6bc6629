import type { Sending } from './send-file';

/** So many files are sent at once: more would only share the line, and all would be there late. */
const AT_ONCE = 2;

/** A file that waits for its turn, is on its way, or was not taken. */
export interface UploadState {
  readonly sending: Sending;
  readonly stage: 'waiting' | 'sending' | 'failed';
  /** From 0 to 1. */
  readonly share: number;
  /** Why it was not added; null unless it failed. */
  readonly error: unknown;
}

/** Adds one file; throws where it was not added. */
export type Send = (
  sending: Sending,
  watching: { readonly onProgress: (share: number) => void; readonly signal: AbortSignal },
) => Promise<void>;

/**
 * The files on their way to one dossier, in the order in which they are sent. One that was added leaves; one that failed stays
 * until somebody says what becomes of it, and holds up no other. Goes on whatever page is shown.
 */
export class UploadQueue {
  private all: readonly UploadState[] = [];
  private readonly watchers = new Set<() => void>();
  private readonly underWay = new Map<string, AbortController>();

  constructor(private readonly send: Send) {}

  readonly uploads = (): readonly UploadState[] => this.all;

  /** Calls back whenever something changes; answers how to end that. */
  readonly watch = (changed: () => void): (() => void) => {
    this.watchers.add(changed);
    return () => this.watchers.delete(changed);
  };

  add(sendings: readonly Sending[]): void {
    this.become([...this.all, ...sendings.map(waiting)]);
  }

  /** Puts one that failed behind those that wait. */
  retry(key: string): void {
    const failed = this.all.filter(({ sending }) => sending.key === key);
    this.become([...this.all.filter((one) => !failed.includes(one)), ...failed.map(({ sending }) => waiting(sending))]);
  }

  /** Takes one out, and stops it where it is on its way. */
  forget(key: string): void {
    this.underWay.get(key)?.abort();
    this.become(this.all.filter(({ sending }) => sending.key !== key));
  }

  private become(all: readonly UploadState[]): void {
    const places = AT_ONCE - all.filter(({ stage }) => stage === 'sending').length;
    const next = all.filter(({ stage }) => stage === 'waiting').slice(0, Math.max(0, places));
    this.all = all.map((one) => (next.includes(one) ? { ...one, stage: 'sending' } : one));
    for (const { sending } of next) void this.sent(sending);
    for (const changed of this.watchers) changed();
  }

  private async sent(sending: Sending): Promise<void> {
    const { key } = sending;
    const stop = new AbortController();
    this.underWay.set(key, stop);
    try {
      await this.send(sending, { onProgress: (share) => this.change(key, { share }), signal: stop.signal });
      this.forget(key);
    } catch (error) {
      if (!stop.signal.aborted) this.change(key, { stage: 'failed', error });
    } finally {
      this.underWay.delete(key);
    }
  }

  private change(key: string, to: Partial<UploadState>): void {
    this.become(this.all.map((one) => (one.sending.key === key ? { ...one, ...to } : one)));
  }
}

function waiting(sending: Sending): UploadState {
  return { sending, stage: 'waiting', share: 0, error: null };
}
