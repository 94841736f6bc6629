import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseWorkCalendar, type Instant } from '#calendar';
import { parseProcedureVersion } from '#domain';
import type { Stack, TokenHolder } from '#local';
import type { ServiceFetch } from '#platform';
import { shownProgress } from '../progress';
import { live, type LiveOptions, type RefusedCommand } from '../replay/live';
import { administratorOf, asOwner, holderNamed, serviceAs, serviceFor } from '../stack-access';
import type { StartingContent } from '../start/content';
import { report } from '../terminal';
import { absencesAround } from './absences';
import { recorder, type DemoCommand, type YearSources } from './life';
import { demoOffices } from './offices';
import { speak, type Hearing } from './speak';
import { lettersBack, voicesOf, type Voice } from './voices';
import { pastOf, presentOf, yearBefore } from './year';

/** What a folder's demo is made from: kept, so that a later start goes on with the same. */
export interface DemoOrigin {
  readonly seed: number;
  /** Where its past ends and its present begins. */
  readonly from: Instant;
}

const SEED = 7;
const SIGNED_IN_EVERY_MS = 5_000;
/** Whatever a stop cut off lies no further back in the stack's time; sent again, it is answered and not done twice. */
const CUT_OFF_MS = 2 * 24 * 3_600_000;

/** Where the demo of a folder begins: as its first start wrote it down, or at an instant given. */
export function demoOrigin(dataFolder: string, from: Instant): DemoOrigin {
  const path = join(dataFolder, 'demo.json');
  if (!existsSync(path)) writeFileSync(path, JSON.stringify({ seed: SEED, from }));
  return JSON.parse(readFileSync(path, 'utf8')) as DemoOrigin;
}

/**
 * Lives the year before the demo began, then goes on as its officials until interrupted. A later start goes on where the one before
 * stopped. Whoever has signed in does their own work: nobody else does it for them meanwhile.
 */
export async function liveDemo(
  stack: Stack,
  content: StartingContent,
  { seed, from }: DemoOrigin,
  interrupted: AbortSignal,
): Promise<void> {
  const sources: YearSources = {
    seed,
    now: from,
    calendar: parseWorkCalendar(content.calendars.find((one) => (one as { id: string }).id === 'vn-office')),
    procedures: content.procedures.map(parseProcedureVersion),
    offices: demoOffices,
    absences: absencesAround(from),
  };
  const lives = yearBefore(sources);
  const kept = new BegunDossiers(stack.dataFolder);
  const desk = serviceFor(stack.services.desk, stack.dataFolder, await administratorOf(stack));
  const deskOf = await desks(stack, content);
  const shared = {
    desk,
    deskFor: ({ by }: DemoCommand) => deskOf(by.officialId, by.postId),
    sha256: `demo-${seed}-${from}`,
    begun: (trace: number, dossierId: string) => kept.add(trace, dossierId),
    interrupted,
  };
  const voices = voicesOf(lives, sources);
  if (!kept.isYearThere()) {
    await recordYear(pastOf(from, lives), shared);
    const gateway = serviceAs('gateway', stack.services.desk, stack.dataFolder);
    await hearEverybody(voices, { recorder: deskOf(recorder), gateway, known: kept.known, sha256: shared.sha256 });
    kept.yearIsThere();
  }
  report('the year is there; from now on its people do their work as it comes, a day a minute');
  const signedIn = watchSignedIn(stack, await administratorOf(stack), interrupted);
  const present = presentOf(sources, lives, lettersBack(voices, lives, sources));
  await live({
    ...shared,
    plan: { commands: since(await cutOff(desk), present) },
    known: kept.known,
    isLeft: leftToVisitors(stack, signedIn),
    progress: { answered: () => undefined, away: report },
  });
}

/** Records what is past, and says how far it is. @returns the acts refused for good: none, unless the catalogue and the demo disagree */
export async function recordYear(
  commands: readonly DemoCommand[],
  shared: Pick<LiveOptions<DemoCommand>, 'desk' | 'deskFor' | 'sha256' | 'begun' | 'interrupted'>,
): Promise<readonly RefusedCommand[]> {
  report(`recording the year before, in three offices: ${commands.length} acts`);
  const shown = shownProgress(commands.length, 'acts');
  const progress = { answered: (done: number) => shown.update(done), away: report };
  try {
    const refused = await live({ ...shared, plan: { commands }, progress });
    if (refused.length > 0) report(`${refused.length} of them were refused: ${whyOf(refused)}`);
    return refused;
  } finally {
    shown.stop();
  }
}

/** What applicants say, and the papers that come as files. */
async function hearEverybody(voices: readonly Voice[], hearing: Hearing): Promise<void> {
  report(`hearing the applicants: ${voices.length} letters, ratings, complaints and files`);
  const refused = await speak(voices, hearing);
  if (refused.length > 0) report(`${refused.length} of them were refused: ${[...new Set(refused)].join(', ')}`);
}

/**
 * What whoever has signed in would do is theirs to do. A dossier in which something was left to them is gone on with by others only
 * where it has come to them: acts upon what never reached them would be refused, and stand in the access log as attempts.
 */
function leftToVisitors(stack: Stack, signedIn: ReadonlySet<string>) {
  const left = new Set<number>();
  return async ({ by, name, trace }: DemoCommand, dossierId: string | null): Promise<boolean> => {
    if (name === 'receive' || name === 'submit') return false;
    if (signedIn.has(by.officialId)) {
      left.add(trace);
      return true;
    }
    if (!left.has(trace) || dossierId === null || name === 'return') return false;
    return (await holderNow(stack, dossierId)) !== by.officialId;
  };
}

async function holderNow(stack: Stack, dossierId: string): Promise<string | null> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ holder: string | null }>(
      'select holder_official_id as holder from desk.dossier where dossier_id = $1',
      [dossierId],
    );
    return rows[0]?.holder ?? null;
  });
}

function whyOf(refused: readonly RefusedCommand[]): string {
  return [...new Set(refused.map(({ command, code }) => `${command.name} ${code}`))].join(', ');
}

/** Before this everything of the present was answered in an earlier start. */
async function cutOff(desk: ServiceFetch): Promise<Instant> {
  const { body } = await desk<{ now: Instant }>({ method: 'GET', path: '/time' });
  return new Date(Date.parse(body.now) - CUT_OFF_MS).toISOString();
}

function* since(instant: Instant, commands: Iterable<DemoCommand>): Generator<DemoCommand> {
  for (const command of commands) if (command.at > instant) yield command;
}

/** Desk as each of those who act. */
export async function desks(
  stack: { readonly services: { readonly desk: string }; readonly dataFolder: string; readonly ownerUrl: string },
  { organisation }: StartingContent,
): Promise<(officialId: string, postId?: string) => ServiceFetch> {
  const own = new Map<string, ServiceFetch>();
  const keyOf = (officialId: string, postId?: string) => `${officialId}/${postId ?? ''}`;
  for (const { officialId, postId } of organisation.tenures) {
    const holder = await holderNamed(stack, officialId, postId);
    const desk = serviceFor(stack.services.desk, stack.dataFolder, holder);
    own.set(keyOf(officialId, postId), desk);
    own.set(keyOf(officialId), desk);
  }
  return (officialId, postId) => {
    const desk = own.get(keyOf(officialId, postId));
    if (!desk) throw new Error(`The demo has nobody named ${officialId}.`);
    return desk;
  };
}

/** Who has signed in and was there within half an hour, looked at again and again. */
function watchSignedIn(stack: Stack, administrator: TokenHolder, interrupted: AbortSignal): ReadonlySet<string> {
  const gateway = serviceFor(stack.services.gateway, stack.dataFolder, administrator);
  const signedIn = new Set<string>();
  const look = async () => {
    while (!interrupted.aborted) {
      const { body } = await gateway<Accounts>({ method: 'GET', path: '/api/accounts' });
      signedIn.clear();
      for (const { officialId, sessions } of body.accounts) if (sessions > 0) signedIn.add(officialId);
      await pause(SIGNED_IN_EVERY_MS, undefined, { signal: interrupted });
    }
  };
  const again = (error: unknown): Promise<void> | void => {
    if (interrupted.aborted) return;
    report(`who has signed in is not known just now: ${error instanceof Error ? error.message : String(error)}`);
    return pause(SIGNED_IN_EVERY_MS).then(look).catch(again);
  };
  void look().catch(again);
  return signedIn;
}

interface Accounts {
  readonly accounts: readonly { readonly officialId: string; readonly sessions: number }[];
}

/** Which dossier each life of the demo became, and whether its year is there: written down, for a later start. */
class BegunDossiers {
  readonly known = new Map<number, string>();
  private readonly path: string;
  private readonly yearPath: string;

  constructor(dataFolder: string) {
    this.path = join(dataFolder, 'demo-dossiers.txt');
    this.yearPath = join(dataFolder, 'demo-year');
    if (!existsSync(this.path)) return;
    for (const line of readFileSync(this.path, 'utf8').split('\n')) {
      const [trace, dossierId] = line.split(' ');
      if (trace && dossierId) this.known.set(Number(trace), dossierId);
    }
  }

  add(trace: number, dossierId: string): void {
    if (this.known.get(trace) === dossierId) return;
    this.known.set(trace, dossierId);
    appendFileSync(this.path, `${trace} ${dossierId}\n`);
  }

  isYearThere(): boolean {
    return existsSync(this.yearPath);
  }

  yearIsThere(): void {
    writeFileSync(this.yearPath, '');
  }
}
