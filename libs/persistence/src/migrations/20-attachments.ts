import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The files of a dossier's papers. Their bytes lie in a store of their own; here is which they are, and whether they are harmless. */
export class Attachments1764300000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.attachment (
  attachment_id  uuid primary key,
  dossier_id     uuid not null references desk.dossier,
  component_code text,
  sealed_name    bytea not null,
  media_type     text not null,
  bytes          integer not null check (bytes > 0),
  sha256         text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  state          text not null check (state in ('quarantined', 'clean', 'infected', 'unscanned')),
  added_at       timestamptz not null,
  stored_at      timestamptz not null default clock_timestamp(),
  official_id    text not null,
  post_id        text not null,
  office_id      text not null
);
comment on table desk.attachment is
  'A file of a dossier''s papers, written with its entry attachment-added after its bytes were safe in the store. Of a row only state changes; nothing is deleted.';
comment on column desk.attachment.attachment_id is 'Also the key of its bytes in the store.';
comment on column desk.attachment.component_code is 'The paper of the procedure that it is; null for none of them.';
comment on column desk.attachment.sealed_name is 'What it was called, sealed with the dossier''s key. Its bytes are sealed with a key derived from that one.';
comment on column desk.attachment.media_type is 'By its first bytes, whatever its name says.';
comment on column desk.attachment.sha256 is 'Of the bytes as they were handed in, before they were sealed.';
comment on column desk.attachment.state is
  'quarantined: not served until the scanner has seen it. infected: kept for the auditor, never served. unscanned: this desk has no scanner.';
comment on column desk.attachment.added_at is 'Mapped time, as its entry.';
comment on column desk.attachment.stored_at is 'Real time, in which the scanner is waited for.';
create index attachment_by_dossier on desk.attachment (dossier_id, attachment_id);
create index attachment_quarantined on desk.attachment (attachment_id) where state = 'quarantined';

create table desk.attachment_withdrawal (
  attachment_id uuid primary key references desk.attachment,
  reason_code   text not null,
  withdrawn_at  timestamptz not null,
  official_id   text not null
);
comment on table desk.attachment_withdrawal is 'A file that was taken back, written with its entry attachment-withdrawn. The file stays. Append-only.';

create table desk.attachment_upload (
  attachment_id uuid primary key,
  begun_at      timestamptz not null default clock_timestamp()
);
comment on table desk.attachment_upload is
  'Bytes that may lie in the store and belong to no file yet: written before them, deleted with the file''s row. What is left after a day is swept, with its bytes. Real time.';

alter table desk.access_log add column attachment_id uuid;
comment on column desk.access_log.attachment_id is 'The file that was opened; null for a look at anything else, and at the list of files.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.access_log drop column attachment_id;
drop table desk.attachment_upload;
drop table desk.attachment_withdrawal;
drop table desk.attachment;
`);
  }
}
