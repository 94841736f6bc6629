import type { Client } from 'pg';
import { parseDossierEvent, type DossierEvent } from '#contracts';
import type { Organisation } from '#domain';
import { LocalProblem } from '#local';
import type { NameOf } from './story';

/** One dossier as its journal holds it. */
export interface JournalledDossier {
  readonly dossierId: string;
  readonly events: readonly DossierEvent[];
  readonly hashes: readonly string[];
}

/** The journal of the dossier with this code. @throws LocalProblem */
export async function findDossier(client: Client, code: string): Promise<JournalledDossier> {
  const { rows: found } = await client.query<{ dossier_id: string }>(
    'select dossier_id from desk.dossier where code = $1',
    [code],
  );
  const dossierId = found[0]?.dossier_id;
  if (dossierId === undefined)
    throw new LocalProblem(`No dossier has the code ${code}.`, 'Codes look like H41.85-261123-0001.');
  const { rows } = await client.query<{ body: string; hash: string }>(
    'select body, hash from desk.journal where stream = $1 order by sequence',
    [dossierId],
  );
  return { dossierId, events: rows.map(({ body }) => parseDossierEvent(body)), hashes: rows.map(({ hash }) => hash) };
}

/** Names of officials and posts as the organisation writes them. */
export async function namesFrom(client: Client): Promise<NameOf> {
  const { rows } = await client.query<{ body: Organisation }>(
    'select body from desk.organisation order by version desc limit 1',
  );
  const people = new Map(
    [...(rows[0]?.body.officials ?? []), ...(rows[0]?.body.posts ?? [])].map(({ id, name }) => [id, name]),
  );
  return (id) => (id === null ? 'nobody' : (people.get(id) ?? id));
}

/** The zone of the calendar a dossier's deadlines were computed with. */
export async function zoneOf(client: Client, calendarReference: string): Promise<string> {
  const { rows } = await client.query<{ zone: string }>(
    `select body ->> 'timeZone' as zone from desk.work_calendar where id || '/' || version = $1`,
    [calendarReference],
  );
  return rows[0]?.zone ?? 'UTC';
}
