import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation } from '@nestjs/swagger';
import { Action, canonicalJson, sha256Hex } from '#platform';
import { FromRequest, type CommandRequest } from '../command/request';
import { Feedback } from '../notes/feedback';
import { Notes } from '../notes/notes';
import { Once } from '../notes/once';
import { Complaints } from './complaints';
import { PublicLookUp } from './public-look-up';
import { ApplicantMessageDto, ComplaintDto, FeedbackDto } from './public-look-up.dto';

/** What an applicant says without an account, by code and secret. Nothing comes back: the page asks anew. */
@Controller('public-look-ups')
export class ApplicantController {
  constructor(
    private readonly lookUp: PublicLookUp,
    private readonly once: Once,
    private readonly notes: Notes,
    private readonly feedback: Feedback,
    private readonly complaints: Complaints,
  ) {}

  @Post('messages')
  @HttpCode(204)
  @Action('speak-with-secret')
  @ApiOperation({
    summary: 'The applicant writes to the office; the holder is shown that an answer came',
    description: '404 NOTHING_TO_LOOK_UP whatever is wrong; 409 TOO_MANY_MESSAGES after ten in 24 hours.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async message(
    @Body() { code, secret, text }: ApplicantMessageDto,
    @FromRequest() request: CommandRequest,
  ): Promise<void> {
    const { dossierId } = await this.lookUp.named(code, secret);
    const written = { dossierId, visibility: 'applicant', author: null, text } as const;
    await this.once.do(saying(request, [dossierId, text]), (manager) => this.notes.add(manager, written));
  }

  @Post('feedback')
  @HttpCode(204)
  @Action('speak-with-secret')
  @ApiOperation({
    summary: 'How the applicant found it, once, after the result',
    description: '404 NOTHING_TO_LOOK_UP; 409 NO_RESULT_YET, FEEDBACK_GIVEN.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async rate(
    @Body() { code, secret, rating, words }: FeedbackDto,
    @FromRequest() request: CommandRequest,
  ): Promise<void> {
    const dossier = await this.lookUp.named(code, secret);
    const said = { rating, words: words ?? null };
    await this.once.do(saying(request, [dossier.dossierId, said.rating, said.words]), async (manager) => {
      await this.feedback.add(manager, dossier, said);
      return {};
    });
  }

  @Post('complaints')
  @HttpCode(204)
  @Action('speak-with-secret')
  @ApiOperation({
    summary:
      'The applicant complains about whoever holds the dossier, or about the office: a submission that never meets them',
    description:
      '404 NOTHING_TO_LOOK_UP; 409 COMPLAINT_NOT_OFFERED, ROUTED_TO_CONCERNED, TOO_MANY_COMPLAINTS after three in 24 hours.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  async complain(
    @Body() { code, secret, about, text }: ComplaintDto,
    @FromRequest() request: CommandRequest,
  ): Promise<void> {
    const dossier = await this.lookUp.named(code, secret);
    await this.complaints.submit(saying(request, [dossier.dossierId, about, text]), dossier, { about, text });
  }
}

/** A repeat is known by what is said and of which dossier: the secret is kept in no hash that somebody could try it against. */
function saying(request: CommandRequest, said: readonly (string | number | null)[]): CommandRequest {
  return { ...request, requestHash: sha256Hex(canonicalJson(said)) };
}
