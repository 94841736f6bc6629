import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { RecomputationDecision } from '#contracts';
import type { MovedDossier } from '#domain';
import type { ServiceFetch } from '#platform';
import { allPages, totalOf } from '../pages';
import { shownProgress, type ShownProgress } from '../progress';
import { deskAsAdministrator, openDossiers } from '../stack-access';
import { exitCodes, onWall, print, table } from '../terminal';

const LOOKED_AT_ONCE = 5_000;
const MOVED_AT_ONCE = 100;
/** More rows are no help to a person; --json has them all. */
const ROWS_SHOWN = 20;

export interface Diff {
  readonly checked: number;
  readonly moved: readonly MovedDossier[];
  readonly failed: readonly { readonly dossierId: string; readonly reason: string }[];
}

interface Which {
  readonly calendar?: string;
}

/** `motcua calendar`: what a new decree does to dossiers that are open. */
export function calendarCommand(): Command {
  const which = ['--calendar <id>', 'only dossiers counted by this calendar; default: all'] as const;
  const diff = new Command('diff')
    .description('which open dossiers the newest calendars would move, from when to when, and by which days')
    .option(...which)
    .option('--json', 'every one of them, as data', false)
    .action(async ({ json, calendar }: Which & { json: boolean }) => {
      const found = await diffOf(
        await deskAsAdministrator(),
        calendar,
        shownProgress(await openDossiers(), 'dossiers'),
      );
      print(json ? JSON.stringify(found, null, 2) : storyOf(found));
    });
  const apply = new Command('apply')
    .description('move them, as one journalled operation; what was broken off goes on with the same --operation')
    .requiredOption('--basis <text>', 'the decree or decision behind it')
    .option('--operation <uuid>', 'of an operation that was broken off', randomUUID())
    .option(...which)
    .action(async ({ basis, operation, calendar }: Which & { basis: string; operation: string }) => {
      print(`operation ${operation}`);
      const desk = await deskAsAdministrator();
      const { moved, failed } = await applied(
        desk,
        { basis, operation, calendar },
        shownProgress(await openDossiers(), 'dossiers'),
      );
      print(`${moved} dossiers moved.`);
      if (failed > 0) print(`${failed} stay as they are: the newest calendar says nothing of their days.`);
      process.exitCode = failed > 0 ? exitCodes.failure : exitCodes.ok;
    });
  const keep = new Command('keep')
    .description('knowingly move nothing: the decision is journalled')
    .requiredOption('--basis <text>', 'the decision behind it')
    .action(async ({ basis }: { basis: string }) => {
      const decision = { operationId: randomUUID(), decision: 'keep', legalBasis: basis } as const;
      await decided(await deskAsAdministrator(), decision);
      print('Journalled: open dossiers keep their dates.');
    });
  return new Command('calendar')
    .description('what newer work calendars do to dossiers that are open')
    .addCommand(diff)
    .addCommand(apply)
    .addCommand(keep);
}

/** Every open dossier that would move. */
export async function diffOf(desk: ServiceFetch, calendarId: string | undefined, shown: ShownProgress): Promise<Diff> {
  const ask = async (after: string | null) => {
    const query = new URLSearchParams({ limit: String(LOOKED_AT_ONCE) });
    if (calendarId !== undefined) query.set('calendarId', calendarId);
    if (after !== null) query.set('after', after);
    const path = `/recomputations?${query.toString()}`;
    return (await desk<Diff & { readonly next: string | null }>({ method: 'GET', path })).body;
  };
  const movedIn = (pages: readonly Diff[]) => pages.flatMap(({ moved }) => moved);
  const pages = await allPages(shown, ask, (so) => `${movedIn(so).length} would move`);
  return {
    checked: totalOf(pages, 'checked'),
    moved: movedIn(pages),
    failed: pages.flatMap(({ failed }) => failed),
  };
}

/** What `desk` did with a page. */
interface AppliedPage {
  readonly checked: number;
  readonly moved: number;
  readonly failed: number;
  readonly next: string | null;
}

/** Decides, and moves page after page. Done again with the same operation it does what is left. */
export async function applied(
  desk: ServiceFetch,
  { basis, operation, calendar }: { basis: string; operation: string; calendar: string | undefined },
  shown: ShownProgress,
): Promise<{ readonly moved: number; readonly failed: number }> {
  const calendarId = calendar === undefined ? {} : { calendarId: calendar };
  await decided(desk, { operationId: operation, decision: 'apply', legalBasis: basis, ...calendarId });
  const path = `/recomputations/${operation}/pages`;
  const ask = async (after: string | null) => {
    const body: object = { limit: MOVED_AT_ONCE, ...(after !== null && { after }) };
    return (await desk<AppliedPage>({ method: 'POST', path, body })).body;
  };
  const pages = await allPages(shown, ask, (so) => `${totalOf(so, 'moved')} moved`);
  return { moved: totalOf(pages, 'moved'), failed: totalOf(pages, 'failed') };
}

/** What would move, for people: how many, by which days, and the first of them. */
export function storyOf({ checked, moved, failed }: Diff): string {
  const days = new Map(moved.flatMap(({ because }) => because.map((day) => [day.date, day] as const)));
  const rows = moved
    .slice(0, ROWS_SHOWN)
    .map(({ code, dossierId, officeId, timeZone, before, then }) => [
      code ?? dossierId,
      officeId,
      ...(['appointmentAt', 'legalDueAt'] as const).map((name) =>
        [before, then].map((due) => onWall(due[name], timeZone)).join(' -> '),
      ),
    ]);
  return [
    `${checked} open dossiers, ${moved.length} would be due at another instant.`,
    ...[...days.values()].map(
      ({ date, was, is, legalBasis }) =>
        `  ${date}: was ${was?.en ?? 'as its weekday'}, is ${is?.en ?? 'as its weekday'}${legalBasis === null ? '' : ` (${legalBasis})`}`,
    ),
    ...keptStoryOf(moved),
    ...(rows.length > 0 ? ['', table([['dossier', 'office', 'appointment', 'legal limit'], ...rows])] : []),
    ...(moved.length > ROWS_SHOWN ? [`... and ${moved.length - ROWS_SHOWN} more: --json has all.`] : []),
    ...(failed.length > 0 ? [`${failed.length} stay as they are: ${failed[0]?.reason ?? ''}`] : []),
  ].join('\n');
}

/** Which of them somebody decided not to move: one line a decision. */
function keptStoryOf(moved: readonly MovedDossier[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kept, to, timeZone } of moved) {
    if (kept === null) continue;
    const decision = `by ${to}, as decided ${onWall(kept.decidedAt, timeZone)} (${kept.legalBasis})`;
    counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  return [...counts].map(([decision, count]) => `${count} of them keep their dates ${decision}.`);
}

interface Decision {
  readonly operationId: string;
  readonly decision: RecomputationDecision;
  readonly legalBasis: string;
  readonly calendarId?: string;
}

async function decided(desk: ServiceFetch, decision: Decision): Promise<void> {
  await desk({ method: 'POST', path: '/recomputations', body: decision });
}
