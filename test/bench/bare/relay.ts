import type { Pool, PoolClient } from 'pg';
import type { BareKafka, BareMessage } from './kafka';

const ENTRIES_AT_ONCE = 1_000;

/**
 * What a relay must do at least, in series: number the entries, read them in that order, send them, note how far it came.
 * The statements are those of `desk`'s relay, on copies of its tables.
 */
export async function bareRelay(database: Pool, kafka: BareKafka, topic: string): Promise<{ perSecond: number }> {
  await database.query(`drop schema if exists bare_relay cascade; create schema bare_relay;
    ${['journal', 'unfed', 'feed', 'feed_progress']
      .map((table) => `create table bare_relay.${table} (like desk.${table} including all);`)
      .join('\n')}
    insert into bare_relay.journal select * from desk.journal;
    insert into bare_relay.unfed select stream, sequence from desk.journal;
    insert into bare_relay.feed_progress values ('kafka', 0);`);
  const client = await database.connect();
  try {
    const beganAt = performance.now();
    while ((await number(client)) > 0);
    let sent = 0;
    for (let entries = await unsent(client); entries.length > 0; entries = await unsent(client)) {
      await kafka.send(topic, entries);
      sent += entries.length;
      await client.query(`update bare_relay.feed_progress set sent_position = $1 where reader = 'kafka'`, [sent]);
    }
    return { perSecond: sent / ((performance.now() - beganAt) / 1_000) };
  } finally {
    client.release();
  }
}

async function number(client: PoolClient): Promise<number> {
  const { rowCount } = await client.query(
    `with taken as (
       delete from bare_relay.unfed where (stream, sequence) in
         (select stream, sequence from bare_relay.unfed order by stream, sequence limit $1)
       returning stream, sequence)
     insert into bare_relay.feed (position, stream, sequence)
     select (select coalesce(max(position), 0) from bare_relay.feed) + row_number() over (order by stream, sequence), stream, sequence
     from taken`,
    [ENTRIES_AT_ONCE],
  );
  return rowCount ?? 0;
}

async function unsent(client: PoolClient): Promise<readonly BareMessage[]> {
  const { rows } = await client.query<BareMessage>(
    `select f.position, j.stream as key, j.body as value
     from bare_relay.feed f join bare_relay.journal j using (stream, sequence)
     where f.position > (select sent_position from bare_relay.feed_progress where reader = 'kafka')
     order by f.position limit $1`,
    [ENTRIES_AT_ONCE],
  );
  return rows.map(({ key, value }) => ({ key, value }));
}
