import { createHash, randomInt, type KeyObject } from 'node:crypto';
import type { Client } from 'pg';
import {
  attachmentContext,
  type AttachmentStore,
  BytesMissing,
  openedStream,
  SealBroken,
  sealedSize,
  type StoredObject,
  unwrapKey,
} from '#platform';
import type { ShownProgress } from '../progress';
import type { Verdict } from './invariants/verdict';

/** How many files are looked at unless all are asked for. */
const SAMPLE = 100;
const AT_ONCE = 8;
const NAMES_AT_ONCE = 1_000;

/** What may be wrong with a file; the words stand in docs/operators.md. */
type Finding =
  'ENTRY_MISSING' | 'ROW_MISSING' | 'ROW_DIFFERS' | 'BYTES_MISSING' | 'BYTES_CHANGED' | 'BYTES_WITHOUT_ROW';

/** What entry and row say of a file, and the key that its bytes are sealed with. */
interface FileRow {
  readonly attachmentId: string;
  readonly dossierId: string;
  readonly entrySha256: string | null;
  readonly rowSha256: string | null;
  readonly bytes: number;
  /** Null where it was destroyed: then the bytes are only counted. */
  readonly wrapped: Buffer | null;
}

/** Where the bytes are and with what they are read. */
interface FilesAt {
  readonly client: Client;
  readonly store: AttachmentStore;
  /** Unwraps each dossier's key. */
  readonly wrapping: KeyObject;
}

interface Looking {
  /** All files, and what lies in the store without one; else a sample of the files. */
  readonly all: boolean;
  readonly shown: (total: number, units: string) => ShownProgress;
}

/** The store holds of every file exactly the bytes whose hash its entry has, and nothing else. @throws StoreAway */
export async function filesAsProved(at: FilesAt, { all, shown }: Looking): Promise<Verdict> {
  // The store is read before the rows: bytes come before their row.
  const unowned = all ? await withoutRow(at) : [];
  const rows = await fileRows(at.client);
  const looked = all ? rows : sampled(rows);
  const progress = shown(looked.length, 'files');
  const offenders: string[] = [];
  for (let done = 0; done < looked.length; done += AT_ONCE) {
    const some = looked.slice(done, done + AT_ONCE);
    offenders.push(...(await Promise.all(some.map((row) => offenceOf(at, row)))).flat());
    progress.update(done + some.length);
  }
  progress.stop();
  return {
    id: 'I18',
    says: 'the store holds the very bytes of every file',
    checked: looked.length,
    offenders: [...offenders, ...unowned.map((name) => `BYTES_WITHOUT_ROW ${name}`)],
    ...(looked.length < rows.length && {
      note: `${looked.length} of ${rows.length} files, by chance; --attachments looks at all`,
    }),
  };
}

/** Entries and rows by file: either may be without the other. */
async function fileRows(client: Client): Promise<readonly FileRow[]> {
  const { rows } = await client.query<FileRow>(
    `with entry as (
       select stream, (body::json->'data'->>'attachmentId')::uuid as attachment_id,
         body::json->'data'->>'sha256' as sha256, (body::json->'data'->>'bytes')::integer as bytes
       from desk.journal where type = 'attachment-added')
     select attachment_id as "attachmentId", coalesce(e.stream, a.dossier_id::text) as "dossierId",
       e.sha256 as "entrySha256", a.sha256 as "rowSha256", coalesce(e.bytes, a.bytes) as bytes, k.wrapped
     from entry e full join desk.attachment a using (attachment_id)
     left join desk.dossier_key k on k.dossier_id::text = coalesce(e.stream, a.dossier_id::text)
     order by attachment_id`,
  );
  return rows;
}

function sampled(rows: readonly FileRow[]): readonly FileRow[] {
  if (rows.length <= SAMPLE) return rows;
  const drawn = new Set<number>();
  while (drawn.size < SAMPLE) drawn.add(randomInt(rows.length));
  return rows.filter((_, index) => drawn.has(index));
}

async function offenceOf(at: FilesAt, row: FileRow): Promise<readonly string[]> {
  const finding = await findingOn(at, row);
  return finding === null ? [] : [`${finding} ${row.dossierId}/${row.attachmentId}`];
}

async function findingOn(at: FilesAt, row: FileRow): Promise<Finding | null> {
  if (row.entrySha256 === null) return 'ENTRY_MISSING';
  if (row.rowSha256 === null) return 'ROW_MISSING';
  if (row.rowSha256 !== row.entrySha256) return 'ROW_DIFFERS';
  try {
    return (await isWhole(at, row)) ? null : 'BYTES_CHANGED';
  } catch (error) {
    if (error instanceof BytesMissing) return 'BYTES_MISSING';
    if (error instanceof SealBroken) return 'BYTES_CHANGED';
    throw error;
  }
}

async function isWhole(
  { store, wrapping }: FilesAt,
  { attachmentId, dossierId, bytes, wrapped, entrySha256 }: FileRow,
): Promise<boolean> {
  const sealed = await store.get(attachmentId);
  if (wrapped === null) return (await lengthOf(sealed)) === sealedSize(bytes);
  const hash = createHash('sha256');
  const context = attachmentContext(dossierId, attachmentId);
  for await (const some of openedStream(unwrapKey(wrapping, wrapped), sealed, context)) hash.update(some);
  return hash.digest('hex') === entrySha256;
}

async function lengthOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0;
  for await (const some of bytes) length += some.length;
  return length;
}

/** What belongs to no file, and is so old that it should have been swept: of uploads that is done after a day. */
async function withoutRow({ client, store }: FilesAt): Promise<readonly string[]> {
  const found: string[] = [];
  let page: StoredObject[] = [];
  const judged = async () => {
    const { rows } = await client.query<{ name: string }>(
      `select name from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as stored (key, name, stored_at)
       where stored_at < clock_timestamp() - interval '25 hours'
         and not exists (select from desk.attachment where attachment_id = key)`,
      [page.map(({ key }) => key), page.map(({ name }) => name), page.map(({ storedAt }) => storedAt)],
    );
    found.push(...rows.map(({ name }) => name));
    page = [];
  };
  for await (const one of store.list()) {
    page.push(one);
    if (page.length === NAMES_AT_ONCE) await judged();
  }
  await judged();
  return found;
}
