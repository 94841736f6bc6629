import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What strangers, other providers' people and time must not do to accounts, and whom a complaint by receipt is about. */
export class GatewayHardening1764300000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table gateway.identity alter column official_id drop not null,
  add column barred_by text,
  add column barred_at timestamptz,
  add check (num_nulls(barred_by, barred_at) in (0, 2)),
  add check ((official_id is null) = (barred_at is not null));
comment on table gateway.identity is
  'What an administrator said of somebody whom another OpenID provider signs in, by issuer and subject, never by name: which official they are, or that they are let in as nobody.';
comment on column gateway.identity.official_id is 'Null for one that is barred.';
comment on column gateway.identity.bound_by is 'Who wrote the row first: bound it, or barred it where nobody had bound it.';
comment on column gateway.identity.barred_at is 'Goes before what a claim of the provider says; null for one that is bound.';
create index session_by_identity on gateway.session (issuer, subject) where ended_at is null;

alter table gateway.sign_in_log drop column account;
create index sign_in_log_by_at on gateway.sign_in_log (at);
comment on table gateway.sign_in_log is
  'Every sign-in, refused or not, and every change of an account; rows are added, never changed, and deleted by gateway.sweep_sign_in_log alone.';
comment on column gateway.sign_in_log.official_id is 'Null where nobody is known to be meant.';
comment on column gateway.sign_in_log.address_hash is 'Keyed: equal for equal addresses, and tells nothing else; null where none was involved.';

create function gateway.sweep_sign_in_log() returns bigint language sql security definer set search_path = '' as $$
  with swept as (delete from gateway.sign_in_log where at < clock_timestamp() - interval '24 months' returning 1)
  select count(*) from swept
$$;
revoke execute on function gateway.sweep_sign_in_log() from public;
comment on function gateway.sweep_sign_in_log() is
  'Deletes lines of the sign-in log older than 24 months. Its caller can delete no younger one. Decree 53/2022/ND-CP, article 27, asks for at least 12 months; the 24 let a yearly inspection see the whole year before.';

alter table desk.access_log add column about_official_id text, add column about_office_id text;
comment on column desk.access_log.about_official_id is
  'Whom the complaint is about that the applicant''s data was looked at for; null for every other look. Not shown: this line is not there for them, as the complaint is not.';
comment on column desk.access_log.about_office_id is 'The same of an office.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table desk.access_log drop column about_official_id, drop column about_office_id;
drop function gateway.sweep_sign_in_log();
drop index gateway.sign_in_log_by_at;
alter table gateway.sign_in_log add column account text;
drop index gateway.session_by_identity;
delete from gateway.identity where official_id is null;
alter table gateway.identity drop column barred_by, drop column barred_at, alter column official_id set not null;
`);
  }
}
