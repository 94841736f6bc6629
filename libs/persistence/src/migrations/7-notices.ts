import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What applicants are told, and what became of it; rows are written with the entry that causes them. And which mails to officials
 * went out as one.
 */
export class Notices1764300000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.notice (
  dossier_id      uuid        not null,
  cause_sequence  integer     not null,
  kind            text        not null,
  state           text        not null default 'pending'
                  check (state in ('pending', 'sent', 'failed', 'not-possible', 'not-sent')),
  means           text,
  attempts        integer     not null default 0,
  reason          text,
  last_answer     text,
  created_at      timestamptz not null default clock_timestamp(),
  next_attempt_at timestamptz not null default clock_timestamp(),
  settled_at      timestamptz,
  entry_sequence  integer,
  primary key (dossier_id, cause_sequence, kind),
  check ((state = 'pending') = (settled_at is null)),
  check ((state = 'pending') = (entry_sequence is null))
);
comment on table desk.notice is
  'What an applicant is told because of entry cause_sequence of the dossier, written in its transaction; sent later, at least once, with an id made of the key. Real time throughout. While somebody sends it, next_attempt_at is the end of their lease and attempts says whose it is. entry_sequence is its entry in the journal''s stream notices. Neither address nor text is kept; last_answer is a code.';
create index notice_pending on desk.notice (next_attempt_at) where state = 'pending';
create index notice_failed on desk.notice (settled_at) where state = 'failed';

alter table oversight.delivery add column sent_with text;
comment on column oversight.delivery.sent_with is
  'Message-ID of the one mail that tells this alert and others, given before it is sent; null for a mail of its own.';
create index delivery_sent_with on oversight.delivery (sent_with) where state = 'pending' and sent_with is not null;
create index delivery_pending_of on oversight.delivery (addressee_official_id, next_attempt_at) where state = 'pending';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.notice; alter table oversight.delivery drop column sent_with');
  }
}
