/** Something that a client asks over a connection. `text` says what, as far as the protocol lets it be read. */
export interface WireRequest {
  readonly text: string;
}

/** A piece of a conversation that goes on as a whole; `request` is what it asks, or what it answers. */
export interface Piece {
  readonly bytes: Buffer;
  readonly request: WireRequest | null;
  /** True for the end of an answer, as far as the protocol lets it be known. */
  readonly isLast: boolean;
}

/** Reads one connection. Pieces come in the order of their bytes, and all bytes come in some piece. */
export interface WireReader {
  fromClient(data: Buffer): readonly Piece[];
  fromServer(data: Buffer): readonly Piece[];
}

/** Makes the reader of a new connection; `ports` are the server's own and the one that stands before it. */
export type Protocol = (ports: { readonly server: number; readonly link: number }) => WireReader;

/** Names of Kafka's requests that are told apart; any other is told by its api key. */
const kafkaNames: Readonly<Record<number, string>> = {
  0: 'Produce',
  1: 'Fetch',
  3: 'Metadata',
  8: 'OffsetCommit',
  10: 'FindCoordinator',
  11: 'JoinGroup',
  12: 'Heartbeat',
  13: 'LeaveGroup',
  14: 'SyncGroup',
};

/** Kafka: frames with a length; an answer repeats the number of its request. */
export const kafka: Protocol = ({ server, link }) => {
  const asked = new Map<number, WireRequest>();
  const frames = { client: framesOf(kafkaFrame), server: framesOf(kafkaFrame) };
  return {
    fromClient: (data) =>
      frames.client(data).map((bytes) => {
        const apiKey = bytes.readInt16BE(4);
        const request = { text: kafkaNames[apiKey] ?? `api key ${apiKey}` };
        asked.set(bytes.readInt32BE(8), request);
        return { bytes, request, isLast: false };
      }),
    fromServer: (data) =>
      frames.server(data).map((bytes) => {
        const number = bytes.readInt32BE(4);
        const request = asked.get(number) ?? null;
        asked.delete(number);
        if (request && /^(Metadata|FindCoordinator)$/.test(request.text)) tellPort(bytes, server, link);
        return { bytes, request, isLast: true };
      }),
  };
};

function kafkaFrame(data: Buffer): number {
  return data.length < 4 ? Infinity : 4 + data.readInt32BE(0);
}

/** A broker tells where it is to be found: that must be here. It names itself by the loopback address. */
function tellPort(frame: Buffer, from: number, to: number): void {
  const host = '127.0.0.1';
  const address = Buffer.alloc(host.length + 4);
  address.write(host);
  address.writeInt32BE(from, host.length);
  for (let at = frame.indexOf(address); at !== -1; at = frame.indexOf(address, at + 1)) {
    frame.writeInt32BE(to, at + host.length);
  }
}

/**
 * PostgreSQL: a request is what the client says up to a simple query or a sync, its text the SQL in it; its answer reaches
 * to "ready for query". A COMMIT's text goes on with the statements of its transaction, one to a line.
 */
export const postgres: Protocol = () => {
  const messages = { client: framesOf(postgresMessage), server: framesOf(postgresMessage) };
  const asked: WireRequest[] = [];
  const transaction: string[] = [];
  let isOpen = false;
  let said: Buffer[] = [];
  let sql = '';
  let answered: Buffer[] = [];

  const request = (): WireRequest => {
    if (/^(START TRANSACTION|BEGIN)/i.test(sql)) transaction.length = 0;
    const text = /^COMMIT/i.test(sql) ? ['COMMIT', ...transaction].join('\n') : sql;
    transaction.push(sql.replace(/\s+/g, ' '));
    if (transaction.length > 1_000) transaction.length = 0; // A session that opens no transaction.
    sql = '';
    return { text };
  };
  return {
    fromClient: (data) => {
      if (!isOpen) {
        isOpen = true; // The first message of a connection has no type; clients of ours send it alone.
        asked.push({ text: 'startup' });
        return [{ bytes: data, request: asked[0]!, isLast: false }];
      }
      return messages.client(data).flatMap((message): Piece[] => {
        const type = String.fromCharCode(message[0]!);
        said.push(message);
        if (type === 'Q') sql = textAt(message, 5);
        if (type === 'P') sql = textAt(message, 5 + textAt(message, 5).length + 1);
        if (!'QSHpX'.includes(type)) return [];
        const bytes = Buffer.concat(said);
        said = [];
        if (!'QS'.includes(type)) return [{ bytes, request: null, isLast: false }];
        const made = request();
        asked.push(made);
        return [{ bytes, request: made, isLast: false }];
      });
    },
    fromServer: (data) =>
      messages.server(data).flatMap((message): Piece[] => {
        const isLast = message[0] === 'Z'.charCodeAt(0);
        const current = asked[0] ?? null;
        if (isLast) asked.shift();
        answered.push(message);
        // A client that proves who it is needs the answers in between.
        if (!isLast && current !== null && current.text !== 'startup') return [];
        const bytes = Buffer.concat(answered);
        answered = [];
        return [{ bytes, request: current, isLast }];
      }),
  };
};

function postgresMessage(data: Buffer): number {
  return data.length < 5 ? Infinity : 1 + data.readInt32BE(1);
}

/** A text that ends with a zero byte. */
function textAt(message: Buffer, from: number): string {
  return message.toString('utf8', from, message.indexOf(0, from));
}

/** HTTP/1.1, one request at a time on a connection: its text is method and path. */
export const http: Protocol = () =>
  inTurn((data) => /^([A-Z]+ \S+) HTTP\/1\.1\r\n/.exec(data.toString('latin1', 0, 2_000))?.[1] ?? null);

/** SMTP: the text of a request is its line, and `end of mail` for the mail itself. */
export const smtp: Protocol = () =>
  inTurn((data) => {
    const text = data.toString('latin1');
    return text.endsWith('\r\n.\r\n') ? 'end of mail' : (/^([A-Z]{4}[^\r\n]*)\r\n/.exec(text)?.[1] ?? null);
  });

/** Protocols in which the server answers one request before the next is made. */
function inTurn(textOf: (data: Buffer) => string | null): WireReader {
  let current: WireRequest | null = null;
  return {
    fromClient: (bytes) => {
      const text = textOf(bytes);
      if (text === null) return [{ bytes, request: null, isLast: false }];
      current = { text };
      return [{ bytes, request: current, isLast: false }];
    },
    fromServer: (bytes) => [{ bytes, request: current, isLast: true }],
  };
}

const http2Preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAME_HEAD = 9;
const DATA_FRAME = 0;
const HEADERS_FRAME = 1;
const RESET_FRAME = 3;
const END_STREAM = 1;

/** gRPC, as Temporal speaks: the text of a request is its message, of which names and JSON can be read in the clear. */
export const grpc: Protocol = () => {
  const frames = { client: framesOf(http2Frame), server: framesOf(http2Frame) };
  const asked = new Map<number, WireRequest>();
  return {
    fromClient: (data) =>
      frames.client(data).map((bytes) => {
        const stream = streamOf(bytes);
        if (stream === null || bytes[3] !== DATA_FRAME || asked.has(stream))
          return { bytes, request: null, isLast: false };
        const request = { text: bytes.toString('latin1', FRAME_HEAD) };
        asked.set(stream, request);
        return { bytes, request, isLast: false };
      }),
    fromServer: (data) =>
      frames.server(data).map((bytes) => {
        const stream = streamOf(bytes);
        const request = stream === null ? null : (asked.get(stream) ?? null);
        const isLast = endsStream(bytes);
        if (stream !== null && isLast) asked.delete(stream);
        return { bytes, request, isLast };
      }),
  };
};

function http2Frame(data: Buffer): number {
  if (data.length < FRAME_HEAD) return Infinity;
  if (data.subarray(0, FRAME_HEAD).equals(http2Preface.subarray(0, FRAME_HEAD))) return http2Preface.length;
  return FRAME_HEAD + data.readUIntBE(0, 3);
}

/** The call a frame belongs to; null for what concerns the whole connection. */
function streamOf(frame: Buffer): number | null {
  if (frame[0] === http2Preface[0] && frame.equals(http2Preface)) return null;
  const stream = frame.readInt32BE(5) & 0x7fffffff;
  return stream === 0 ? null : stream;
}

/** The last frame of a call, or the one that breaks it off. */
function endsStream(frame: Buffer): boolean {
  const type = frame[3]!;
  return type === RESET_FRAME || (type <= HEADERS_FRAME && (frame[4]! & END_STREAM) !== 0);
}

/** Cuts what arrives into frames; `lengthOf` says how long the first one is, as soon as that can be known. */
function framesOf(lengthOf: (data: Buffer) => number): (data: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const frames: Buffer[] = [];
    for (let length = lengthOf(rest); length <= rest.length; length = lengthOf(rest)) {
      frames.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return frames;
  };
}
