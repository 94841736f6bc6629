import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkCalendar, type Instant } from '#calendar';
import type { Stack } from '#local';
import type { ServiceFetch } from '#platform';
import { live } from '../replay/live';
import { holderNamed, migratorOf, serviceFor } from '../stack-access';
import type { StartingContent } from '../start/content';
import { report } from '../terminal';
import { demoYear, type DemoCommand, type DemoProcedure } from './year';

/** What a folder's demo is made from: kept, so that a later start goes on with the same. */
interface DemoOrigin {
  readonly seed: number;
  readonly from: Instant;
}

/** Where the demo of a folder begins: now, or as its first start wrote it down. */
async function originOf({ dataFolder }: Stack, desk: ServiceFetch): Promise<DemoOrigin> {
  const path = join(dataFolder, 'demo.json');
  if (!existsSync(path)) {
    const { body } = await desk<{ now: Instant }>({ method: 'GET', path: '/time' });
    writeFileSync(path, JSON.stringify({ seed: 7, from: body.now }));
  }
  return JSON.parse(readFileSync(path, 'utf8')) as DemoOrigin;
}

/** The demo's office, with somebody who may record what is past. */
export function withMigrator(content: StartingContent): StartingContent {
  const { organisation } = content;
  const [office] = organisation.offices;
  if (!office) throw new Error('The demo has no office.');
  const post = {
    id: `${office.id}-migrator`,
    officeId: office.id,
    name: 'Chuyển dữ liệu',
    roles: ['migrator' as const],
  };
  const official = { id: 'kien', name: 'Trịnh Trung Kiên', email: null };
  const tenure = { officialId: official.id, postId: post.id, from: '2025-06-30T17:00:00.000Z', until: null };
  return {
    ...content,
    organisation: {
      ...organisation,
      posts: [...organisation.posts, post],
      officials: [...organisation.officials, official],
      tenures: [...organisation.tenures, tenure],
    },
  };
}

/**
 * Lives the year before the demo began, then goes on as its officials until interrupted. What was done in an earlier start is
 * answered again and not done twice.
 */
export async function liveDemo(stack: Stack, content: StartingContent, interrupted: AbortSignal): Promise<void> {
  const migrator = serviceFor(stack.services.desk, stack.dataFolder, await migratorOf(stack));
  const { seed, from } = await originOf(stack, migrator);
  const commands = demoYear({
    seed,
    now: from,
    calendar: parseWorkCalendar(content.calendars.find((one) => (one as { id: string }).id === 'vn-office')),
    procedures: content.procedures as readonly DemoProcedure[],
  });
  const past = commands.filter(({ by }) => by === null).length;
  report(`recording the year before: ${past} acts`);
  const deskOf = await desks(stack, migrator, commands);
  const answered = (done: number) =>
    done === past && report('the year before is there; from now on work is done as it comes');
  const refused = await live({
    plan: { commands },
    desk: migrator,
    deskFor: ({ by }) => deskOf(by),
    sha256: `demo-${seed}`,
    progress: { answered, away: report },
    interrupted,
  });
  report(`the demo's work is done; ${refused.length} of ${commands.length} acts were refused`);
}

/** Desk as each of those who act; null is whoever records the past. */
async function desks(
  stack: Stack,
  migrator: ServiceFetch,
  commands: readonly DemoCommand[],
): Promise<(by: string | null) => ServiceFetch> {
  const people = new Set(commands.flatMap(({ by }) => by ?? []));
  const own = new Map<string, ServiceFetch>();
  for (const id of people) own.set(id, serviceFor(stack.services.desk, stack.dataFolder, await holderNamed(stack, id)));
  return (by) => (by === null ? migrator : (own.get(by) ?? migrator));
}
