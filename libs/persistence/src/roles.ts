import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';

/** The services that own a schema each. */
export const services = ['desk', 'clock', 'oversight', 'gateway'] as const;
export type ServiceName = (typeof services)[number];

/**
 * What each service's role may do; it never owns a table. Journal and ledgers: insert and read, nothing else (D12). Of a
 * recorded escalation one column is written later, which entry withdrew it; what was recorded stays. Revoked first, because
 * databases of earlier builds have the right to the whole row.
 */
const grants: Readonly<Record<ServiceName, string>> = {
  desk: `
    grant select, insert on all tables in schema desk to :role;
    grant update on desk.feed_progress, desk.dossier, desk.code_counter, desk.time_map to :role;
    revoke update on desk.escalation from :role;
    grant update (withdrawn_sequence) on desk.escalation to :role;
    grant update (state) on desk.attachment to :role;
    grant update, delete on desk.attachment_upload to :role;
    grant update (state, means, attempts, reason, last_answer, next_attempt_at, settled_at, entry_sequence)
      on desk.notice to :role;
    grant update (read_at, read_by) on desk.note to :role;
    grant update (state, withdrawn_from) on desk.procedure_version to :role;
    grant update (answered_sequence) on desk.opinion to :role;
    grant update (decision, decided_by, decided_at, reason_code) on desk.approval, desk.document_proposal to :role;
    grant delete on desk.unfed, desk.dossier_key, desk.applicant_index to :role;
    grant usage on all sequences in schema desk to :role;`,
  clock: `
    grant select, insert, update on clock.watch to :role;
    grant select, insert, delete on clock.dead_letter to :role;
    grant usage on all sequences in schema clock to :role;`,
  oversight: `
    grant select, insert, update, delete on all tables in schema oversight to :role;
    grant usage on all sequences in schema oversight to :role;`,
  gateway: `
    grant select, insert, update, delete on all tables in schema gateway to :role;
    revoke update, delete on gateway.sign_in_log, gateway.account_proposal from :role;
    grant update (decision, decided_by, decided_at, reason_code) on gateway.account_proposal to :role;
    grant execute on function gateway.sweep_sign_in_log() to :role;
    grant usage on all sequences in schema gateway to :role;`,
};

/**
 * Makes (or renews) the login role of each service and answers its URL. Roles are named after the database, so several
 * stacks can share a server; each run draws new passwords.
 */
export async function provideRoles(owner: Client, ownerUrl: string): Promise<Readonly<Record<ServiceName, string>>> {
  const urls: [ServiceName, string][] = [];
  for (const service of services) urls.push([service, await provideRole(owner, ownerUrl, service)]);
  return Object.fromEntries(urls) as Record<ServiceName, string>;
}

async function provideRole(owner: Client, ownerUrl: string, service: ServiceName): Promise<string> {
  const url = new URL(ownerUrl);
  const name = `${url.pathname.slice(1)}_${service}`;
  const role = owner.escapeIdentifier(name);
  const password = randomBytes(24).toString('base64url');
  const { rowCount } = await owner.query('select 1 from pg_roles where rolname = $1', [name]);
  const verb = rowCount ? 'alter' : 'create';
  await owner.query(`${verb} role ${role} login password ${owner.escapeLiteral(password)}`);
  await owner.query(`grant usage on schema ${service} to ${role}; grant select on motcua_migration to ${role}`);
  await owner.query(grants[service].replaceAll(':role', role));
  url.username = encodeURIComponent(name);
  url.password = password;
  return url.toString();
}
