import { Command } from 'commander';
import { defaultDataFolder, issueToken, keysIn, readStack } from '#local';
import { holderNamed } from './stack-access';
import { print } from './terminal';

/** `motcua token --as NAME`: what sign-in will issue later. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print a token for an official of the running stack; it holds for five minutes')
    .requiredOption('--as <official>', 'id of the official, for example lan')
    .option('--post <post>', 'which of several posts')
    .action(async (options: { as: string; post?: string }) => {
      const dataFolder = defaultDataFolder();
      const holder = await holderNamed(readStack(dataFolder), options.as, options.post);
      print(await issueToken(keysIn(dataFolder), holder));
    });
}
