import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { LocalProblem } from '#local';
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** The attributes of a trace or event by key. Dates are UTC instants with milliseconds; nested attributes are left out. */
export type XesAttributes = ReadonlyMap<string, string>;

export interface XesEvent {
  /** Where it begins in the (unpacked) file, from 1. */
  readonly line: number;
  readonly attributes: XesAttributes;
}

export interface XesTrace {
  /** Its place in the file, from 1. */
  readonly position: number;
  readonly line: number;
  readonly attributes: XesAttributes;
  readonly events: readonly XesEvent[];
}

export interface XesLog {
  /** Of the file as it is, packed or not. */
  readonly sha256: string;
  readonly traces: readonly XesTrace[];
}

/** Thrown for a file that is no XES log, or a broken one; nothing of it is used then. */
export class XesUnreadable extends LocalProblem {
  constructor(
    readonly path: string,
    readonly line: number | null,
    readonly reason: string,
  ) {
    super(`${path}${line === null ? '' : `, line ${line}`}: ${reason}.`, 'Nothing of it was used.');
    this.name = 'XesUnreadable';
  }
}

/**
 * Reads an event log in the XML form of IEEE 1849 (XES), plain or packed with gzip, as a whole into memory.
 *
 * @throws XesUnreadable naming line and reason.
 */
export async function readXes(path: string): Promise<XesLog> {
  const bytes = await read(path);
  const traces = new XesParser(path).parse(textOf(path, bytes));
  if (traces.length === 0) throw new XesUnreadable(path, null, 'the log holds no trace');
  return { sha256: createHash('sha256').update(bytes).digest('hex'), traces };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new XesUnreadable(path, null, `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
}

function textOf(path: string, bytes: Buffer): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(isPacked ? gunzipSync(bytes) : bytes);
  } catch (error) {
    throw new XesUnreadable(path, null, `is neither text nor whole gzip (${(error as Error).message})`);
  }
}

interface OpenElement {
  readonly line: number;
  readonly attributes: Map<string, string>;
}

const attributeTags = ['string', 'date', 'int', 'float', 'boolean', 'id', 'list', 'container'];

class XesParser {
  private readonly parser = new SaxesParser();
  private readonly traces: XesTrace[] = [];
  /** The names of the elements that are open, outermost first. */
  private readonly path: string[] = [];
  private trace: OpenElement | null = null;
  private event: OpenElement | null = null;
  private events: XesEvent[] = [];

  constructor(private readonly file: string) {
    this.parser.on('error', (error) => {
      throw this.broken(`is not well-formed XML (${error.message.replace(/^[\d:]+\s*/, '')})`);
    });
    this.parser.on('opentag', (tag) => this.open(tag));
    this.parser.on('closetag', (tag) => this.close(tag.name));
  }

  parse(xml: string): readonly XesTrace[] {
    this.parser.write(xml).close();
    return this.traces;
  }

  private open({ name, attributes }: SaxesTagPlain): void {
    const parent = this.path.at(-1);
    if (parent === undefined && name !== 'log') throw this.broken(`begins with <${name}>, not with the <log> of XES`);
    this.path.push(name);
    const begun = { line: this.parser.line, attributes: new Map<string, string>() };
    if (name === 'trace') {
      if (parent !== 'log') throw this.broken('has a <trace> outside of the <log>');
      this.trace = begun;
      this.events = [];
    } else if (name === 'event') {
      if (parent !== 'trace') throw this.broken('has an <event> outside of a <trace>');
      this.event = begun;
    } else if (parent === 'trace' || parent === 'event') {
      const { key, value } = this.attribute(name, attributes);
      (this.event ?? this.trace)?.attributes.set(key, value);
    }
  }

  private close(name: string): void {
    this.path.pop();
    if (name === 'event' && this.event) {
      this.events.push(this.event);
      this.event = null;
    } else if (name === 'trace' && this.trace) {
      this.traces.push({ ...this.trace, position: this.traces.length + 1, events: this.events });
      this.trace = null;
    }
  }

  private attribute(tag: string, attributes: Readonly<Record<string, string>>): { key: string; value: string } {
    const { key, value = '' } = attributes;
    if (!attributeTags.includes(tag)) throw this.broken(`has <${tag}>, which is no attribute of XES`);
    if (key === undefined) throw this.broken(`has a <${tag}> without a key`);
    return { key, value: tag === 'date' ? this.instant(key, value) : value };
  }

  /** A time without an offset names no instant, so it is refused rather than guessed. */
  private instant(key: string, value: string): string {
    const milliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value)
      ? Date.parse(value)
      : NaN;
    if (Number.isNaN(milliseconds)) {
      throw this.broken(
        `says ${key} is "${value}", which is no time with an offset, like 2011-10-11T13:42:22.688+02:00`,
      );
    }
    return new Date(milliseconds).toISOString();
  }

  private broken(reason: string): XesUnreadable {
    return new XesUnreadable(this.file, this.parser.line, reason);
  }
}
