import { allHandlersFinished, condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

/** Whatever is sent along, of the size of a dossier's entries. */
type Entries = readonly unknown[];

const events = defineSignal<[Entries]>('events');

/** A life as bare as it can be: it starts, asleep, hears everything in one signal, and completes. */
export async function bareLife(order: Entries): Promise<number> {
  const heard = [...order];
  setHandler(events, (entries) => {
    heard.push(...entries);
  });
  await condition(() => heard.length > order.length);
  await condition(allHandlersFinished);
  return heard.length;
}

const { ring } = proxyActivities<{ ring: (id: string) => Promise<Entries> }>({ startToCloseTimeout: '30 seconds' });

/** A timer as bare as it can be: when its delay is over it says so by an activity, and goes on waiting to be told. */
export async function bareTimer(id: string, order: Entries): Promise<number> {
  const heard = [...order];
  setHandler(events, (entries) => {
    heard.push(...entries);
  });
  heard.push(...(await ring(id)));
  await condition(() => heard.length > order.length + 1);
  return heard.length;
}
