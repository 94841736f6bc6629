import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { issueToken, type Stack } from '#local';
import { canonicalJson, RemoteRefusal, serviceFetch, type ServiceFetch } from '#platform';
import { holderNamed } from '../../apps/cli/src/stack-access';
import type { Random } from '../../apps/cli/src/demo/random';

/** What a client knows of a command: `unknown` when it went away before there was an answer. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

/** A command as its client remembers it. */
export interface Remembered {
  readonly key: string;
  readonly command: Command;
  /** As the answer said; of a receipt without an answer nobody knows it. */
  readonly dossierId: string | null;
  /** Of a receipt. */
  readonly code: string | null;
  readonly outcome: Outcome;
  /** Why it was refused. */
  readonly reason: string | null;
  /** Whether a repeat with the same key was answered otherwise. */
  readonly differs: boolean;
}

export type Command = 'receive' | 'hand-over' | 'mark-processed' | 'return';
type OfficialId = 'lan' | 'tuan' | 'minh';

/** Two ways through the office: who handles it, in which post. */
const ways = [
  { procedureCode: '1.001193', to: { officialId: 'tuan', postId: 'do-luong-civil-officer' } },
  { procedureCode: '1.012786', to: { officialId: 'minh', postId: 'do-luong-land-officer' } },
] as const;

const answerWithinMs = 8_000;
const retryMs = { first: 100, most: 2_000 };
/** Between two acts on a dossier, in real time. Some dossiers wait so long that every rung of theirs falls due. */
const betweenActsMs = { least: 300, most: 7_000, longest: 40_000 };
/** One in so many gives up where there is no answer, one in so many asks again although there was one, and so on. */
const oneIn = { givesUp: 15, asksAgain: 8, actsTooEarly: 20, waitsLong: 8 };

interface DossierAtDesk {
  readonly dossierId: string;
  readonly code: string;
  readonly etag: string;
}

/**
 * Officials at work: each lives one dossier after the other over HTTP and keeps a record of every answer. A command is
 * repeated with its key until there is an answer, or until somebody gives up.
 */
export class People {
  readonly remembered: Remembered[] = [];
  private readonly ended = new AbortController();
  private hurried = new AbortController();
  private working: Promise<void>[] = [];
  private acceptedAt: number | null = null;
  private longestMs = 0;

  private constructor(
    private readonly desks: Readonly<Record<OfficialId, ServiceFetch>>,
    private readonly random: Random,
  ) {}

  /** @param address of `desk`, or of the link before it */
  static async of(stack: Stack, address: string, random: Random): Promise<People> {
    const desk = async (officialId: OfficialId): Promise<ServiceFetch> => {
      const holder = await holderNamed(stack, officialId);
      const token = () => issueToken(stack.keys, holder);
      return serviceFetch({ baseUrl: `http://${address}`, timeoutMs: answerWithinMs, token });
    };
    return new People({ lan: await desk('lan'), tuan: await desk('tuan'), minh: await desk('minh') }, random);
  }

  /** The longest time without an accepted dossier while people were at work, in real milliseconds. */
  get longestWithoutReceiptMs(): number {
    return Math.max(this.longestMs, this.acceptedAt === null ? 0 : performance.now() - this.acceptedAt);
  }

  work(count: number): void {
    this.hurried = new AbortController();
    setMaxListeners(count, this.hurried.signal);
    this.acceptedAt = performance.now();
    this.working = Array.from({ length: count }, () => this.oneAfterTheOther());
  }

  /** Nobody receives any more; what was begun is brought to its end without a pause. */
  async finish(): Promise<void> {
    this.longestMs = this.longestWithoutReceiptMs;
    this.acceptedAt = null;
    this.hurried.abort();
    await Promise.all(this.working);
  }

  /** All go home as they stand. */
  leave(): void {
    this.ended.abort();
    this.hurried.abort();
  }

  private async oneAfterTheOther(): Promise<void> {
    await this.rest();
    while (!this.hurried.signal.aborted) await this.live();
  }

  private async live(): Promise<void> {
    const { procedureCode, to } = this.random.pick(ways);
    const applicant = { name: 'Nguyễn Văn An', phone: '0912000011' };
    const dossier = await this.tell('receive', 'lan', null, { procedureCode, channel: 'desk', applicant });
    if (dossier === null) return;
    await this.rest();
    const proof = { to: 'applicant', proof: 'signature' };
    if (this.random.isOneIn(oneIn.actsTooEarly)) await this.tell('return', 'lan', dossier, proof);
    const handed = await this.tell('hand-over', 'lan', dossier, { to });
    if (handed === null) return;
    await this.rest();
    const processed = await this.tell('mark-processed', to.officialId, handed, { result: 'granted' });
    if (processed === null) return;
    await this.write(processed.dossierId);
    await this.rest();
    await this.tell('return', 'lan', processed, proof);
  }

  /** A letter to the applicant, which is an entry too and moves no dossier. */
  private async write(dossierId: string): Promise<void> {
    const path = `/dossiers/${dossierId}/messages`;
    const headers = { 'idempotency-key': randomUUID() };
    const body = { text: 'Mời ông bà đến nhận kết quả.' };
    await this.untilAnswered(() => this.desks.lan({ method: 'POST', path, body, headers }));
  }

  /** Null when it was refused, or when somebody gave up. */
  private async tell(
    command: Command,
    officialId: OfficialId,
    dossier: DossierAtDesk | null,
    body: object,
  ): Promise<DossierAtDesk | null> {
    const key = randomUUID();
    const path = dossier === null ? '/dossiers' : `/dossiers/${dossier.dossierId}/${command}`;
    const headers = { 'idempotency-key': key, ...(dossier !== null && { 'if-match': dossier.etag }) };
    const ask = () =>
      this.desks[officialId]<{ dossierId: string; code: string }>({ method: 'POST', path, body, headers });
    const known = { key, command, dossierId: dossier?.dossierId ?? null, code: null, reason: null, differs: false };
    const answer = await this.untilAnswered(ask);
    if (answer === null || answer instanceof RemoteRefusal) {
      const outcome = answer === null ? 'unknown' : 'refused';
      this.remembered.push({ ...known, outcome, reason: answer?.code ?? null });
      return null;
    }
    if (command === 'receive') this.accepted();
    const again = this.random.isOneIn(oneIn.asksAgain) ? await this.untilAnswered(ask) : answer;
    const { dossierId, code } = answer.body;
    const differs =
      again !== null && !(again instanceof RemoteRefusal && again.kind === 'unavailable') && !isSame(answer, again);
    this.remembered.push({ ...known, outcome: 'acknowledged', dossierId, code, differs });
    return { dossierId, code, etag: answer.headers.get('etag') ?? '' };
  }

  private async untilAnswered<T>(ask: () => Promise<T>): Promise<T | RemoteRefusal | null> {
    for (let waitMs = retryMs.first; ; waitMs = Math.min(waitMs * 2, retryMs.most)) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof RemoteRefusal)) throw error;
        if (error.kind !== 'unavailable') return error;
        if (this.ended.signal.aborted || this.random.isOneIn(oneIn.givesUp)) return null;
      }
      await pause(waitMs);
    }
  }

  private accepted(): void {
    if (this.acceptedAt === null) return;
    this.longestMs = this.longestWithoutReceiptMs;
    this.acceptedAt = performance.now();
  }

  private async rest(): Promise<void> {
    const { least, most, longest } = betweenActsMs;
    const ms = this.random.between(least, this.random.isOneIn(oneIn.waitsLong) ? longest : most);
    await pause(ms, undefined, { signal: this.hurried.signal }).catch(() => undefined); // Hurried: no rest.
  }
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

function isSame(one: Answered, other: Answered | RemoteRefusal): boolean {
  const { status, headers, body } = one;
  return (
    !(other instanceof RemoteRefusal) &&
    other.status === status &&
    other.headers.get('etag') === headers.get('etag') &&
    canonicalJson(other.body) === canonicalJson(body)
  );
}
