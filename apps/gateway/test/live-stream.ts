import type { Browser } from './browser';

/** One server-sent event. */
export interface SentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: any;
}

/** A live stream as a browser keeps it. */
export class LiveStream {
  readonly events: SentEvent[] = [];
  /** Resolves when it has ended, or was broken off. */
  readonly ended: Promise<void>;

  private constructor(
    response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(response).catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    });
  }

  static async open(browser: Browser, path: string, lastEventId?: string): Promise<LiveStream> {
    const abort = new AbortController();
    const response = await fetch(browser.origin + path, {
      headers: {
        accept: 'text/event-stream',
        cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      signal: abort.signal,
    });
    if (response.status !== 200) throw new Error(`The stream was refused: ${await response.text()}`);
    return new LiveStream(response, abort);
  }

  breakOff(): void {
    this.abort.abort();
  }

  private async read(response: Response): Promise<void> {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks.filter((one) => !one.startsWith(':'))) this.events.push(eventOf(block));
    }
  }
}

function eventOf(block: string): SentEvent {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) as unknown };
}
