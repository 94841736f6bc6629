import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The second wall: what is out of sight for whoever asks does not exist for the service's role, whatever a query forgets. */
export class RowLevelSecurity1764300000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sight);
    for (const [table, visible] of Object.entries(walls)) {
      await runner.query(`
alter table desk.${table} enable row level security;
create policy seen on desk.${table} for select using ((select desk.sees_everything()) or ${visible});
create policy added on desk.${table} for insert with check (true);
create policy changed on desk.${table} for update using (true) with check (true);
create policy deleted on desk.${table} for delete using (true);`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(walls)) {
      await runner.query(`
drop policy seen on desk.${table};
drop policy added on desk.${table};
drop policy changed on desk.${table};
drop policy deleted on desk.${table};
alter table desk.${table} disable row level security;`);
    }
    await runner.query(`
drop function desk.sees_everything(), desk.sees_every_office(), desk.is_told_who_asks(), desk.offices_in_sight(), desk.about_who_asks(),
  desk.asked_in_sight(), desk.is_in_sight(uuid);
drop index desk.complaint_subject_official, desk.complaint_subject_office, desk.opinion_by_office;`);
  }
}

/** Said once for each connection and whoever asks on it, by four settings; where nothing was said there is nothing. */
const sight = `
create function desk.sees_everything() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('motcua.sight', true) = 'everything', false) $$;
comment on function desk.sees_everything() is
  'A service, a loop that nobody asked for, or the writing of what was found to be allowed: motcua.sight is everything.';

create function desk.sees_every_office() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('motcua.sight', true) in ('everything', 'every-office'), false) $$;

create function desk.is_told_who_asks() returns boolean language sql stable parallel safe as
$$ select coalesce(current_setting('motcua.sight', true) in ('everything', 'every-office', 'offices'), false) $$;

create function desk.offices_in_sight() returns text[] language sql stable parallel safe as
$$ select coalesce(nullif(current_setting('motcua.offices', true), ''), '{}')::text[] $$;
comment on function desk.offices_in_sight() is 'The offices to which the right to read dossiers of whoever asks reaches.';

create index complaint_subject_official on desk.complaint_subject (official_id);
create index complaint_subject_office on desk.complaint_subject (office_id);
create function desk.about_who_asks() returns uuid[] language sql stable security definer set search_path = pg_catalog as
$$ select coalesce(array_agg(dossier_id), '{}') from desk.complaint_subject
   where official_id = current_setting('motcua.official', true)
      or office_id = any (coalesce(nullif(current_setting('motcua.acting_in', true), ''), '{}')::text[]) $$;
comment on function desk.about_who_asks() is 'The complaints about whoever asks, or an office they act in: few.';

create index opinion_by_office on desk.opinion (asked_office_id, dossier_id);
create function desk.asked_in_sight() returns setof uuid language sql stable rows 100 security definer set search_path = pg_catalog as
$$ select distinct dossier_id from desk.opinion where asked_office_id = any (desk.offices_in_sight()) $$;
comment on function desk.asked_in_sight() is 'Dossiers about which an office in sight was asked for its opinion.';

create function desk.is_in_sight(id uuid) returns boolean language plpgsql stable set search_path = pg_catalog as
$$ begin return exists (select from desk.dossier where dossier_id = id); end $$;
comment on function desk.is_in_sight(uuid) is
  'Whether a dossier exists for whoever asks, by its own wall. A function, because its plan is made once for a connection and not for each question.';
`;

/** Which rows exist for a person. Writing is decided by the first wall, under the dossier's lock: a dossier may leave one's sight. */
const walls: Readonly<Record<string, string>> = {
  dossier: `(dossier_id <> all ((select desk.about_who_asks())::uuid[]) and (
    (select desk.sees_every_office())
    or office_id = any ((select desk.offices_in_sight())::text[])
    or holder_office_id = any ((select desk.offices_in_sight())::text[])
    or deciding_office_id = any ((select desk.offices_in_sight())::text[])
    or dossier_id in (select asked from desk.asked_in_sight() asked)))`,
  opinion: `(dossier_id <> all ((select desk.about_who_asks())::uuid[]) and (
    (select desk.sees_every_office()) or asked_office_id = any ((select desk.offices_in_sight())::text[])))`,
  journal: `case when stream ~ '^[0-9a-f]{8}-' then desk.is_in_sight(stream::uuid)
    else (select desk.is_told_who_asks()) end`,
  dossier_link: '(desk.is_in_sight(dossier_id) or desk.is_in_sight(other_dossier_id))',
  attachment_withdrawal: `exists (select from desk.attachment
    where attachment.attachment_id = attachment_withdrawal.attachment_id)`,
  // Who looked at what, and at what is not there: for those whose right reaches everywhere.
  access_log: '(select desk.sees_every_office())',
  ...Object.fromEntries(
    [
      'applicant',
      'applicant_index',
      'approval',
      'attachment',
      'dossier_key',
      'e_form',
      'escalation',
      'external_number',
      'feedback',
      'note',
      'notice',
      'remark',
      'responsibility_record',
    ].map((table) => [table, 'desk.is_in_sight(dossier_id)']),
  ),
};
