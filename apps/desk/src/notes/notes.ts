import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { PostHolder } from '#contracts';
import { DossierError } from '#domain';
import { Clock, sha256Hex } from '#platform';
import { PersonalData } from '../command/personal-data';
import { OrganisationJournal } from '../journal/organisation-journal';

/** Who ever reads it: the office alone, or the applicant too. */
export type Visibility = 'office' | 'applicant';

/** A note of colleagues, or a message between office and applicant. Instants are ISO 8601 UTC in the stack's (mapped) time. */
export interface NoteView {
  readonly noteId: string;
  readonly at: string;
  /** Who wrote it for the office; null: the applicant. */
  readonly author: PostHolder | null;
  /** Null where the dossier's key was destroyed. */
  readonly text: string | null;
  /** A question of a colleague to whoever holds the dossier. */
  readonly asksHolder: boolean;
  /** When the holder said that the applicant's answer, or the question, was read, and who; null otherwise. */
  readonly readAt: string | null;
  readonly readBy: string | null;
}

/** What is to be written, and on which dossier. */
export interface Written {
  readonly dossierId: string;
  readonly visibility: Visibility;
  readonly author: PostHolder | null;
  readonly text: string;
  /** Whether whoever holds the dossier is asked; see {@link NoteView.asksHolder}. */
  readonly asksHolder?: boolean;
}

/** What the holder says to have read: what waits of one visibility, up to a note. */
export interface ReadNotes {
  readonly dossierId: string;
  readonly visibility: Visibility;
  readonly upTo: string;
  readonly officialId: string;
}

interface Row extends Omit<NoteView, 'at' | 'author' | 'text' | 'readAt'> {
  readonly at: Date;
  readonly officialId: string | null;
  readonly postId: string;
  readonly officeId: string;
  readonly sealed: Buffer;
  readonly readAt: Date | null;
}

/** More than a conversation needs, and too few to bury an office in. */
const MESSAGES_A_DAY = 10;

/** Thrown when the applicant has written as often as one may in 24 hours. */
export class TooManyMessages extends DossierError {
  readonly code = 'TOO_MANY_MESSAGES';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`The applicant of dossier ${dossierId} has written ${MESSAGES_A_DAY} messages in 24 hours; more come later.`);
  }
}

/** Of a note: an answer of the applicant or a question that the holder has not said to have read. In step with the index `note_unread`. */
const waitsToBeRead = '(note.official_id is null or note.asks_holder) and note.read_at is null';

/** Writes and reads notes, in the given transaction; rows are added. */
@Injectable()
export class Notes {
  constructor(
    private readonly personalData: PersonalData,
    private readonly journal: OrganisationJournal,
    private readonly clock: Clock,
  ) {}

  /** Those of one visibility, oldest first. The caller must have been found to be one who may read them. */
  async of(manager: EntityManager, dossierId: string, visibility: Visibility): Promise<readonly NoteView[]> {
    const rows = await manager.query<Row[]>(
      `select note_id as "noteId", at, official_id as "officialId", post_id as "postId", office_id as "officeId", sealed,
         asks_holder as "asksHolder", read_at as "readAt", read_by as "readBy"
       from desk.note where dossier_id = $1 and visibility = $2 order by entry_sequence, note_id`,
      [dossierId, visibility],
    );
    const open = await this.personalData.opener(manager, dossierId);
    return rows.map(({ noteId, at, officialId, postId, officeId, sealed, asksHolder, readAt, readBy }) => ({
      noteId,
      at: at.toISOString(),
      author: officialId === null ? null : { officialId, postId, officeId },
      text: open && open(placeOf({ dossierId, visibility }, noteId), sealed),
      asksHolder,
      readAt: readAt?.toISOString() ?? null,
      readBy,
    }));
  }

  /** Whether something can be added: not once the dossier's key was destroyed. */
  async canBeAdded(manager: EntityManager, dossierId: string): Promise<boolean> {
    return (await this.personalData.opener(manager, dossierId)) !== null;
  }

  /**
   * Adds one. Of a message the journal has an entry, and the applicant is told that there is something to read.
   *
   * @throws PersonalDataErased, TooManyMessages
   */
  async add(manager: EntityManager, written: Written): Promise<{ readonly noteId: string; readonly at: string }> {
    const { dossierId, visibility, author, text, asksHolder = false } = written;
    const noteId = uuidv7();
    const sealed = await this.personalData.sealed(manager, dossierId, placeOf(written, noteId), text);
    const at = this.clock.now();
    const entry = visibility === 'office' ? null : await this.entered(manager, { ...written, noteId, sealed });
    await manager.query(
      `insert into desk.note (note_id, dossier_id, at, visibility, official_id, post_id, office_id, sealed, entry_sequence,
         asks_holder)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        noteId,
        dossierId,
        at,
        visibility,
        author?.officialId ?? null,
        author?.postId ?? null,
        author?.officeId ?? null,
        sealed,
        entry,
        asksHolder,
      ],
    );
    if (author !== null && entry !== null) await planNotice(manager, dossierId, entry);
    return { noteId, at };
  }

  /** How many answers of the applicant wait to be read. */
  async unread(manager: EntityManager, dossierId: string): Promise<number> {
    const [row] = await manager.query<{ unread: number }[]>(
      `select count(*)::integer as unread from desk.note
       where dossier_id = $1 and official_id is null and read_at is null`,
      [dossierId],
    );
    return row?.unread ?? 0;
  }

  /** Those that were read before stay as they are. */
  async markRead(manager: EntityManager, { dossierId, visibility, upTo, officialId }: ReadNotes): Promise<void> {
    await manager.query(
      `update desk.note set read_at = $5, read_by = $4
       from desk.note as last
       where last.dossier_id = $1 and last.visibility = $2 and last.note_id = $3
         and note.dossier_id = $1 and note.visibility = $2 and ${waitsToBeRead}
         and (coalesce(note.entry_sequence, 0), note.note_id) <= (coalesce(last.entry_sequence, 0), last.note_id)`,
      [dossierId, visibility, upTo, officialId, this.clock.now()],
    );
  }

  /** The entry of a message, under the stream's lock, behind which nobody else counts or writes. */
  private async entered(
    manager: EntityManager,
    { dossierId, author, noteId, sealed }: Written & { readonly noteId: string; readonly sealed: Buffer },
  ): Promise<number> {
    await this.journal.lock(manager, 'messages');
    if (author === null) await requireFew(manager, dossierId);
    const entry = { dossierId, messageId: noteId, author, sealedHash: sha256Hex(sealed) };
    return this.journal.addAll(manager, 'messages', 'message-exchanged', [entry]);
  }
}

/** Counted by the entries, in real time: a stack whose time is mapped is no way around it. */
async function requireFew(manager: EntityManager, dossierId: string): Promise<void> {
  const [row] = await manager.query<{ written: number }[]>(
    `select count(*)::integer as written from desk.note n
     join desk.journal j on j.stream = 'messages' and j.sequence = n.entry_sequence
     where n.dossier_id = $1 and n.official_id is null and j.recorded_at > clock_timestamp() - interval '24 hours'`,
    [dossierId],
  );
  if ((row?.written ?? 0) >= MESSAGES_A_DAY) throw new TooManyMessages(dossierId);
}

/** As of every notice: nobody is told of a dossier that names no applicant. */
async function planNotice(manager: EntityManager, dossierId: string, entry: number): Promise<void> {
  await manager.query(
    `insert into desk.notice (dossier_id, cause_sequence, kind)
     select $1, $2, 'message' where exists (select from desk.applicant where dossier_id = $1)`,
    [dossierId, entry],
  );
}

/** Sealed bytes open only as what they were written as: a note of the office is no message, whatever a row or a query says. */
function placeOf({ dossierId, visibility }: Pick<Written, 'dossierId' | 'visibility'>, noteId: string): string {
  return `desk.note/${visibility}/${dossierId}/${noteId}`;
}
