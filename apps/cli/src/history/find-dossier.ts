import type { Client } from 'pg';
import { parseWorkCalendar } from '#calendar';
import { parseDossierEvent, type DossierEvent } from '#contracts';
import { parseProcedureVersion, type Dossier, type Organisation, type Timekeeping } from '#domain';
import { LocalProblem } from '#local';
import { clockFrom, mapped } from '#platform';
import { NotKnownHere } from '../terminal';
import type { NameOf, ToldNotice } from './story';

/** One dossier as its journal holds it. */
export interface JournalledDossier {
  readonly dossierId: string;
  readonly events: readonly DossierEvent[];
  readonly hashes: readonly string[];
}

/** The journal of the dossier with this code. @throws NotKnownHere */
export async function findDossier(client: Client, code: string): Promise<JournalledDossier> {
  const { rows: found } = await client.query<{ dossier_id: string }>(
    'select dossier_id from desk.dossier where code = $1',
    [code],
  );
  const dossierId = found[0]?.dossier_id;
  if (dossierId === undefined)
    throw new NotKnownHere(`No dossier has the code ${code}.`, 'Codes look like H41.85-261123-0001.');
  const { rows } = await client.query<{ body: string; hash: string }>(
    'select body, hash from desk.journal where stream = $1 order by sequence',
    [dossierId],
  );
  return { dossierId, events: rows.map(({ body }) => parseDossierEvent(body)), hashes: rows.map(({ hash }) => hash) };
}

/** What the applicant was told of a dossier, and what became of it, in the order of what caused it. */
export async function noticesOf(client: Client, dossierId: string): Promise<readonly ToldNotice[]> {
  const { rows } = await client.query<Omit<ToldNotice, 'settledAt'> & { readonly settledAt: Date | null }>(
    `select n.cause_sequence as "causeSequence", n.kind, n.state, n.means as by, n.attempts, n.reason as "reasonCode",
       n.settled_at as "settledAt", j.body, j.hash
     from desk.notice n left join desk.journal j on j.stream = 'notices' and j.sequence = n.entry_sequence
     where n.dossier_id = $1 order by n.cause_sequence, n.kind`,
    [dossierId],
  );
  return rows.map((row) => ({ ...row, settledAt: row.settledAt?.toISOString() ?? null }));
}

/**
 * Names of officials, posts and offices as the organisation writes them, and codes of the dossiers with these ids; one that is not
 * accepted yet has none.
 */
export async function namesFrom(client: Client, dossierIds: readonly string[]): Promise<NameOf> {
  const { rows } = await client.query<{ body: Organisation }>(
    'select body from desk.organisation order by version desc limit 1',
  );
  const { rows: dossiers } = await client.query<{ id: string; name: string }>(
    'select dossier_id as id, code as name from desk.dossier where dossier_id = any($1) and code is not null',
    [dossierIds],
  );
  const { officials = [], posts = [], offices = [] } = rows[0]?.body ?? {};
  const names = new Map([...officials, ...posts, ...offices, ...dossiers].map(({ id, name }) => [id, name]));
  return (id) => (id === null ? 'nobody' : (names.get(id) ?? id));
}

/** What a dossier's working time is counted with: its procedure, and the newest version of its calendar. */
export async function countingOf(
  client: Client,
  { procedureCode, procedureVersion, calendar }: Pick<Dossier, 'procedureCode' | 'procedureVersion' | 'calendar'>,
): Promise<Pick<Timekeeping, 'procedure' | 'presentCalendar'>> {
  const { rows } = await client.query<{ procedure: unknown; calendar: unknown }>(
    `select p.body as procedure, newest.body as calendar
     from desk.procedure_version p, desk.work_calendar own join desk.work_calendar newest on newest.id = own.id
     where p.code = $1 and p.version = $2 and own.id || '/' || own.version = $3
     order by newest.ordinal desc limit 1`,
    [procedureCode, procedureVersion, calendar],
  );
  const [row] = rows;
  if (!row) {
    const missing = `procedure ${procedureCode} (version ${procedureVersion}) or calendar ${calendar}`;
    throw new LocalProblem(`The catalogue lacks ${missing}.`, 'What a dossier was accepted with is never unloaded.');
  }
  return { procedure: parseProcedureVersion(row.procedure), presentCalendar: parseWorkCalendar(row.calendar) };
}

/** Now in the time that the stack lives in; while it stands still, when it was last seen to live. */
export async function nowOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ mapped_origin: Date; real_origin: Date; speed: number; lived: Date }>(
    `select mapped_origin, real_origin, speed, least(clock_timestamp(), last_seen_at + interval '1 second') as lived
     from desk.time_map`,
  );
  const [row] = rows;
  if (!row) return clockFrom(null).now();
  const { mapped_origin, real_origin, speed, lived } = row;
  const map = { mappedOrigin: mapped_origin.toISOString(), realOrigin: real_origin.toISOString(), speed };
  return mapped(map, lived.getTime());
}
