import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import type { TransferableDossier } from '#domain';
import type { ServiceFetch } from '#platform';
import { allPages, totalOf } from '../pages';
import { shownProgress, type ShownProgress } from '../progress';
import { deskAsAdministrator, openDossiers } from '../stack-access';
import { exitCodes, onWall, print, table } from '../terminal';

const LOOKED_AT_ONCE = 1_000;
const MOVED_AT_ONCE = 100;
/** More rows are no help to a person; --json has them all. */
const ROWS_SHOWN = 20;

interface Holder {
  readonly officialId: string;
  readonly postId: string;
}

/** Whose work is to change hands; without `to`, that of an ended office goes to whoever goes on with it. */
export interface Transfer {
  readonly fromOfficialId?: string;
  readonly fromOfficeId?: string;
  readonly to?: Holder;
}

interface Given {
  readonly operation: string;
  readonly reason: string;
  readonly apply: boolean;
  readonly json: boolean;
}

/** `motcua work`: open dossiers that change hands together. */
export function workCommand(): Command {
  const handOn = withCommon(
    new Command('hand-on')
      .description('what an official holds goes to another; without --apply it is only shown')
      .requiredOption('--from <official>', 'whose open dossiers')
      .requiredOption('--to <official/post>', 'who takes them, in which post', holderFrom)
      .option('--in <office>', 'only those held in this office; default: all'),
    'official-left',
  ).action(async (given: Given & { from: string; to: Holder; in?: string }) => {
    const { from, to, in: office } = given;
    await run({ fromOfficialId: from, to, ...(office !== undefined && { fromOfficeId: office }) }, given);
  });
  const toSuccessors = withCommon(
    new Command('to-successors')
      .description('what is held in offices that have ended goes to their successors; without --apply it is only shown')
      .option('--office <office>', 'only that of this one; default: all that have ended')
      .option('--to <official/post>', 'who takes it; default: who held it, else the head there', holderFrom),
    'office-ended',
  ).action(async (given: Given & { office?: string; to?: Holder }) => {
    const { office, to } = given;
    await run({ ...(office !== undefined && { fromOfficeId: office }), ...(to && { to }) }, given);
  });
  return new Command('work')
    .description('hand on open work: of an official who leaves, of offices that have ended')
    .addCommand(handOn)
    .addCommand(toSuccessors);
}

function withCommon(command: Command, reason: string): Command {
  return command
    .option('--reason <code>', 'why', reason)
    .option('--operation <uuid>', 'of an operation that was broken off', randomUUID())
    .option('--apply', 'do it, as one journalled operation', false)
    .option('--json', 'every one of them, as data', false);
}

async function run(transfer: Transfer, { operation, reason, apply, json }: Given): Promise<void> {
  const desk = await deskAsAdministrator();
  const shown = shownProgress(await openDossiers(), 'dossiers');
  if (!apply) {
    const found = await previewOf(desk, transfer, shown);
    print(json ? JSON.stringify(found, null, 2) : storyOf(found));
    return;
  }
  print(`operation ${operation}`);
  const { moved, left } = await handedOn(desk, { ...transfer, operationId: operation, reasonCode: reason }, shown);
  print(`${moved} dossiers changed hands.`);
  for (const one of left.slice(0, ROWS_SHOWN)) print(`  ${one.code ?? one.dossierId} stays: ${one.reason}`);
  if (left.length > ROWS_SHOWN) print(`  ... and ${left.length - ROWS_SHOWN} more stay.`);
  process.exitCode = left.length > 0 ? exitCodes.failure : exitCodes.ok;
}

/** Every dossier that would change hands. */
export async function previewOf(
  desk: ServiceFetch,
  { fromOfficialId, fromOfficeId, to }: Transfer,
  shown: ShownProgress,
): Promise<readonly TransferableDossier[]> {
  const asked = { fromOfficialId, fromOfficeId, toOfficialId: to?.officialId, toPostId: to?.postId };
  const ask = async (after: string | null) => {
    const query = new URLSearchParams({ limit: String(LOOKED_AT_ONCE) });
    for (const [name, value] of Object.entries({ ...asked, after })) if (value) query.set(name, value);
    const path = `/work-transfers?${query.toString()}`;
    const { body } = await desk<{ dossiers: readonly TransferableDossier[]; next: string | null }>({
      method: 'GET',
      path,
    });
    return { ...body, checked: body.dossiers.length };
  };
  const pages = await allPages(shown, ask, (so) => `${totalOf(so, 'checked')} would change hands`);
  return pages.flatMap(({ dossiers }) => dossiers);
}

/** What `desk` did with a page. */
interface TransferredPage {
  readonly checked: number;
  readonly moved: number;
  readonly left: readonly { readonly dossierId: string; readonly code: string | null; readonly reason: string }[];
  readonly next: string | null;
}

/** Decides, and hands on page after page. Done again with the same operation it does what is left. */
export async function handedOn(
  desk: ServiceFetch,
  decision: Transfer & { readonly operationId: string; readonly reasonCode: string },
  shown: ShownProgress,
): Promise<Pick<TransferredPage, 'moved' | 'left'>> {
  await desk({ method: 'POST', path: '/work-transfers', body: decision });
  const path = `/work-transfers/${decision.operationId}/pages`;
  const ask = async (after: string | null) => {
    const body: object = { limit: MOVED_AT_ONCE, ...(after !== null && { after }) };
    return (await desk<TransferredPage>({ method: 'POST', path, body })).body;
  };
  const pages = await allPages(shown, ask, (so) => `${totalOf(so, 'moved')} changed hands`);
  return { moved: totalOf(pages, 'moved'), left: pages.flatMap(({ left }) => left) };
}

/** What would change hands, for people: how many, from whom to whom, and the first of them. */
export function storyOf(dossiers: readonly TransferableDossier[]): string {
  const counts = new Map<string, number>();
  for (const { from, to, takesTwo } of dossiers) {
    const stays = takesTwo ? 'nobody: it is late and stays, for it takes two persons' : 'nobody: it stays';
    const way = `${named(from)} -> ${to ? named(to) : stays}`;
    counts.set(way, (counts.get(way) ?? 0) + 1);
  }
  const rows = dossiers
    .slice(0, ROWS_SHOWN)
    .map(({ code, dossierId, officeId, status, due, timeZone, from, to }) => [
      code ?? dossierId,
      officeId,
      status,
      onWall(due.appointmentAt ?? due.legalDueAt ?? due.acceptanceDueAt, timeZone),
      named(from),
      to ? named(to) : '-',
    ]);
  return [
    `${dossiers.length} open dossiers would change hands; none of their dates moves.`,
    ...[...counts].map(([way, count]) => `  ${count}: ${way}`),
    ...(rows.length > 0 ? ['', table([['dossier', 'received by', 'state', 'due', 'from', 'to'], ...rows])] : []),
    ...(dossiers.length > ROWS_SHOWN ? [`... and ${dossiers.length - ROWS_SHOWN} more: --json has all.`] : []),
    ...(dossiers.length > 0 ? ['Nothing was written; --apply does it.'] : []),
  ].join('\n');
}

function named({ officialId, postId }: Holder): string {
  return `${officialId}/${postId}`;
}

function holderFrom(text: string): Holder {
  const [officialId, postId, ...rest] = text.split('/');
  if (!officialId || !postId || rest.length > 0) throw new InvalidArgumentError('Write it as official/post.');
  return { officialId, postId };
}
