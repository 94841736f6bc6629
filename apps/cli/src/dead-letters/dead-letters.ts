import { Command } from 'commander';
import type { Client } from 'pg';
import { defaultDataFolder, LocalProblem, readStack, type StackFile } from '#local';
import { kafkaPublisher, topics } from '#messaging';
import { createLogger } from '#platform';
import { asOwner } from '../stack-access';
import { print, table } from '../terminal';

/** The services that put messages aside, and where each remembers that a stream waits. */
const consumers = {
  clock: 'update clock.watch set blocked = false where dossier_id::text = $1',
  oversight: 'update oversight.inbox set blocked = false where stream = $1',
} as const;
type Consumer = keyof typeof consumers;

/** A message that a consumer could not apply; its stream, where it names one, waits. */
export interface PutAside {
  readonly consumer: Consumer;
  readonly id: string;
  readonly stream: string | null;
  readonly reason: string;
  readonly recordedAt: Date;
}

/** `motcua dead-letters`: what consumers put aside, and sending it again once the cause is mended. */
export function deadLettersCommand(): Command {
  const list = new Command('list').description('what was put aside, oldest first').action(async () => {
    const letters = await putAside(readStack(defaultDataFolder()));
    if (letters.length === 0) print('Nothing was put aside.');
    else print(lettersTable(letters));
  });
  const resend = new Command('resend')
    .argument('<consumer>', 'clock or oversight')
    .argument('<id>', 'as listed')
    .description(
      'let the waiting dossier go on: its newest entry is told again, and the consumer fetches what it lacks',
    )
    .action(async (consumer: string, id: string) =>
      print(await resendLetter(readStack(defaultDataFolder()), consumer, id)),
    );
  return new Command('dead-letters')
    .description('messages that a consumer could not apply')
    .addCommand(list, { isDefault: true })
    .addCommand(resend);
}

/** Everything that consumers have put aside. */
export async function putAside(stack: Pick<StackFile, 'ownerUrl'>): Promise<readonly PutAside[]> {
  return asOwner(stack, async (client) => (await client.query<PutAside>(allLetters)).rows);
}

const allLetters = `
  select 'clock' as consumer, id::text, stream, reason, recorded_at as "recordedAt" from clock.dead_letter
  union all
  select 'oversight', id::text, stream, reason, recorded_at from oversight.dead_letter
  order by 5, 1, 2`;

/**
 * Takes a letter from the table. Where it names a stream, that stream no longer waits, and the newest of its entries that were told
 * is told once more; who has applied it already passes over it.
 *
 * @throws LocalProblem when there is no such letter
 */
export async function resendLetter(stack: StackFile, consumer: string, id: string): Promise<string> {
  const letter = (await putAside(stack)).find((one) => one.consumer === consumer && one.id === id);
  if (!letter)
    throw new LocalProblem(`No letter ${id} was put aside by ${consumer}.`, 'motcua dead-letters lists them.');
  return asOwner(stack, async (client) => {
    await client.query('begin');
    await client.query(`delete from ${letter.consumer}.dead_letter where id = $1 or stream = $2`, [id, letter.stream]);
    if (letter.stream !== null) await client.query(consumers[letter.consumer], [letter.stream]);
    await client.query('commit');
    // Read after the stream goes on: what is told from now on is heard without our help.
    const newest = letter.stream === null ? null : await newestToldEntry(client, letter.stream);
    if (letter.stream === null || newest === null)
      return 'Taken away; nothing of its stream was told yet that could be sent again.';
    await tellAgain(stack, letter.stream, newest);
    return `${letter.stream} goes on from its journal.`;
  });
}

/** Of those that the relay has told: an entry told ahead of it would come before its predecessors. */
async function newestToldEntry(client: Client, stream: string): Promise<string | null> {
  const { rows } = await client.query<{ body: string }>(
    `select j.body from desk.journal j join desk.feed f using (stream, sequence)
     where j.stream = $1 and f.position <= (select sent_position from desk.feed_progress where reader = 'kafka')
     order by j.sequence desc limit 1`,
    [stream],
  );
  return rows[0]?.body ?? null;
}

async function tellAgain({ brokers }: StackFile, stream: string, body: string): Promise<void> {
  const log = createLogger({ name: 'dead-letters', level: 'silent' });
  const publisher = kafkaPublisher({ brokers: [...brokers], clientId: 'motcua-dead-letters', log });
  try {
    await publisher.publish(topics.dossier, [{ key: stream, value: body }]);
  } finally {
    await publisher.close();
  }
}

function lettersTable(letters: readonly PutAside[]): string {
  const rows = letters.map(({ consumer, id, stream, reason, recordedAt }) => [
    consumer,
    id,
    recordedAt.toISOString(),
    stream ?? 'none',
    reason,
  ]);
  return table([['consumer', 'id', 'put aside at', 'stream', 'reason'], ...rows]);
}
