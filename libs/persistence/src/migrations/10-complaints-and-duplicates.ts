import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a complaint is about, and by what an intake is recognised as one that came before. Neither stands in the journal. */
export class ComplaintsAndDuplicates1764300000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.complaint_subject (
  dossier_id  uuid primary key,
  official_id text,
  office_id   text,
  check (num_nonnulls(official_id, office_id) = 1)
);
comment on table desk.complaint_subject is
  'Whom a complaint or petition is about: written once with its first entry, told to nobody outside of desk. They hold it never and do not see it.';

create table desk.applicant_index (
  mark       bytea not null,
  dossier_id uuid  not null,
  why        text  not null,
  primary key (mark, dossier_id)
);
comment on table desk.applicant_index is
  'Blind index (HMAC-SHA-256 with a key from outside the database) of identity number, phone and name with the procedure, to find likely duplicates. Goes with the dossier''s key.';
create index applicant_index_by_dossier on desk.applicant_index (dossier_id);

create function desk.forget_applicant() returns trigger language plpgsql security definer set search_path = desk as $$
begin
  delete from desk.applicant_index where dossier_id = old.dossier_id;
  return null;
end $$;
create trigger dossier_key_destroyed after delete on desk.dossier_key
  for each row execute function desk.forget_applicant();
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop trigger dossier_key_destroyed on desk.dossier_key;
drop function desk.forget_applicant();
drop table desk.applicant_index, desk.complaint_subject`);
  }
}
