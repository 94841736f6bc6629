import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that take two persons, and from where somebody signed in. */
export class AccountProposals1764300000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table gateway.account_proposal (
  proposal_id uuid        primary key,
  act         jsonb       not null,
  proposed_by text        not null,
  authors     text[]      not null,
  proposed_at timestamptz not null default clock_timestamp(),
  decision    text        check (decision in ('approved', 'declined', 'withdrawn', 'outdated')),
  decided_by  text,
  decided_at  timestamptz,
  reason_code text,
  check (num_nulls(decision, decided_by, decided_at) in (0, 3)),
  check ((decision = 'declined') = (reason_code is not null))
);
comment on table gateway.account_proposal is
  'Acts on accounts that take two persons, as one proposed them. Rows are added; the columns of the decision are written once.';
comment on column gateway.account_proposal.act is 'What is done when another approves, and to which account or identity.';
comment on column gateway.account_proposal.proposed_by is 'Id of the official, as in decided_by.';
comment on column gateway.account_proposal.authors is
  'Ids of who proposed it, and of those in whose place: none of them approves it, nor who stands in for one.';
comment on column gateway.account_proposal.proposed_at is 'Like decided_at real time, as all of accounts.';
comment on column gateway.account_proposal.decision is
  'outdated: something else was done to the same account or identity meanwhile, by decided_by. Null while it waits.';
create unique index account_proposed_once on gateway.account_proposal (act) where decision is null;

alter table gateway.sign_in add column known_browser boolean;
comment on column gateway.sign_in.known_browser is
  'Whether the account had been signed in to in this browser before; null until the password was right, and of another provider.';
alter table gateway.sign_in_log
  add column network       text,
  add column known_browser boolean,
  add column proposed_by   text;
comment on column gateway.sign_in_log.network is
  'The network of the address, IPv4 by the /24, IPv6 by the /48: where from, and not which computer. Null where none was involved.';
comment on column gateway.sign_in_log.known_browser is
  'Whether the account had been signed in to in this browser before; null where nobody is known to be meant, and of another provider.';
comment on column gateway.sign_in_log.proposed_by is 'Of a change of an account that took two persons: who proposed it.';
create index sign_in_log_by_official on gateway.sign_in_log (official_id, id);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index gateway.sign_in_log_by_official;
alter table gateway.sign_in_log drop column network, drop column known_browser, drop column proposed_by;
alter table gateway.sign_in drop column known_browser;
drop table gateway.account_proposal;
`);
  }
}
