/** One server-sent event. */
export interface SentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: any;
}

/** A live stream as a browser keeps it. */
export class EventStream {
  readonly events: SentEvent[] = [];
  comments = 0;
  /** Resolves when the server has ended the stream, or it was broken off. */
  readonly ended: Promise<void>;

  private constructor(
    response: Response,
    private readonly abort: AbortController,
  ) {
    this.ended = this.read(response).catch((error: unknown) => {
      if (!abort.signal.aborted) throw error;
    });
  }

  static async open(url: string, token: string, lastEventId?: string): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
      signal: abort.signal,
    });
    if (response.status !== 200) throw new Error(`The stream was refused: ${await response.text()}`);
    return new EventStream(response, abort);
  }

  get alerts(): any[] {
    return this.events.filter(({ event }) => event === 'alert').map(({ data }) => data);
  }

  get lastEventId(): string | undefined {
    return this.events.at(-1)?.id;
  }

  breakOff(): void {
    this.abort.abort();
  }

  private async read(response: Response): Promise<void> {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    if (block.startsWith(':')) this.comments += 1;
    else {
      const fields = new Map(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(': ') + 2)]),
      );
      this.events.push({
        event: fields.get('event') ?? '',
        id: fields.get('id') ?? '',
        data: JSON.parse(fields.get('data') ?? '') as unknown,
      });
    }
  }
}
