import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `desk`: the journal and what is derived from it, applicants' sealed data, catalogue and organisation. */
export class Desk1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(journal);
    await runner.query(dossiers);
    await runner.query(reference);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema desk cascade');
  }
}

const journal = `
create schema desk;

create table desk.journal (
  stream        text        not null,
  sequence      integer     not null check (sequence > 0),
  type          text        not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  body          text        not null,
  hash          char(64)    not null,
  previous_hash char(64),
  primary key (stream, sequence),
  check ((sequence = 1) = (previous_hash is null))
);
comment on table desk.journal is
  'All that happened, append-only. body holds the exact bytes of the CloudEvent that tells of the entry (RFC 8785 text); hash is their SHA-256, previous_hash that of the stream''s entry before. It is the outbox too.';

create table desk.unfed (
  stream   text    not null,
  sequence integer not null,
  primary key (stream, sequence)
);
comment on table desk.unfed is
  'Entries that the relay has not given a position yet: an index of what is missing from feed, written by the journal''s own trigger.';

create function desk.mark_unfed() returns trigger language plpgsql security definer set search_path = desk as $$
begin
  insert into desk.unfed (stream, sequence) values (new.stream, new.sequence);
  return null;
end $$;
create trigger journal_unfed after insert on desk.journal for each row execute function desk.mark_unfed();

create table desk.feed (
  position bigint  primary key,
  stream   text    not null,
  sequence integer not null,
  unique (stream, sequence)
);
comment on table desk.feed is
  'The one order in which entries are told: gap-free positions, given by the relay under its lock, in order per stream.';

create table desk.feed_progress (
  reader        text   primary key,
  sent_position bigint not null
);
comment on table desk.feed_progress is 'Up to which position Kafka has acknowledged.';
insert into desk.feed_progress values ('kafka', 0);

create table desk.answer (
  key          uuid        primary key,
  request_hash char(64)    not null,
  status       smallint    not null,
  etag         text,
  location     text,
  body         text        not null,
  recorded_at  timestamptz not null default clock_timestamp()
);
comment on table desk.answer is
  'The one answer of each Idempotency-Key, written in the transaction of its command.';
`;

const dossiers = `
create table desk.dossier (
  dossier_id         uuid        primary key,
  code               text        unique,
  version            integer     not null,
  status             text        not null,
  procedure_code     text        not null,
  office_id          text        not null,
  holder_official_id text        not null,
  holder_office_id   text        not null,
  earliest_due_at    timestamptz not null,
  next_wake_at       timestamptz,
  last_recorded_at   timestamptz not null,
  ended_at           timestamptz,
  last_sequence      integer     not null,
  last_hash          char(64)    not null,
  state              jsonb       not null
);
comment on table desk.dossier is
  'What the dossier''s entries add up to (state), and what it is listed and locked by. version is the ETag: people''s commands move it, escalations do not. earliest_due_at is infinity where nothing limits.';
create index dossier_open_by_due on desk.dossier (earliest_due_at, dossier_id) where ended_at is null;
create index dossier_by_holder on desk.dossier (holder_official_id, earliest_due_at, dossier_id) where ended_at is null;
create index dossier_by_office on desk.dossier (office_id, earliest_due_at, dossier_id);
create index dossier_by_wake on desk.dossier (next_wake_at) where next_wake_at is not null;

create table desk.responsibility_record (
  dossier_id  uuid        not null,
  sequence    integer     not null,
  official_id text        not null,
  post_id     text        not null,
  office_id   text        not null,
  from_at     timestamptz not null,
  until_at    timestamptz not null,
  working_ms  bigint      not null,
  primary key (dossier_id, sequence)
);
comment on table desk.responsibility_record is
  'Who held the dossier from when to when: one row, never edited, when an interval ends with entry sequence. Who holds it now stands in dossier.';
create index responsibility_by_official on desk.responsibility_record (official_id, until_at);

create table desk.escalation (
  dossier_id         uuid        not null,
  sequence           integer     not null,
  generation         integer     not null,
  rung               text        not null,
  due_at             timestamptz not null,
  responsible_id     text        not null,
  addressee_id       text,
  recorded_by        text        not null,
  withdrawn_sequence integer,
  primary key (dossier_id, sequence)
);
comment on table desk.escalation is 'Recorded escalations; the unique index is the wall against a rung that rings twice.';
create unique index escalation_once on desk.escalation (dossier_id, generation, rung) where withdrawn_sequence is null;

create table desk.dossier_key (
  dossier_id uuid  primary key,
  wrapped    bytea not null
);
comment on table desk.dossier_key is
  'The data key of each dossier, wrapped by a key from outside the database. Destroying the row erases the personal data.';

create table desk.applicant (
  dossier_id uuid    not null,
  sequence   integer not null,
  sealed     bytea   not null,
  primary key (dossier_id, sequence)
);
comment on table desk.applicant is
  'Applicant''s data as of entry sequence, sealed with the dossier''s key (AES-256-GCM). A correction adds a row.';

create table desk.remark (
  dossier_id uuid    not null,
  sequence   integer not null,
  sealed     bytea   not null,
  primary key (dossier_id, sequence)
);
comment on table desk.remark is 'Free text given with a command, sealed like the applicant''s data.';

create table desk.access_log (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  official_id text        not null,
  post_id     text        not null,
  office_id   text        not null,
  action      text        not null,
  dossier_id  uuid
);
comment on table desk.access_log is 'Every look at personal data. Append-only; moves no sequence, event or ETag.';

create table desk.code_counter (
  prefix text    not null,
  day    date    not null,
  drawn  integer not null,
  primary key (prefix, day)
);
comment on table desk.code_counter is
  'Dossier codes, drawn in blocks per prefix and day so that offices do not queue for one row. Gaps stay; nothing is reused.';
`;

const reference = `
create table desk.organisation (
  version   integer     primary key,
  sha256    char(64)    not null,
  body      jsonb       not null,
  loaded_at timestamptz not null default clock_timestamp()
);
comment on table desk.organisation is 'Offices, posts, officials and tenures as one whole; the highest version holds.';

create table desk.procedure_version (
  code    text    not null,
  version integer not null,
  sha256  char(64) not null,
  body    jsonb   not null,
  primary key (code, version)
);
comment on table desk.procedure_version is 'Never changed once loaded: a dossier keeps the version it was accepted with.';

create table desk.work_calendar (
  id      text not null,
  version text not null,
  ordinal integer generated always as identity,
  sha256  char(64) not null,
  body    jsonb not null,
  primary key (id, version)
);
comment on table desk.work_calendar is 'Never changed once loaded; the latest loaded of an id holds for new computations.';

create table desk.time_map (
  singleton     boolean     primary key default true check (singleton),
  mapped_origin timestamptz not null,
  real_origin   timestamptz not null,
  speed         double precision not null check (speed > 0),
  last_seen_at  timestamptz not null
);
comment on table desk.time_map is
  'Simulated time of this stack: mapped = mapped_origin + (real - real_origin) * speed. No row: real time.';
`;
