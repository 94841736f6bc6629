import { setTimeout as pause } from 'node:timers/promises';
import { v5 as uuidv5 } from 'uuid';
import { RemoteRefusal, type ServiceFetch } from '#platform';
import type { PlannedCommand } from './plan';

/** Dossiers worked at once; the commands of one dossier follow one another. */
const AT_ONCE = 8;
const LONGEST_PAUSE_MS = 60_000;
const RETRY_MS = { first: 200, most: 3_000 };
const MOTCUA_REPLAY = '6b1c7f3e-3d5c-5a52-9c1e-0b7d7a1f6e11';

/** A command that `desk` refused for good, with its reason. */
export interface RefusedCommand {
  readonly command: PlannedCommand;
  readonly code: string;
}

/** What the replay shows while it lives. */
export interface LiveProgress {
  /** Commands answered so far; `at` is the log's time of the last. */
  readonly answered: (done: number, at: string) => void;
  /** `desk` gives no answer and is asked again. */
  readonly away: (reason: string) => void;
}

export interface LiveOptions<Command extends PlannedCommand = PlannedCommand> {
  /** In the order of time; it may have no end. */
  readonly plan: { readonly commands: Iterable<Command> };
  /** As whom the stack is asked for its time, and every command is sent that `deskFor` does not give to somebody else. */
  readonly desk: ServiceFetch;
  readonly deskFor?: (command: Command) => ServiceFetch;
  /** Of the file: the same file makes the same keys, so that what was done before is answered, not done again. */
  readonly sha256: string;
  /** Dossiers that an earlier run began, by trace; whose first commands are not in the plan. */
  readonly known?: ReadonlyMap<number, string>;
  /** Told of each dossier once it is there. */
  readonly begun?: (trace: number, dossierId: string) => void;
  /** Whether somebody else does it: it is not sent, and counts as answered. */
  readonly isLeft?: (command: Command, dossierId: string | null) => boolean | Promise<boolean>;
  readonly progress: LiveProgress;
  readonly interrupted: AbortSignal;
}

/**
 * Sends every command when the stack's time reaches its instant. Whatever dies meanwhile is waited for.
 *
 * @returns the commands refused for good. @throws the reason of an interruption
 */
export async function live<Command extends PlannedCommand>(
  options: LiveOptions<Command>,
): Promise<readonly RefusedCommand[]> {
  const { plan, desk, progress, interrupted, isLeft, begun } = options;
  const refused: RefusedCommand[] = [];
  const dossiers = new Map<number, Promise<DossierAtDesk>>();
  for (const [trace, dossierId] of options.known ?? [])
    dossiers.set(trace, Promise.resolve({ dossierId, etag: '"0"' }));
  const working = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const now = await stackTime(desk);
  let done = 0;
  for (const command of plan.commands) {
    if (failures.length > 0) break;
    await untilTime(now, command.at, interrupted).catch((reason: unknown) => failures.push(reason));
    if (working.size >= AT_ONCE) await Promise.race(working);
    const turn = (dossiers.get(command.trace) ?? Promise.resolve(notYet)).then(async (dossier) => {
      const isDoneByOthers = await isLeft?.(command, dossier.dossierId);
      const answer = isDoneByOthers ? dossier : await sent(command, dossier, options);
      progress.answered((done += 1), command.at);
      if (!('refusedWith' in answer)) {
        if (dossier.dossierId === null && answer.dossierId !== null) begun?.(command.trace, answer.dossierId);
        return answer;
      }
      refused.push({ command, code: answer.refusedWith });
      return dossier;
    });
    dossiers.set(command.trace, turn);
    const finished: Promise<void> = turn.then(
      () => void working.delete(finished),
      (reason: unknown) => {
        failures.push(reason);
        working.delete(finished);
      },
    );
    working.add(finished);
  }
  await Promise.all(working);
  if (failures.length > 0) throw failures[0];
  return refused;
}

/** Waits until the stack's time has passed an instant. */
export async function untilPassed(desk: ServiceFetch, instant: string, interrupted: AbortSignal): Promise<void> {
  await untilTime(await stackTime(desk), instant, interrupted);
}

interface DossierAtDesk {
  readonly dossierId: string | null;
  readonly etag: string;
  /** The fee charged last, for whoever pays it next. */
  readonly feeId?: string;
}

/** What the answer to a command says of that. */
interface Answered {
  readonly dossierId?: string;
  readonly fees?: { readonly fees: readonly { readonly feeId: string }[] };
}

const notYet: DossierAtDesk = { dossierId: null, etag: '' };

/** Sends until there is an answer: a key makes repeats harmless. */
async function sent<Command extends PlannedCommand>(
  command: Command,
  dossier: DossierAtDesk,
  { desk: everybodys, deskFor, sha256, progress, interrupted }: LiveOptions<Command>,
): Promise<DossierAtDesk | { readonly refusedWith: string }> {
  const path = pathOf(command, dossier);
  if (path === null) return { refusedWith: 'NOT_RECEIVED' };
  const key = uuidv5(`${sha256}/${command.trace}/${command.part}`, MOTCUA_REPLAY);
  const desk = deskFor?.(command) ?? everybodys;
  const body = command.name === 'pay-fee' ? { ...command.body, feeId: dossier.feeId } : command.body;
  let { etag } = dossier;
  for (let retryMs = RETRY_MS.first; ; retryMs = Math.min(retryMs * 2, RETRY_MS.most)) {
    interrupted.throwIfAborted();
    try {
      const headers = { 'idempotency-key': key, ...(dossier.dossierId !== null && { 'if-match': etag }) };
      const { body: said, headers: told } = await desk<Answered>({ method: 'POST', path, body, headers });
      const feeId = said.fees?.fees.at(-1)?.feeId;
      return {
        dossierId: said.dossierId ?? dossier.dossierId, // A letter's answer does not say it.
        etag: told.get('etag') ?? etag,
        ...(feeId !== undefined && { feeId }),
      };
    } catch (error) {
      if (!(error instanceof RemoteRefusal)) throw error;
      const current = error.problem?.['currentETag'];
      // A refusal is not kept under its key: asked again by a later run, it is decided upon the dossier of now.
      if (error.kind === 'stale' && typeof current === 'string' && current !== etag) {
        etag = current;
        continue;
      }
      if (error.kind !== 'unavailable') return { refusedWith: error.code };
      progress.away(error.message);
    }
    await pause(retryMs, undefined, { signal: interrupted });
  }
}

/** Where a command goes; null for one about a dossier that is not there. */
function pathOf({ name }: PlannedCommand, { dossierId }: DossierAtDesk): string | null {
  if (name === 'receive') return '/dossiers';
  if (name === 'submit') return '/submissions';
  return dossierId === null ? null : `/dossiers/${dossierId}/${name}`;
}

/** The stack's time as a function of this machine's; a little behind, never ahead. */
async function stackTime(desk: ServiceFetch): Promise<StackClock> {
  const { body } = await desk<{ now: string; speed: number }>({ method: 'GET', path: '/time' });
  const readAt = performance.now();
  const mappedAtRead = Date.parse(body.now);
  return { speed: body.speed, nowMs: () => mappedAtRead + (performance.now() - readAt) * body.speed };
}

interface StackClock {
  readonly speed: number;
  readonly nowMs: () => number;
}

async function untilTime({ speed, nowMs }: StackClock, instant: string, interrupted: AbortSignal): Promise<void> {
  for (let leftMs = Date.parse(instant) - nowMs(); leftMs > 0; leftMs = Date.parse(instant) - nowMs()) {
    await pause(Math.min(Math.max(1, Math.ceil(leftMs / speed)), LONGEST_PAUSE_MS), undefined, { signal: interrupted });
  }
}
