import { randomUUID } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';

/** The tables an intake writes to, with as many connections as `desk` has. */
const tables = ['journal', 'dossier', 'dossier_key', 'applicant', 'applicant_index', 'notice', 'answer'] as const;
type Table = (typeof tables)[number];
const CONNECTIONS = 12;

interface Insert {
  readonly table: Table;
  readonly columns: readonly string[];
  readonly values: readonly (string | null)[];
}

/**
 * The transaction of an intake by bare `pg`: the rows of a real dossier under new ids, into empty copies of the same tables
 * with the same indexes, checks and trigger, on the same PostgreSQL.
 */
export class BareIntake {
  private constructor(
    private readonly pool: Pool,
    private readonly template: readonly Insert[],
  ) {}

  static async prepare(ownerUrl: string, owner: Pool, dossierId: string): Promise<BareIntake> {
    await owner.query(`drop schema if exists bare cascade; create schema bare;
      ${[...tables, 'unfed'].map((table) => `create table bare.${table} (like desk.${table} including all);`).join('\n')}
      create function bare.mark_unfed() returns trigger language plpgsql as $$
      begin
        insert into bare.unfed (stream, sequence) values (new.stream, new.sequence);
        return null;
      end $$;
      create trigger journal_unfed after insert on bare.journal for each row execute function bare.mark_unfed();`);
    const template = [
      ...(await rowsOf(owner, 'journal', 'stream', dossierId)),
      ...(await rowsOf(owner, 'dossier', 'dossier_id', dossierId)),
      ...(await rowsOf(owner, 'dossier_key', 'dossier_id', dossierId)),
      ...(await rowsOf(owner, 'applicant', 'dossier_id', dossierId)),
      ...(await rowsOf(owner, 'applicant_index', 'dossier_id', dossierId)),
      ...(await rowsOf(owner, 'notice', 'dossier_id', dossierId)),
      ...(await rowsOf(owner, 'answer', 'location', `/dossiers/${dossierId}`)),
    ];
    const pool = new Pool({ connectionString: ownerUrl, application_name: 'bench-bare', max: CONNECTIONS });
    return new BareIntake(pool, template);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** BEGIN, the entry, the dossier, all the rest, COMMIT. */
  async inFiveRoundTrips(): Promise<void> {
    const [journal, dossier, ...rest] = this.rows();
    if (!journal || !dossier) throw new RangeError('A dossier has an entry and a row.');
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await write(client, [journal]);
      await write(client, [dossier]);
      await write(client, rest);
      await client.query('commit');
    } finally {
      client.release();
    }
  }

  async inOneStatement(): Promise<void> {
    await write(this.pool, this.rows());
  }

  /** The template's rows under a new dossier, code and key. */
  private rows(): readonly Insert[] {
    const dossierId = randomUUID();
    const given: Readonly<Record<string, string>> = {
      stream: dossierId,
      dossier_id: dossierId,
      code: `bare-${dossierId}`,
      key: randomUUID(),
    };
    return this.template.map((insert) => ({
      ...insert,
      values: insert.values.map((value, index) => given[insert.columns[index] ?? ''] ?? value),
    }));
  }
}

/** Rows as the texts PostgreSQL writes their values in, which it also reads; without what it computes itself. */
async function rowsOf(owner: Pool, table: Table, key: string, value: string): Promise<readonly Insert[]> {
  const written = await owner.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [`desk.${table}`],
  );
  const { rows, fields } = await owner.query<Record<string, string | null>>({
    text: `select ${written.rows[0]?.columns ?? '*'} from desk.${table} where ${key} = $1`,
    values: [value],
    types: { getTypeParser: () => (text: string | Buffer) => text.toString() },
  });
  const columns = fields.map(({ name }) => name);
  return rows.map((row) => ({ table, columns, values: columns.map((column) => row[column] ?? null) }));
}

/** Several inserts as one statement, as parts of a common table expression. */
async function write(client: Pool | PoolClient, inserts: readonly Insert[]): Promise<void> {
  let parameter = 0;
  const statements = inserts.map(
    ({ table, columns, values }) =>
      `insert into bare.${table} (${columns.join(', ')}) values (${values.map(() => `$${(parameter += 1)}`).join(', ')})`,
  );
  const last = statements.pop() ?? '';
  const before = statements.map((statement, index) => `part${index} as (${statement})`);
  const text = before.length > 0 ? `with ${before.join(', ')} ${last}` : last;
  await client.query(
    text,
    inserts.flatMap(({ values }) => [...values]),
  );
}
