import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { DataSource, type EntityManager } from 'typeorm';
import type { AttachedFile, AttachmentMediaType, PostHolder } from '#contracts';
import { ActionForbidden, DossierError, requireAllowed } from '#domain';
import type { Log } from '#messaging';
import {
  attachmentContext,
  type AttachmentStore,
  type Caller,
  canonicalJson,
  LOGGER,
  open,
  openedStream,
  seal,
  sealedSize,
  sealedStream,
  sha256Hex,
  StoreAway,
} from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess, type Subject } from '../access/desk-access';
import { AnswerBook, type Answer } from '../command/answer-book';
import { DossierCommands, type Scene } from '../command/dossier-commands';
import { DossierStore, type StoredDossier } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import type { CommandRequest } from '../command/request';
import { SCANNER, type Scanner } from './scanner';
import { ReadThrough, type Upload } from './upload';

/** Injection token of the {@link AttachmentStore}. */
export const ATTACHMENT_STORE = Symbol('ATTACHMENT_STORE');

/**
 * How long the store has to delete what was refused, while somebody waits to hear that it was; real time. With what a bucket
 * takes for the file itself, 26 s at most, and a pause of 1 s that may run on, it stays below the 30 s for which the gateway waits.
 */
const discardMs = 2_000;

/** So many files a dossier may have, those taken back included. */
const MOST_FILES = 200;

export type AttachmentState = 'quarantined' | 'clean' | 'infected' | 'unscanned';

/** A file of a dossier's papers. */
export interface AttachmentView extends AttachedFile {
  /** Null where the dossier's personal data was erased: its bytes cannot be read any more either. */
  readonly name: string | null;
  /** `quarantined`: not served until the scanner has seen it; `infected`: never; `unscanned`: this desk has no scanner. */
  readonly state: AttachmentState;
  readonly addedAt: string;
  readonly by: PostHolder;
  readonly withdrawn: { readonly reasonCode: string; readonly at: string; readonly officialId: string } | null;
}

/** The files of a dossier, oldest first. */
export interface AttachmentsView {
  /** None where the caller may not read them. */
  readonly attachments: readonly AttachmentView[];
  readonly mayRead: boolean;
  /** Whether the caller may add one now, or take one back. */
  readonly mayAdd: boolean;
}

/** A file that somebody may open, with its bytes as they were handed in. */
export interface OpenedAttachment extends Pick<AttachmentView, 'mediaType' | 'bytes'> {
  readonly name: string;
  /** @throws SealBroken where they were changed, also after some were given */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Thrown for a file that does not belong to the dossier. */
export class AttachmentNotFound extends DossierError {
  readonly code = 'ATTACHMENT_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly attachmentId: string) {
    super(`The dossier has no file ${attachmentId}.`);
  }
}

/** Thrown for a file that is not served: the scanner has not seen it yet, or found something. */
export class AttachmentHeldBack extends DossierError {
  readonly kind = 'conflict';

  constructor(readonly code: 'ATTACHMENT_QUARANTINED' | 'ATTACHMENT_INFECTED') {
    super(
      code === 'ATTACHMENT_INFECTED'
        ? 'The scanner found something harmful in this file; nobody is given it.'
        : 'The scanner has not seen this file yet; try again in a moment.',
    );
  }
}

/** Thrown when a file is taken back that was. */
export class AttachmentWithdrawnBefore extends DossierError {
  readonly code = 'ATTACHMENT_WITHDRAWN_BEFORE';
  readonly kind = 'conflict';

  constructor(readonly attachmentId: string) {
    super(`File ${attachmentId} was taken back before.`);
  }
}

/** Thrown when a dossier has as many files as it may have. */
export class TooManyAttachments extends DossierError {
  readonly code = 'ATTACHMENTS_TOO_MANY';
  readonly kind = 'conflict';

  constructor() {
    super(`A dossier has ${MOST_FILES} files at most.`);
  }
}

/** Thrown when an upload lasted so long that its bytes were swept. */
class UploadSwept extends DossierError {
  readonly code = 'UPLOAD_SWEPT';
  readonly kind = 'unavailable';

  constructor() {
    super('The upload lasted too long; send the file again.');
  }
}

interface Row {
  readonly attachment_id: string;
  readonly component_code: string | null;
  readonly sealed_name: Buffer;
  readonly media_type: AttachmentMediaType;
  readonly bytes: number;
  readonly sha256: string;
  readonly state: AttachmentState;
  readonly added_at: Date;
  readonly official_id: string;
  readonly post_id: string;
  readonly office_id: string;
  readonly reason_code: string | null;
  readonly withdrawn_at: Date | null;
  readonly withdrawn_by: string | null;
}

/** A file whose bytes are in the store; without a kind where the store did not read them to their end. */
interface Kept {
  readonly dossierId: string;
  readonly attachmentId: string;
  readonly key: DataKey;
  readonly mediaType: AttachmentMediaType | null;
}

/**
 * The files of the dossiers' papers. Bytes are sealed with a key derived from the dossier's, and safe in the store before the
 * entry and the row that tell of them: there may be bytes without a row, which are swept, never a row without bytes.
 */
@Injectable()
export class Attachments {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly answers: AnswerBook,
    private readonly commands: DossierCommands,
    private readonly dossiers: DossierStore,
    private readonly personalData: PersonalData,
    @Inject(ATTACHMENT_STORE) private readonly store: AttachmentStore,
    @Inject(SCANNER) private readonly scanner: Scanner | null,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  /**
   * Adds a file; a repeat of the request gets the same answer and stores nothing. Until the file is safe it is given up when the
   * caller has `gone`. @throws DossierError, AttachmentTooLarge
   */
  async add(request: CommandRequest, dossierId: string, upload: Upload, gone: AbortSignal): Promise<Answer> {
    const { manager } = this.dataSource;
    const asked = withUpload(request, upload);
    // Before the rights of now, as for every command: also after handing the dossier on.
    const before = await this.answers.find(manager, asked);
    if (before) return before;
    await this.requireAdding(request.caller, dossierId);

    const attachmentId = uuidv7();
    const key = await this.personalData.keyOf(manager, dossierId);
    await manager.query('insert into desk.attachment_upload (attachment_id) values ($1)', [attachmentId]);
    const mediaType = await this.put({ dossierId, attachmentId, key }, upload, gone);
    try {
      const answer = await this.record(asked, { dossierId, attachmentId, key, mediaType }, upload);
      if (answer.repeated) await this.discard(attachmentId); // The same request was answered while this one came in.
      return answer;
    } catch (error) {
      await this.discard(attachmentId);
      throw error;
    }
  }

  /** What its bytes are, once they are safe in the store; of what is refused while it is read nothing lies there. */
  private async put(
    { dossierId, attachmentId, key }: Omit<Kept, 'mediaType'>,
    upload: Upload,
    gone: AbortSignal,
  ): Promise<AttachmentMediaType | null> {
    const read = new ReadThrough(upload);
    const sealed = sealedStream(key, read.bytes(), attachmentContext(dossierId, attachmentId));
    try {
      await this.store.put(attachmentId, sealed, sealedSize(upload.size), gone);
    } catch (error) {
      if (!(error instanceof StoreAway)) await this.forget(attachmentId);
      throw error;
    }
    return read.mediaType;
  }

  private async record(
    asked: CommandRequest,
    { dossierId, attachmentId, key, mediaType }: Kept,
    upload: Upload,
  ): Promise<Answer> {
    if (mediaType === null) throw new Error('The store did not read the file to its end.');

    const sealedName = seal(key, upload.name, nameContext(dossierId, attachmentId));
    const { componentCode, size: bytes, sha256 } = upload;
    const file = { attachmentId, componentCode, mediaType, bytes, sha256 };
    return this.commands.execute(dossierId, asked, {
      action: 'add-attachment',
      occurredAt: null,
      ofAnyVersion: true,
      location: `/dossiers/${dossierId}/attachments/${attachmentId}`,
      make: () => ({ command: { name: 'add-attachment', ...file } }),
      alongside: (inside, scene) => this.write(inside, scene, file, sealedName),
    });
  }

  /**
   * Deletes what an upload that came to nothing has left in the store. Where the file was recorded after all, and only the word of
   * it was lost, its row is gone, and it stays; one that is being recorded is waited for. The store is never asked inside a
   * transaction: a connection of the pool would wait for it. What cannot be deleted now is swept.
   */
  private async discard(attachmentId: string): Promise<void> {
    try {
      const left = await this.dataSource.query<unknown[]>(
        'select from desk.attachment_upload where attachment_id = $1 for update',
        [attachmentId],
      );
      if (left.length === 0) return;
      await this.store.remove(attachmentId, AbortSignal.timeout(discardMs));
      await this.forget(attachmentId);
    } catch (error) {
      this.log.warn(
        { attachmentId, err: error },
        'the bytes of a refused upload could not be deleted; they are swept later',
      );
    }
  }

  /** Of an upload of which nothing lies in the store any more. */
  private async forget(attachmentId: string): Promise<void> {
    await this.dataSource.query('delete from desk.attachment_upload where attachment_id = $1', [attachmentId]);
  }

  /** Takes a file back, which stays where it is. */
  async withdraw(
    request: CommandRequest,
    dossierId: string,
    { attachmentId, reasonCode }: { readonly attachmentId: string; readonly reasonCode: string },
  ): Promise<Answer> {
    return this.commands.execute(dossierId, request, {
      action: 'withdraw-attachment',
      occurredAt: null,
      ofAnyVersion: true,
      make: () => ({ command: { name: 'withdraw-attachment', attachmentId, reasonCode } }),
      alongside: async (manager, { subject, occurredAt }) => {
        const row = await this.row(manager, dossierId, attachmentId);
        if (row.withdrawn_at !== null) throw new AttachmentWithdrawnBefore(attachmentId);
        await manager.query(
          `insert into desk.attachment_withdrawal (attachment_id, reason_code, withdrawn_at, official_id)
           values ($1, $2, $3, $4)`,
          [attachmentId, reasonCode, occurredAt, subject.actor.officialId],
        );
      },
    });
  }

  /** What files there are. Their names are personal data: the look is logged. */
  async list(caller: Caller, dossierId: string): Promise<AttachmentsView> {
    return this.dataSource.transaction(async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      const stored = await this.dossiers.find(manager, dossierId);
      this.access.require(subject, 'read-dossier', stored);
      const mayAdd = this.access.reaches(subject, 'add-attachment', stored) && stored.state.endedAt === null;
      if (!this.mayRead(subject, stored)) return { attachments: [], mayRead: false, mayAdd };
      await logLook(manager, subject, 'read-attachment', dossierId);
      const rows = await rowsOf(manager, dossierId, null);
      const key = await this.personalData.findKey(manager, dossierId);
      const attachments = rows.map((row) => viewOf(row, key && nameOf(key, dossierId, row)));
      return { attachments, mayRead: true, mayAdd };
    });
  }

  /**
   * A file to be opened, until the caller has `gone`; the look is logged, by file.
   * @throws AttachmentHeldBack, PersonalDataErased, BytesMissing, StoreAway
   */
  async open(
    caller: Caller,
    { dossierId, attachmentId }: { readonly dossierId: string; readonly attachmentId: string },
    gone: AbortSignal,
  ): Promise<OpenedAttachment> {
    const { row, key } = await this.dataSource.transaction(async (manager) => {
      const { subject } = await this.inSight(manager, caller, dossierId);
      const found = await this.row(manager, dossierId, attachmentId);
      if (found.state === 'quarantined') throw new AttachmentHeldBack('ATTACHMENT_QUARANTINED');
      if (found.state === 'infected') throw new AttachmentHeldBack('ATTACHMENT_INFECTED');
      const opening = await this.personalData.keyOf(manager, dossierId);
      await logLook(manager, subject, 'read-attachment', dossierId, attachmentId);
      return { row: found, key: opening };
    });
    const name = nameOf(key, dossierId, row);
    const sealed = await this.store.get(attachmentId, gone);
    const content = openedStream(key, sealed, attachmentContext(dossierId, attachmentId));
    return { name, mediaType: row.media_type, bytes: row.bytes, content };
  }

  /** The bytes of a file for the scanner, who is nobody. @throws PersonalDataErased, BytesMissing */
  async bytesOf(dossierId: string, attachmentId: string): Promise<AsyncIterable<Uint8Array>> {
    const key = await this.personalData.keyOf(this.dataSource.manager, dossierId);
    return openedStream(key, await this.store.get(attachmentId), attachmentContext(dossierId, attachmentId));
  }

  private async requireAdding(caller: Caller, dossierId: string): Promise<void> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.dossiers.find(manager, dossierId);
    this.access.require(subject, 'add-attachment', stored);
    requireAllowed('add-attachment', stored.state.status);
  }

  private async inSight(manager: EntityManager, caller: Caller, dossierId: string) {
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.dossiers.find(manager, dossierId);
    this.access.require(subject, 'read-attachment', stored);
    if (!this.mayRead(subject, stored)) throw new ActionForbidden('read-attachment');
    return { subject };
  }

  /** Papers say who complains. */
  private mayRead(subject: Subject, stored: StoredDossier): boolean {
    return this.access.reaches(subject, 'read-attachment', stored) && this.access.seesApplicant(subject, stored);
  }

  private async write(
    manager: EntityManager,
    { dossier: { dossierId }, subject, occurredAt }: Scene,
    { attachmentId, componentCode, mediaType, bytes, sha256 }: AttachedFile,
    sealedName: Buffer,
  ): Promise<void> {
    const [{ count } = { count: 0 }] = await manager.query<{ count: number }[]>(
      'select count(*)::integer as count from desk.attachment where dossier_id = $1',
      [dossierId],
    );
    if (count >= MOST_FILES) throw new TooManyAttachments();
    if (!(await uploadEnded(manager, attachmentId))) throw new UploadSwept();
    const { officialId, postId, officeId } = subject.actor;
    await manager.query(
      `insert into desk.attachment (attachment_id, dossier_id, component_code, sealed_name, media_type, bytes, sha256,
         state, added_at, official_id, post_id, office_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        attachmentId,
        dossierId,
        componentCode,
        sealedName,
        mediaType,
        bytes,
        sha256,
        this.scanner === null ? 'unscanned' : 'quarantined',
        occurredAt,
        officialId,
        postId,
        officeId,
      ],
    );
  }

  /** @throws AttachmentNotFound */
  private async row(manager: EntityManager, dossierId: string, attachmentId: string): Promise<Row> {
    const [row] = await rowsOf(manager, dossierId, attachmentId);
    if (!row) throw new AttachmentNotFound(attachmentId);
    return row;
  }
}

type DataKey = Awaited<ReturnType<PersonalData['keyOf']>>;

/**
 * Whether it was there, and so young that no sweep, which takes what is a day old, may be at its bytes before the transaction ends.
 */
async function uploadEnded(manager: EntityManager, attachmentId: string): Promise<boolean> {
  const [, deleted] = await manager.query<[unknown, number]>(
    `delete from desk.attachment_upload
     where attachment_id = $1 and begun_at > clock_timestamp() - interval '23 hours'`,
    [attachmentId],
  );
  return deleted === 1;
}

function rowsOf(manager: EntityManager, dossierId: string, attachmentId: string | null): Promise<Row[]> {
  return manager.query<Row[]>(
    `select a.*, w.reason_code, w.withdrawn_at, w.official_id as withdrawn_by
     from desk.attachment a left join desk.attachment_withdrawal w using (attachment_id)
     where dossier_id = $1 and ($2::uuid is null or attachment_id = $2) order by attachment_id limit ${MOST_FILES}`,
    [dossierId, attachmentId],
  );
}

function viewOf(row: Row, name: string | null): AttachmentView {
  const { attachment_id: attachmentId, component_code: componentCode, media_type: mediaType, bytes, sha256 } = row;
  const { reason_code: reasonCode, withdrawn_at: at, withdrawn_by: officialId } = row;
  return {
    attachmentId,
    componentCode,
    name,
    mediaType,
    bytes,
    sha256,
    state: row.state,
    addedAt: row.added_at.toISOString(),
    by: { officialId: row.official_id, postId: row.post_id, officeId: row.office_id },
    withdrawn:
      reasonCode !== null && at !== null && officialId !== null
        ? { reasonCode, at: at.toISOString(), officialId }
        : null,
  };
}

function nameOf(key: DataKey, dossierId: string, { attachment_id: id, sealed_name: sealed }: Row): string {
  return open(key, sealed, nameContext(dossierId, id)).toString('utf8');
}

/** A request with what it brings: the same key with another file is no repeat. */
function withUpload(request: CommandRequest, { name, componentCode, sha256 }: Upload): CommandRequest {
  const requestHash = sha256Hex(canonicalJson([request.requestHash, name, componentCode, sha256]));
  return { ...request, requestHash };
}

function nameContext(dossierId: string, attachmentId: string): string {
  return `desk.attachment/${dossierId}/${attachmentId}/name`;
}
