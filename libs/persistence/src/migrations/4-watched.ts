import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Open dossiers, those that ended a moment ago and those that are blocked are found without reading all of years. A letter is
 * known by its key too: a Kafka that was set up anew counts from the start, and what came from the journal has no offset.
 */
export class Watched1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index dossier_open on desk.dossier (dossier_id) where ended_at is null;
create index dossier_ended on desk.dossier (last_recorded_at) where ended_at is not null;
create index watch_blocked on clock.watch (dossier_id) where blocked;
alter table clock.dead_letter
  drop constraint dead_letter_topic_partition_kafka_offset_key,
  add constraint dead_letter_once unique (topic, partition, kafka_offset, message_key);
alter table oversight.dead_letter
  drop constraint dead_letter_topic_partition_kafka_offset_key,
  add constraint dead_letter_once unique (topic, partition, kafka_offset, message_key);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index desk.dossier_open, desk.dossier_ended, clock.watch_blocked;
alter table clock.dead_letter drop constraint dead_letter_once, add unique (topic, partition, kafka_offset);
alter table oversight.dead_letter drop constraint dead_letter_once, add unique (topic, partition, kafka_offset);
`);
  }
}
