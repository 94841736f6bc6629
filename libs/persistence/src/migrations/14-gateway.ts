import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `gateway`: who signs in, and the sessions of browsers. */
export class Gateway1764300000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create schema gateway;

create table gateway.account (
  account_id    uuid        primary key,
  official_id   text        not null unique,
  username      text        not null unique,
  password_hash text,
  state         text        not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  language      text        not null default 'vi' check (language in ('vi', 'en', 'de')),
  is_demo       boolean     not null default false,
  created_at    timestamptz not null default clock_timestamp()
);
comment on table gateway.account is
  'Accounts of the embedded OpenID provider, one for an official. password_hash is argon2id; null until the invitation was used.';

create table gateway.identity (
  issuer      text        not null,
  subject     text        not null,
  official_id text        not null,
  bound_by    text        not null,
  bound_at    timestamptz not null default clock_timestamp(),
  primary key (issuer, subject)
);
comment on table gateway.identity is
  'Which official somebody is whom another OpenID provider signed in: bound by an administrator, by issuer and subject, never by name.';

create table gateway.invitation (
  secret_hash bytea       primary key,
  official_id text        not null,
  purpose     text        not null check (purpose in ('first-administrator', 'new', 'reset')),
  expires_at  timestamptz not null,
  used_at     timestamptz
);
comment on table gateway.invitation is 'One-time links to set a password; the SHA-256 of the secret alone is kept.';

create table gateway.oidc (
  model       text        not null,
  id          text        not null,
  payload     jsonb       not null,
  grant_id    text,
  uid         text,
  consumed_at timestamptz,
  expires_at  timestamptz,
  primary key (model, id)
);
comment on table gateway.oidc is 'What the embedded OpenID provider keeps between two requests.';
create index oidc_by_grant on gateway.oidc (grant_id) where grant_id is not null;
create index oidc_by_uid on gateway.oidc (uid) where uid is not null;
create index oidc_by_expiry on gateway.oidc (expires_at);

create table gateway.sign_in (
  state_hash bytea       primary key,
  nonce      text        not null,
  verifier   text        not null,
  return_to  text        not null,
  expires_at timestamptz not null
);
comment on table gateway.sign_in is 'Sign-ins under way (authorization code with PKCE); each is used once.';

create table gateway.session (
  id_hash          bytea       primary key,
  csrf             text        not null,
  issuer           text        not null,
  subject          text        not null,
  official_id      text        not null,
  post_id          text,
  language         text        not null,
  authenticated_at timestamptz not null,
  created_at       timestamptz not null default clock_timestamp(),
  last_seen_at     timestamptz not null default clock_timestamp(),
  expires_at       timestamptz not null,
  ended_at         timestamptz
);
comment on table gateway.session is
  'Browsers that are signed in. The cookie is an opaque value of 256 bits, of which the SHA-256 alone is kept. Ended at once by ended_at.';
create index session_by_official on gateway.session (official_id) where ended_at is null;

create table gateway.attempt (
  kind     text        not null,
  key_hash bytea       not null,
  at       timestamptz not null default clock_timestamp()
);
comment on table gateway.attempt is 'Failed attempts, to lock out who guesses; keys (account, address, code) by SHA-256.';
create index attempt_by_key on gateway.attempt (kind, key_hash, at);

create table gateway.sign_in_log (
  id           bigint      generated always as identity primary key,
  at           timestamptz not null default clock_timestamp(),
  official_id  text,
  account      text,
  outcome      text        not null,
  address_hash bytea
);
comment on table gateway.sign_in_log is 'Every sign-in, refused or not; rows are added, never changed.';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema gateway cascade');
  }
}
