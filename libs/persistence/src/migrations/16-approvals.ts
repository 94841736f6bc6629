import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody proposed that takes two persons, and what another decided. */
export class Approvals1764300000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table desk.approval (
  approval_id uuid        primary key,
  dossier_id  uuid        not null,
  command     text        not null,
  said        jsonb       not null,
  sealed      bytea,
  version     integer     not null,
  sequence    integer     not null,
  proposed_by jsonb       not null,
  authors     text[]      not null,
  proposed_at timestamptz not null,
  decision    text        check (decision in ('approved', 'declined', 'withdrawn')),
  decided_by  jsonb,
  decided_at  timestamptz,
  reason_code text,
  check (num_nulls(decision, decided_by, decided_at) in (0, 3)),
  check ((decision = 'declined') = (reason_code is not null))
);
comment on table desk.approval is
  'Commands that take two persons, as one proposed them. Rows are added; the columns of the decision are written once. One that nobody decided lapses when its dossier ends, and is out of date when its dossier moves on.';
comment on column desk.approval.said is 'The body of the command, but for what is sealed.';
comment on column desk.approval.sealed is
  'Free text and values of the applicant''s, by the dossier''s key; null where there is none.';
comment on column desk.approval.version is 'Of the dossier, as it was decided upon.';
comment on column desk.approval.sequence is 'The last entry of the dossier when it was proposed.';
comment on column desk.approval.authors is
  'Ids of who proposed it, and of those in whose place: none of them approves it, nor who stands in for one.';
comment on column desk.approval.proposed_at is 'Like decided_at in mapped time, as events have it.';
create unique index approval_proposed_once on desk.approval (dossier_id, command, version) where decision is null;
create index approval_by_dossier on desk.approval (dossier_id, proposed_at);
create index approval_undecided on desk.approval (proposed_at, approval_id) where decision is null;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.approval');
  }
}
