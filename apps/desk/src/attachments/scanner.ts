import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Injection token of the {@link Scanner}; null where this desk has none. */
export const SCANNER = Symbol('SCANNER');

export interface Scanner {
  /** @throws ScannerAway when it gave no verdict: nothing is known of the bytes then */
  verdictOn(bytes: AsyncIterable<Uint8Array>): Promise<'clean' | 'infected'>;
}

/** Thrown when the scanner could not be asked, did not answer in time, or answered something else than a verdict. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';
}

const TIMEOUT_MS = 60_000;
const ANSWER_BYTES = 4_096;

/** ClamAV's daemon over TCP, by its command INSTREAM (clamd(8)): chunks, each after its length, and an empty one at the end. */
export function clamd(address: string, timeoutMs = TIMEOUT_MS): Scanner {
  const { hostname, port } = new URL(address);
  return {
    async verdictOn(bytes) {
      const socket = connect(Number(port), hostname);
      const stop = new AbortController();
      const tooLate = pause(timeoutMs, undefined, { signal: stop.signal }).then(
        () => socket.destroy(new Error('no verdict in time')),
        () => undefined, // The verdict came first.
      );
      try {
        const answered = new AbortController();
        const [answer] = await Promise.all([
          answerOn(socket).finally(() => answered.abort()),
          told(socket, bytes, answered.signal),
        ]);
        return verdictIn(answer);
      } catch (cause) {
        throw cause instanceof ScannerAway
          ? cause
          : new ScannerAway(`The scanner at ${address} gave no verdict.`, { cause });
      } finally {
        stop.abort();
        socket.destroy();
        await tooLate;
      }
    },
  };
}

/** Until the last byte, or until an answer came before it: of too long a stream clamd says so at once, and hears no more. */
async function told(socket: Socket, bytes: AsyncIterable<Uint8Array>, answered: AbortSignal): Promise<void> {
  try {
    socket.write('zINSTREAM\0');
    for await (const some of bytes) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(some.length);
      socket.write(length);
      if (!socket.write(some)) await once(socket, 'drain', { signal: answered });
      answered.throwIfAborted();
    }
    socket.write(Buffer.alloc(4));
  } catch (error) {
    if (!answered.aborted) throw error;
  }
}

async function answerOn(socket: Socket): Promise<string> {
  let answer = '';
  for await (const some of socket) {
    answer += String(some);
    if (answer.length > ANSWER_BYTES || answer.endsWith('\0')) break;
  }
  return answer.replace(/\0$/, '');
}

function verdictIn(answer: string): 'clean' | 'infected' {
  if (answer === 'stream: OK') return 'clean';
  if (/^stream: .+ FOUND$/.test(answer)) return 'infected';
  throw new ScannerAway(`The scanner said no verdict: ${answer.slice(0, 200)}`);
}
