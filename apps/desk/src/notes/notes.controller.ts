import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource, type EntityManager } from 'typeorm';
import { ActionForbidden, type Action as ActionName } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess, type Subject } from '../access/desk-access';
import { sent } from '../command/answer-book';
import { DossierStore } from '../command/dossier-store';
import { FromRequest, type CommandRequest } from '../command/request';
import { Feedback, type FeedbackView } from './feedback';
import { AnswersReadDto, ColleaguesNoteDto, NoteDto } from './notes.dto';
import { Notes, type NoteView, type ReadNotes, type Visibility, type Written } from './notes';
import { Once } from './once';

/** What was added. */
interface NoteAdded {
  readonly noteId: string;
  /** ISO 8601 UTC in the stack's (mapped) time. */
  readonly at: string;
}

/** What people write on a dossier beside its commands: for colleagues, or to the applicant. */
@Controller('dossiers/:dossierId')
export class NotesController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly notes: Notes,
    private readonly feedback: Feedback,
    private readonly once: Once,
  ) {}

  @Get('notes')
  @Action('read-notes')
  @ApiOperation({
    summary:
      'Internal: what colleagues noted, oldest first; the office sees it, never the applicant. The look is logged',
    description: 'Of a complaint to the holder and to heads alone, as everything that may name who complains.',
  })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ notes: readonly NoteView[] }> {
    const { manager } = this.dataSource;
    return { notes: await this.read(manager, caller, dossierId, 'office') };
  }

  @Post('notes')
  @Action('write-note')
  @ApiOperation({ summary: 'Internal: a note for colleagues; the office sees it, never the applicant' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async note(
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Body() { text, asksHolder = false }: ColleaguesNoteDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoteAdded> {
    return this.write(request, response, 'write-note', { dossierId, visibility: 'office', text, asksHolder });
  }

  @Get('messages')
  @Action('read-notes')
  @ApiOperation({
    summary:
      'What the office and the applicant wrote to each other, oldest first, and how the applicant found it; the look is logged',
    description: 'Of a complaint to the holder and to heads alone.',
  })
  async thread(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ messages: readonly NoteView[]; feedback: FeedbackView | null }> {
    const { manager } = this.dataSource;
    const subject = await this.mayDo(manager, caller, 'read-notes', dossierId);
    const messages = await this.notes.of(manager, dossierId, 'applicant');
    const feedback = await this.feedback.of(manager, dossierId);
    if (messages.length > 0 || feedback?.words != null) await logLook(manager, subject, 'read-notes', dossierId);
    return { messages, feedback };
  }

  /** For a page that is open: it asks whether there is something to show, and a number is no look. */
  @Get('messages/unread')
  @Action('read-dossier')
  @ApiOperation({ summary: 'How many answers of the applicant the holder has not said to have read' })
  async unread(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ unread: number }> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    this.access.require(subject, 'read-dossier', await this.store.find(manager, dossierId));
    return { unread: await this.notes.unread(manager, dossierId) };
  }

  @Post('messages')
  @Action('write-to-applicant')
  @ApiOperation({
    summary:
      'A message to the applicant, who reads it on the citizen’s page and is told that it is there, without its text',
    description: 'An entry of the stream `messages`; moves neither the dossier nor its ETag.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async message(
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Body() { text }: NoteDto,
    @FromRequest() request: CommandRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoteAdded> {
    return this.write(request, response, 'write-to-applicant', { dossierId, visibility: 'applicant', text });
  }

  /** Said again it changes nothing. */
  @Post('messages/read')
  @HttpCode(204)
  @Action('mark-answers-read')
  @ApiOperation({ summary: 'The holder has read the applicant’s answers up to this one: the mark in the queue goes' })
  async answersRead(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Body() { upTo }: AnswersReadDto,
  ): Promise<void> {
    await this.markRead(caller, { dossierId, visibility: 'applicant', upTo });
  }

  /** Said again it changes nothing. */
  @Post('notes/read')
  @HttpCode(204)
  @Action('mark-answers-read')
  @ApiOperation({ summary: 'The holder has read the colleagues’ questions up to this one: the mark in the queue goes' })
  async questionsRead(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Body() { upTo }: AnswersReadDto,
  ): Promise<void> {
    await this.markRead(caller, { dossierId, visibility: 'office', upTo });
  }

  private async markRead(caller: Caller, read: Omit<ReadNotes, 'officialId'>): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const subject = await this.mayDo(manager, caller, 'mark-answers-read', read.dossierId);
      await this.notes.markRead(manager, { ...read, officialId: subject.actor.officialId });
    });
  }

  private async read(
    manager: EntityManager,
    caller: Caller,
    dossierId: string,
    visibility: Visibility,
  ): Promise<readonly NoteView[]> {
    const subject = await this.mayDo(manager, caller, 'read-notes', dossierId);
    const notes = await this.notes.of(manager, dossierId, visibility);
    if (notes.length > 0) await logLook(manager, subject, 'read-notes', dossierId);
    return notes;
  }

  private async write(
    request: CommandRequest,
    response: Response,
    action: ActionName,
    note: Omit<Written, 'author'>,
  ): Promise<NoteAdded> {
    const answer = await this.once.do(request, async (manager) => {
      const { actor: author } = await this.mayDo(manager, request.caller, action, note.dossierId);
      return this.notes.add(manager, { ...note, author });
    });
    return sent(response, answer);
  }

  /** @throws DossierNotFound, ActionForbidden: of a complaint also for who may not know who complains */
  private async mayDo(manager: EntityManager, caller: Caller, action: ActionName, dossierId: string): Promise<Subject> {
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.store.find(manager, dossierId);
    this.access.require(subject, action, stored);
    if (!this.access.seesApplicant(subject, stored)) throw new ActionForbidden(action);
    return subject;
  }
}
