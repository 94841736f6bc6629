import { Command } from 'commander';
import { dossierFrom, holderOf } from '#domain';
import { defaultDataFolder, readStack } from '#local';
import { asOwner } from '../stack-access';
import { print } from '../terminal';
import { findDossier, namesFrom, zoneOf } from './find-dossier';
import { storyOf } from './story';

/** `motcua history CODE`: the life of one dossier, as a story or as the record. */
export function historyCommand(): Command {
  return new Command('history')
    .argument('<code>', 'the dossier’s code, for example H41.85-261123-0001')
    .description('print the life of a dossier: what happened, who answered, which rungs rang and who was told')
    .option('--record', 'every entry as journalled instead of the story')
    .action(async (code: string, { record = false }: { record?: boolean }) => {
      await asOwner(readStack(defaultDataFolder()), async (client) => {
        const { events, hashes } = await findDossier(client, code);
        if (record) {
          events.forEach((event, index) => print(JSON.stringify({ hash: hashes[index], ...event }, null, 2)));
          return;
        }
        const dossier = dossierFrom(events);
        const nameOf = await namesFrom(client);
        const timeZone = await zoneOf(client, dossier.calendar);
        const lines = storyOf(events, nameOf, timeZone);
        print(
          `${code}  ${dossier.status}, held ${dossier.endedAt === null ? '' : 'last '}by ${nameOf(holderOf(dossier).officialId)}  (${timeZone})`,
        );
        for (const line of lines) print(line);
      });
    });
}
