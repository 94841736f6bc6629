import { pipeline } from 'node:stream/promises';
import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Action, CurrentCaller, type Caller, type RequestOfCaller } from '#platform';
import type { Answer } from '../command/answer-book';
import { FromRequest, type CommandRequest } from '../command/request';
import type { DossierView } from '../lookup/dossier-view';
import { AddAttachmentDto, WithdrawAttachmentDto } from './attachments.dto';
import { Attachments, type AttachmentsView } from './attachments';
import { dispositionOf } from './disposition';
import { uploadOf } from './upload';

const keyHeader = {
  name: 'Idempotency-Key',
  required: true,
  description: 'A UUID of yours; a repeat gets the same answer.',
} as const;

/** The files of a dossier's papers: what was handed in on paper, scanned, or came as a file. */
@Controller('dossiers/:dossierId/attachments')
export class AttachmentsController {
  constructor(private readonly attachments: Attachments) {}

  @Get()
  @Action('read-dossier')
  @ApiOperation({
    summary: 'The files of a dossier, oldest first, at most 200; names are personal, so the look is logged',
  })
  list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<AttachmentsView> {
    return this.attachments.list(caller, dossierId);
  }

  @Post()
  @HttpCode(201)
  @Action('add-attachment')
  @ApiOperation({
    summary: 'add-attachment: recorded as attachment-added',
    description:
      'The body is the file as it is, 20 MiB at most: PDF, PNG, JPEG, TIFF, WebP, docx, xlsx, odt or ods without macros, known by its ' +
      'bytes. It is refused unless it has the hash that was sent with it. Needs no ETag; Location tells where it is. Allowed while ' +
      'the dossier has not ended.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader(keyHeader)
  @ApiHeader({ name: 'X-Attachment-Name', required: true, description: 'What it is called, percent-encoded UTF-8.' })
  @ApiHeader({
    name: 'X-Attachment-Sha256',
    required: true,
    description: 'SHA-256 of the body, lower-case hexadecimal.',
  })
  @ApiResponse({ status: 413, description: 'ATTACHMENT_TOO_LARGE' })
  @ApiResponse({
    status: 503,
    description: 'ATTACHMENT_STORE_AWAY: nothing was recorded; send it again, with the same key',
  })
  async add(
    @FromRequest() command: CommandRequest,
    @Req() request: RequestOfCaller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Query() { component }: AddAttachmentDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView> {
    const upload = uploadOf(request, component ?? null);
    return told(await this.attachments.add(command, dossierId, upload, closeOf(response)), response);
  }

  @Post(':attachmentId/withdrawal')
  @HttpCode(200)
  @Action('withdraw-attachment')
  @ApiOperation({
    summary: 'withdraw-attachment: recorded as attachment-withdrawn',
    description:
      'For a file that was added by mistake. It stays in the list, and can be opened, with why it was taken back. Needs no ETag.',
  })
  @ApiHeader(keyHeader)
  async withdraw(
    @FromRequest() command: CommandRequest,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Body() { reasonCode }: WithdrawAttachmentDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DossierView> {
    return told(await this.attachments.withdraw(command, dossierId, { attachmentId, reasonCode }), response);
  }

  @Get(':attachmentId')
  @Action('read-attachment')
  @ApiOperation({
    summary: 'One file, byte for byte as it was handed in; the look is logged, by file',
    description:
      'Always as a download, never shown by the browser as a page: what people hand in is executed nowhere. Refused while it is in ' +
      'quarantine (ATTACHMENT_QUARANTINED) and for good where it is infected (ATTACHMENT_INFECTED).',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async open(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Param('attachmentId', ParseUUIDPipe) attachmentId: string,
    @Res() response: Response,
  ): Promise<void> {
    const asked = { dossierId, attachmentId };
    const { name, mediaType, bytes, content } = await this.attachments.open(caller, asked, closeOf(response));
    response.set({
      'content-type': mediaType,
      'content-length': String(bytes),
      'content-disposition': dispositionOf(name, mediaType),
      'content-security-policy': "sandbox; default-src 'none'",
    });
    try {
      await pipeline(content, response);
    } catch (error) {
      if (!response.closed || response.errored) throw error; // Whoever closed the page has no use for the rest.
    }
  }
}

/** Aborted when the answer was given, or nobody waits for it any more. */
function closeOf(response: Response): AbortSignal {
  const closed = new AbortController();
  if (response.closed) closed.abort();
  else response.once('close', () => closed.abort());
  return closed.signal;
}

function told({ etag, location, body }: Answer, response: Response): DossierView {
  if (etag !== null) response.setHeader('etag', etag);
  if (location !== null) response.setHeader('location', location);
  return JSON.parse(body) as DossierView;
}
