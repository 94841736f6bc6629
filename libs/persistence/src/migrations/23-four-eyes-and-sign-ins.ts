import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody showed who they are, sign-ins by which they show it anew, and documents that take two persons. */
export class FourEyesAndSignIns1764300000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table gateway.session alter column authenticated_at drop not null;
comment on column gateway.session.authenticated_at is
  'When the provider saw who it is (auth_time), which may be long before the session began; null where it does not say. Real time.';
alter table gateway.sign_in
  add column began_at timestamptz not null default clock_timestamp(),
  add column again    boolean     not null default false,
  add column expected text;
comment on column gateway.sign_in.again is 'Whether the provider must ask anew who it is: what it saw before began_at does not count.';
comment on column gateway.sign_in.expected is 'The official who is signed in at this browser, and who alone may come back; null for nobody.';

create table desk.document_proposal (
  proposal_id uuid        primary key,
  act         text        not null check (act in ('load-organisation', 'load-catalogue')),
  document    text        not null,
  sha256      text        not null,
  version     integer,
  proposed_by jsonb       not null,
  authors     text[]      not null,
  proposed_at timestamptz not null,
  decision    text        check (decision in ('approved', 'declined', 'withdrawn')),
  decided_by  jsonb,
  decided_at  timestamptz,
  reason_code text,
  check ((act = 'load-organisation') = (version is not null)),
  check (num_nulls(decision, decided_by, decided_at) in (0, 3)),
  check ((decision = 'declined') = (reason_code is not null))
);
comment on table desk.document_proposal is
  'Organisations and catalogues that take two persons, as one proposed them. Rows are added; the columns of the decision are written once.';
comment on column desk.document_proposal.document is 'JSON as it was proposed, and as it is loaded when another approves.';
comment on column desk.document_proposal.version is
  'Of the organisation that was edited: another one loaded since makes the proposal out of date. Null for a catalogue.';
comment on column desk.document_proposal.authors is
  'Ids of who proposed it, and of those in whose place: none of them approves it, nor who stands in for one.';
comment on column desk.document_proposal.proposed_at is 'Like decided_at in mapped time, as events have it.';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop table desk.document_proposal;
alter table gateway.sign_in drop column began_at, drop column again, drop column expected;
update gateway.session set authenticated_at = created_at where authenticated_at is null;
alter table gateway.session alter column authenticated_at set not null;
`);
  }
}
