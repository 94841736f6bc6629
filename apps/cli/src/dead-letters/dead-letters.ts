import { Argument, Command, Option } from 'commander';
import { consumers, discardReasons, type Consumer, type DiscardReason } from '#contracts';
import { defaultDataFolder, readStack } from '#local';
import { serviceFetch, type WholeLetterView } from '#platform';
import { administratorOf, holderNamed, serviceFor } from '../stack-access';
import { print, table } from '../terminal';
import { discardLetter, letterOf, putAside, resendLetter, type PutAside, type Reach } from './letters';

/** Whose stack, and as whom: the running one as its administrator, unless said otherwise. */
type Where = { readonly [Url in Consumer]?: string } & { readonly as?: string; readonly token?: string };

/** `motcua dead-letters`: what consumers put aside, and what becomes of it once the cause is known. */
export function deadLettersCommand(): Command {
  const command = new Command('dead-letters')
    .description('messages that a consumer could not apply')
    .option('--as <official>', 'who acts; an administrator of the running stack unless named')
    .option('--clock <url>', 'where clock answers, for a stack elsewhere')
    .option('--oversight <url>', 'where oversight answers, for a stack elsewhere')
    .option('--token <token>', 'of somebody who may, made out to desk and the consumer, for a stack elsewhere');
  const reach = () => reachOf(command.opts<Where>());

  const which = new Argument('<consumer>').choices(consumers);
  const list = new Command('list')
    .description('what was put aside, oldest first')
    .addArgument(new Argument('[consumer]').choices(consumers))
    .action(async (only?: Consumer) => {
      const letters = await putAside(await reach(), only ? [only] : consumers);
      print(letters.length === 0 ? 'Nothing was put aside.' : lettersTable(letters));
    });
  const show = new Command('show')
    .description('one of them, with the message as it came')
    .addArgument(which)
    .argument('<id>', 'as listed')
    .action(async (consumer: Consumer, id: string) => print(shown(await letterOf(await reach(), consumer, id))));
  const resend = new Command('resend')
    .description('let the waiting dossier go on from its journal, once the cause is mended')
    .addArgument(which)
    .argument('<id>', 'as listed')
    .action(async (consumer: Consumer, id: string) =>
      print(`${await resendLetter(await reach(), consumer, id)} goes on from its journal.`),
    );
  const discard = new Command('discard')
    .description('take the message away, which is journalled; its dossier goes on from its journal')
    .addArgument(which)
    .argument('<id>', 'as listed')
    .addOption(new Option('--reason <code>', 'journalled').choices(discardReasons).makeOptionMandatory())
    .action(async (consumer: Consumer, id: string, { reason }: { reason: DiscardReason }) => {
      const stream = await discardLetter(await reach(), consumer, id, reason);
      print(stream === null ? 'Discarded.' : `Discarded; ${stream} goes on from its journal.`);
    });
  return command.addCommand(list, { isDefault: true }).addCommand(show).addCommand(resend).addCommand(discard);
}

/** The services of a running stack on this machine, as its administrator unless somebody is named. */
export async function reachOf(
  { as: officialId, token, ...urls }: Where,
  dataFolder = defaultDataFolder(),
): Promise<Reach> {
  if (token !== undefined) {
    const elsewhere = (consumer: Consumer) =>
      serviceFetch({
        baseUrl: urls[consumer] ?? readStack(dataFolder).services[consumer],
        timeoutMs: 30_000,
        token: () => Promise.resolve(token),
      });
    return { clock: elsewhere('clock'), oversight: elsewhere('oversight') };
  }
  const stack = readStack(dataFolder);
  const holder = await (officialId === undefined ? administratorOf(stack) : holderNamed(stack, officialId));
  const here = (consumer: Consumer) => serviceFor(urls[consumer] ?? stack.services[consumer], dataFolder, holder);
  return { clock: here('clock'), oversight: here('oversight') };
}

function lettersTable(letters: readonly PutAside[]): string {
  const rows = letters.map(({ consumer, id, stream, reason, recordedAt }) => [
    consumer,
    id,
    recordedAt,
    stream ?? 'none',
    reason,
  ]);
  return table([['consumer', 'id', 'put aside at', 'stream', 'reason'], ...rows]);
}

function shown({ value, ...letter }: WholeLetterView): string {
  const facts = Object.entries(letter).map(([name, fact]) => `${name.padEnd(10)} ${JSON.stringify(fact ?? 'none')}`);
  // What a stranger sent may hold what a terminal obeys: all of it is shown as JSON text.
  return [...facts, '', JSON.stringify(value)].join('\n');
}
