import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Action, RemoteRefusal } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { documentOf, type Document } from './document';
import { longest, type Outcome } from './exchange';
import { languageOf } from './language-of';
import { lookUpLimit, LookUpThrottle } from './look-up-throttle';
import { LookUps, type Receipt, type SaidKind } from './look-ups';
import { ReceiptCookie } from './receipt-cookie';
import { style } from './style';
import { SaidDto, SaidParams, SentQuery, TrackDto, TrackQuery, UsualTimesQuery } from './track.dto';
import { TrackPageFilter } from './track-page.filter';
import { dossierPage, formPage, usualTimesPage } from './track-pages';
import { UsualTimes } from './usual-times';

/** Nothing but the style sheet and its own forms: no script, no picture, in nobody's frame. */
const policyOfPages =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What a citizen sees of a dossier, without an account and without script. */
@Controller('track')
@UseFilters(TrackPageFilter)
export class TrackController {
  constructor(
    private readonly lookUps: LookUps,
    private readonly usualTimes: UsualTimes,
    private readonly receipts: ReceiptCookie,
    private readonly settings: GatewaySettings,
  ) {}

  /** By the QR code of a receipt; without code and secret, the form. */
  @Get()
  @UseGuards(LookUpThrottle)
  @Throttle(lookUpLimit)
  @Action('track')
  @ApiOperation({ summary: 'The form to look a dossier up, or the dossier, by code and secret in the QR code' })
  async page(@Query() { c, s }: TrackQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (c === undefined || s === undefined) {
      this.show(response, 200, formPage(languageOf(request), { code: c ?? '', wrong: false }));
    } else {
      await this.answer({ code: c, secret: s }, request, response);
    }
  }

  /** 404 with the form again whatever is wrong, also where the code is locked. At most 5 looks a minute and address: 429. */
  @Post()
  @HttpCode(200)
  @UseGuards(LookUpThrottle)
  @Throttle(lookUpLimit)
  @Action('track')
  @ApiOperation({ summary: 'The dossier of a receipt; what is wrong with code or secret is not told' })
  async look(@Body() { code, secret }: TrackDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.answer({ code, secret }, request, response);
  }

  /** The dossier again, behind something that was sent; a reload sends nothing. Without the cookie, the form. */
  @Get('sent')
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { ttl: 60_000, limit: 30 } })
  @Action('track')
  @ApiOperation({ summary: 'The dossier of whoever has just sent something, for two minutes' })
  async sent(@Query() { sent }: SentQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const receipt = this.receipts.of(request);
    if (receipt) await this.answer(receipt, request, response, sent ? { outcome: { sent }, status: 200 } : undefined);
    else this.show(response, 200, formPage(languageOf(request), { code: '', wrong: false }));
  }

  @Get('style.css')
  @Action('track')
  @ApiOperation({ summary: 'The style sheet of these pages' })
  styleSheet(@Res() response: Response): void {
    response.setHeader('cache-control', 'public, max-age=3600');
    response.type('css').send(style);
  }

  /** How long procedures usually take, for whoever has not handed anything in yet. */
  @Get('usual-times')
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { ttl: 60_000, limit: 30 } })
  @Action('track')
  @ApiOperation({ summary: 'How long a procedure usually takes at an office' })
  async usual(@Query() query: UsualTimesQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    const language = languageOf(request);
    this.show(response, 200, usualTimesPage(language, await this.usualTimes.ask(query, language)));
  }

  /**
   * A message to the office, a rating or a complaint, with code and secret. 303 to the dossier; where it is not taken, the dossier
   * with what was typed and why: 400 for a form that is not filled in, 409 for what `desk` refuses. Counts as a look.
   */
  @Post(':kind')
  @UseGuards(LookUpThrottle)
  @Throttle(lookUpLimit)
  @Action('track')
  @ApiOperation({ summary: 'What the applicant says: a message to the office, a rating, a complaint' })
  async say(
    @Param() { kind }: SaidParams,
    @Body() form: SaidDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const receipt = { code: form.code, secret: form.secret };
    const typed = form.text ?? '';
    const refused = (status: number, code: string) =>
      this.answer(receipt, request, response, { status, outcome: { refused: kind, code, typed } });
    const said = saidIn(kind, form);
    if (said === null) {
      await refused(400, 'NOT_FILLED_IN');
      return;
    }
    try {
      const answer = await this.lookUps.say(receipt, kind, said, form.key);
      if (answer === null) {
        await this.answer(receipt, request, response);
      } else {
        this.receipts.give(response, receipt);
        response.redirect(303, `/track/sent?sent=${kind}&language=${languageOf(request)}`);
      }
    } catch (error) {
      if (!(error instanceof RemoteRefusal) || error.kind !== 'conflict') throw error;
      await refused(409, error.code);
    }
  }

  private async answer(
    receipt: Receipt,
    request: Request,
    response: Response,
    { status, outcome }: { readonly status: number; readonly outcome: Outcome | null } = { status: 200, outcome: null },
  ): Promise<void> {
    const language = languageOf(request);
    const dossier = await this.lookUps.find(receipt, language);
    if (dossier) this.show(response, status, dossierPage(language, dossier, receipt, outcome));
    else this.show(response, 404, formPage(language, { code: receipt.code, wrong: true }));
  }

  private show(response: Response, status: number, page: Document): void {
    response.setHeader('content-security-policy', policyOfPages);
    response.setHeader('referrer-policy', 'no-referrer'); // The address of a QR code holds the secret.
    response.status(status).type('html').send(documentOf(page, this.settings.DEMO));
  }
}

/** What `desk` is told of a form; null where something in it is missing or too long. */
function saidIn(kind: SaidKind, { text = '', rating, about }: SaidDto): object | null {
  if (text.length > longest[kind]) return null;
  if (kind === 'rating') return rating === undefined ? null : { rating: Number(rating), ...(text && { words: text }) };
  if (text === '' || (kind === 'complaint' && about === undefined)) return null;
  return kind === 'complaint' ? { about, text } : { text };
}
