import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of a version of a procedure, whose content never changes, and the opinions that other bodies were asked for. */
export class ProceduresInTime1764300000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.procedure_version
  add column state text not null default 'published' check (state in ('draft', 'published', 'withdrawn')),
  add column withdrawn_from date,
  add check ((state = 'withdrawn') = (withdrawn_from is not null));
comment on table desk.procedure_version is
  'body is never changed once loaded: a dossier keeps the version it was accepted with. state goes from draft to published to withdrawn, by entries of the catalogue''s stream.';
comment on column desk.procedure_version.withdrawn_from is
  'The first local day on which it takes no new dossiers; null unless withdrawn.';

create table desk.opinion (
  opinion_id        uuid        primary key,
  dossier_id        uuid        not null,
  asked_official_id text        not null,
  asked_office_id   text        not null,
  due_at            timestamptz not null,
  answered_sequence integer
);
comment on table desk.opinion is
  'Opinions that other bodies were asked for: what an asked office finds them by. answered_sequence is the entry that gave or presumed it; null while it is open.';
create index opinion_open_by_office on desk.opinion (asked_office_id, due_at, opinion_id) where answered_sequence is null;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table desk.opinion;
alter table desk.procedure_version drop column withdrawn_from, drop column state`);
  }
}
