import { Command } from 'commander';
import { environment } from '#platform';
import { defaultDataFolder, LocalProblem, outsideAddresses, removeData, startStack, type Stack } from '#local';
import { print, report, table } from '../terminal';
import { demoContent, loadContent } from './content';

/** `motcua start` (`npm start`): brings up everything and stays until Ctrl-C. */
export function startCommand(): Command {
  return new Command('start')
    .description('start everything on this machine, with the demo office; Ctrl-C stops it')
    .option('--fresh', 'start over: remove the data of earlier starts first')
    .action(async ({ fresh = false }: { fresh?: boolean }) => {
      const dataFolder = defaultDataFolder();
      if (fresh) startOver(dataFolder);
      const interrupted = untilInterrupted();
      const stack = await startStack({ dataFolder, ports: 'fixed', report });
      try {
        report('loading the demo office');
        await loadContent(stack, demoContent());
        print(welcome(stack));
        await interrupted;
      } finally {
        report('stopping');
        await stack.stop();
        report('stopped; the data stays for the next start');
      }
      process.exit(0);
    });
}

function startOver(dataFolder: string): void {
  const set = outsideAddresses.filter((name) => environment(name) !== undefined);
  if (set.length > 0) {
    throw new LocalProblem(
      `--fresh removes only what this project made, and ${set.join(', ')} point${set.length === 1 ? 's' : ''} elsewhere.`,
      'Unset it, or empty those servers yourself.',
    );
  }
  removeData(dataFolder, report);
}

/** Resolves at Ctrl-C or a polite kill; a second one does not cut the stopping short. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.on('SIGINT', () => resolve()).on('SIGTERM', () => resolve());
  });
}

function welcome({ services, servers, dataFolder }: Stack): string {
  const { postgres, kafka, temporal } = servers;
  const database = new URL(postgres.ownerUrl);
  return `
${table([
  ['what', 'where', 'how it was got'],
  ['desk', services.desk, 'built here'],
  ['clock', services.clock, 'built here'],
  ['oversight', services.oversight, 'built here'],
  ['PostgreSQL', `${database.host}${database.pathname}`, postgres.how],
  ['Kafka', kafka.brokers.join(','), kafka.how],
  ['Temporal', temporal.address, temporal.how],
  ...(temporal.ui ? [["Temporal's pages", temporal.ui, 'comes with it']] : []),
  ['data and logs', dataFolder, ''],
])}

Try next, in another terminal:
  npx motcua token --as lan     a token for the clerk of the demo office; the README's tour goes on from there
  npx motcua doctor             is everything well?
Ctrl-C here stops all of it.`;
}
