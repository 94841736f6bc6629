import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { serviceNames, type ServerName, type StackService } from '#local';
import { kafkaPublisher, kafkaSubscriber, topics, type OutgoingMessage } from '#messaging';
import { createLogger } from '#platform';
import type { LinkMode } from '#testing';
import { killAt, killPointNames, killPoints, type KillPointName } from './kill-points';
import { Random } from '../../apps/cli/src/demo/random';
import { linkNames, serverNames, type LinkName, type Stage } from './stage';

/** Something that goes wrong from outside, and is over when its promise resolves. */
export interface Fault {
  readonly says: string;
  /** Answers false when what it waits for did not come. */
  readonly inject: (stage: Stage) => Promise<boolean>;
}

/** The next fault of a seed: how often each kind comes is its share of the table. */
export function nextFault(random: Random): Fault {
  return random.pick(kinds)(random);
}

const kinds: readonly ((random: Random) => Fault)[] = [
  (random) => killPoint(random.pick(killPointNames)),
  (random) => killPoint(random.pick(killPointNames)),
  (random) => killPoint(random.pick(killPointNames)),
  (random) => killPoint(random.pick(killPointNames)),
  (random) => serviceKilled(random.pick(serviceNames)),
  (random) => serverKilled(random.pick(serverNames), random.pick([0, 5, 20])),
  (random) => powerCut(random.shuffled(serverNames)),
  (random) => partition(random.pick(linkNames), random.pick(partitions), random.pick([5, 15, 30])),
  (random) => partition(random.pick(linkNames), random.pick(partitions), random.pick([5, 15, 30])),
  (random) => clogged(random.shuffled(linkNames).slice(0, 3), random.shuffled([0, 1, 2])),
  (random) => partition(random.pick(linkNames), 'slow', 15),
  (random) => resets(random.pick(linkNames), 5),
  (random) => frozen(random.pick([...serviceNames, ...serverNames]), random.pick([5, 15])),
  () => anotherClock(),
  () => toldAgain('in order'),
  // Numbers of its own: how many it draws depends on how many messages there are, and the next fault must not.
  (random) => toldAgain(new Random(random.next() * 2 ** 32)),
];

const partitions = ['cut', 'hold to server', 'hold to client', 'hold both ways'] as const satisfies readonly LinkMode[];

export function killPoint(name: KillPointName): Fault {
  const { victim, says, moment } = killPoints[name];
  return { says: `${name}: ${victim} killed ${says} (${moment})`, inject: (stage) => killAt(stage, name) };
}

export function serviceKilled(name: StackService): Fault {
  return done(`${name} killed`, (stage) => {
    stage.kill(name);
    return Promise.resolve();
  });
}

export function serverKilled(name: ServerName, downS: number): Fault {
  return done(`${name} killed, down ${downS} s`, async (stage) => {
    await stage.killServer(name);
    await seconds(downS);
    await stage.startServer(name);
  });
}

/** Everything at once; services come again by themselves, servers in the order given. */
export function powerCut(order: readonly ServerName[]): Fault {
  return done(`power cut; ${order.join(', then ')} started`, async (stage) => {
    for (const name of serviceNames) stage.kill(name);
    await Promise.all(serverNames.map((name) => stage.killServer(name)));
    for (const name of order) {
      await seconds(2);
      await stage.startServer(name);
    }
  });
}

export function partition(name: LinkName, mode: LinkMode, forS: number): Fault {
  return done(`link ${name}: ${mode}, ${forS} s`, async ({ links }) => {
    links[name].set(mode);
    await seconds(forS);
    links[name].set('pass');
  });
}

/** Stopped one by one, whole again in another order. */
function clogged(names: readonly LinkName[], order: readonly number[]): Fault {
  return done(`links ${names.join(', ')} clogged one by one`, async ({ links }) => {
    for (const name of names) {
      links[name].set('hold both ways');
      await seconds(3);
    }
    for (const index of order) {
      await seconds(3);
      links[names[index]!].set('pass');
    }
  });
}

function resets(name: LinkName, times: number): Fault {
  return done(`link ${name}: every connection reset ${times} times`, async ({ links }) => {
    for (let count = 0; count < times; count += 1) {
      links[name].reset();
      await seconds(1);
    }
  });
}

/** Its clock stands still with it, and goes on from later. */
function frozen(name: StackService | ServerName, forS: number): Fault {
  return done(`${name} frozen for ${forS} s`, async (stage) => {
    stage.freeze(name, 'SIGSTOP');
    await seconds(forS);
    stage.freeze(name, 'SIGCONT');
  });
}

function anotherClock(): Fault {
  return done('another clock joins, and leaves after 10 s', async ({ stack }) => {
    const another = await stack.startAnother('clock');
    await seconds(10);
    await another.stop();
  });
}

/** Tells every event once more: in the order of the topic, or in whatever order. First tellings are the relay's alone. */
export function toldAgain(order: 'in order' | Random): Fault {
  return done(
    `every message of the topic again, ${order === 'in order' ? order : 'in any order'}`,
    async ({ stack }) => {
      const log = createLogger({ name: 'faults', level: 'silent' });
      const options = { brokers: stack.brokers, clientId: 'motcua-faults', log };
      const told = new Map<string, OutgoingMessage>(); // What was told again before is no event more.
      const onFatal = (error: Error) => log.error({ err: error }, 'cannot hear what to tell again');
      const all = kafkaSubscriber({ ...options, groupId: randomUUID(), onFatal });
      await all.run([topics.dossier], (batch) => {
        for (const { key, value } of batch.messages)
          told.set(String(value), { key: String(key), value: String(value) });
        return Promise.resolve();
      });
      while ((await all.lag()) > 0) await seconds(0.2);
      await all.stop();
      const publisher = kafkaPublisher(options);
      const messages = [...told.values()];
      await publisher.publish(topics.dossier, order === 'in order' ? messages : order.shuffled(messages));
      await publisher.close();
    },
  );
}

function done(says: string, work: (stage: Stage) => Promise<void>): Fault {
  return { says, inject: (stage) => work(stage).then(() => true) };
}

function seconds(count: number): Promise<void> {
  return pause(count * 1_000);
}
