import { Command } from 'commander';
import { CalendarNotValid } from '#calendar';
import {
  bodiesOf,
  dossierFrom,
  feeLedgerOf,
  holderOf,
  latenessOf,
  livedUntil,
  type Fact,
  type Timekeeping,
} from '#domain';
import { defaultDataFolder, readStack, type StackFile } from '#local';
import { asOwner } from '../stack-access';
import { print } from '../terminal';
import { countingOf, findDossier, namesFrom, noticesOf, nowOf } from './find-dossier';
import { bodiesStoryOf, feesStoryOf, latenessStoryOf, noticeStoryOf, storyOf, type NameOf } from './story';

/** `motcua history CODE`: the life of one dossier, as a story or as the record. */
export function historyCommand(): Command {
  return new Command('history')
    .argument('<code>', 'the dossier’s code, for example H41.85-261123-0001')
    .description(
      'print the life of a dossier: what happened, who answered, which rungs rang, who was told, and whose the lateness is',
    )
    .option('--record', 'every entry as journalled instead of the story')
    .action(async (code: string, { record = false }: { record?: boolean }) => {
      const lifeOf = record ? recordOf : lifeStoryOf;
      for (const line of await lifeOf(readStack(defaultDataFolder()), code)) print(line);
    });
}

/** The dossier's life in lines for people. @throws LocalProblem when no dossier has the code */
export async function lifeStoryOf(stack: Pick<StackFile, 'ownerUrl'>, code: string): Promise<readonly string[]> {
  return asOwner(stack, async (client) => {
    const { dossierId, events } = await findDossier(client, code);
    const dossier = dossierFrom(events);
    const nameOf = await namesFrom(
      client,
      dossier.links.map(({ otherDossierId }) => otherDossierId),
    );
    const counting = await countingOf(client, dossier);
    const until = livedUntil(dossier, await nowOf(client));
    const { timeZone } = counting.presentCalendar;
    const held = `held ${dossier.endedAt === null ? '' : 'last '}by ${nameOf(holderOf(dossier).officialId)}`;
    return [
      `${code}  ${dossier.status}, ${held}  (${timeZone})`,
      ...storyOf(events, nameOf, timeZone),
      ...feesStoryOf(feeLedgerOf(dossier.fees)),
      ...noticeStoryOf(await noticesOf(client, dossierId), timeZone),
      ...latenessesOf(events, counting, until, nameOf),
    ];
  });
}

/** Against every promise, and of each body on its own account. Where the calendar has ended, that is said: the story is worth telling without. */
function latenessesOf(
  events: readonly Fact[],
  counting: Pick<Timekeeping, 'procedure' | 'presentCalendar'>,
  until: string,
  nameOf: NameOf,
): readonly string[] {
  const { timeZone } = counting.presentCalendar;
  try {
    const lateness = (['acceptanceDueAt', 'appointmentAt', 'legalDueAt'] as const).flatMap((name) =>
      latenessStoryOf(latenessOf(name, events, counting, until), nameOf, timeZone),
    );
    return [...lateness, ...bodiesStoryOf(bodiesOf(events, counting, until), nameOf)];
  } catch (error) {
    if (error instanceof CalendarNotValid) return [`whether it is late cannot be told: ${error.message}`];
    throw error;
  }
}

async function recordOf(stack: StackFile, code: string): Promise<readonly string[]> {
  return asOwner(stack, async (client) => {
    const { dossierId, events, hashes } = await findDossier(client, code);
    const notices = (await noticesOf(client, dossierId)).filter(({ body }) => body !== null);
    return [
      ...events.map((event, index) => ({ hash: hashes[index], ...event })),
      ...notices.map(({ body, hash }) => ({ hash, ...(JSON.parse(body ?? '{}') as object) })),
    ].map((entry) => JSON.stringify(entry, null, 2));
  });
}
