import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What colleagues note for each other, what the office and the applicant write to each other, and how the applicant found it. */
export class Notes1764300000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.note (
  note_id        uuid        primary key,
  dossier_id     uuid        not null,
  at             timestamptz not null,
  visibility     text        not null check (visibility in ('office', 'applicant')),
  official_id    text,
  post_id        text,
  office_id      text,
  sealed         bytea       not null,
  entry_sequence integer,
  read_at        timestamptz,
  read_by        text,
  check (num_nonnulls(official_id, post_id, office_id) in (0, 3)),
  check (official_id is not null or visibility = 'applicant'),
  check ((visibility = 'applicant') = (entry_sequence is not null)),
  check ((read_at is null) = (read_by is null)),
  check (read_at is null or official_id is null)
);
comment on table desk.note is
  'What was written on a dossier beside its commands; rows are added, of an answer read_at and read_by alone are written later. visibility office: a working aid of colleagues, in no journal, like a look. visibility applicant: the exchange with the applicant, who wrote it where official_id is null; a court may ask for it, so each is an entry of the stream messages too (entry_sequence), which may come after the dossier''s end and moves neither ETag nor clock. sealed with the dossier''s key and bound to its visibility: a note of the office cannot be opened as a message. Instants in the stack''s (mapped) time.';
comment on column desk.note.read_by is 'The official who, holding the dossier, said that the applicant''s answer was read.';
create index note_by_dossier on desk.note (dossier_id, visibility, note_id);
create index note_unread on desk.note (dossier_id) where official_id is null and read_at is null;

create table desk.feedback (
  dossier_id uuid        primary key,
  at         timestamptz not null,
  rating     smallint    not null check (rating between 1 and 5),
  sealed     bytea
);
comment on table desk.feedback is
  'How the applicant found it, once, after the result: 1 (bad) to 5 (good), and words sealed with the dossier''s key; null without any. No fact of the dossier: in no journal. Instants in the stack''s (mapped) time.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.note, desk.feedback');
  }
}
