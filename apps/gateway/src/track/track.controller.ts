import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Action } from '#platform';
import { languageOf } from './language-of';
import { lookUpLimit, LookUpThrottle } from './look-up-throttle';
import { LookUps, type Receipt } from './look-ups';
import { style } from './style';
import { TrackDto, TrackQuery, UsualTimesQuery } from './track.dto';
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
  ) {}

  /** By the QR code of a receipt; without code and secret, the form. */
  @Get()
  @UseGuards(LookUpThrottle)
  @Throttle(lookUpLimit)
  @Action('track')
  @ApiOperation({ summary: 'The form to look a dossier up, or the dossier, by code and secret in the QR code' })
  async page(@Query() { c, s }: TrackQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (c === undefined || s === undefined) {
      show(response, 200, formPage(languageOf(request), { code: c ?? '', wrong: false }));
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
    show(response, 200, usualTimesPage(language, await this.usualTimes.ask(query, language)));
  }

  private async answer(receipt: Receipt, request: Request, response: Response): Promise<void> {
    const language = languageOf(request);
    const dossier = await this.lookUps.find(receipt, language);
    if (dossier) show(response, 200, dossierPage(language, dossier, receipt));
    else show(response, 404, formPage(language, { code: receipt.code, wrong: true }));
  }
}

function show(response: Response, status: number, page: string): void {
  response.setHeader('content-security-policy', policyOfPages);
  response.setHeader('referrer-policy', 'no-referrer'); // The address of a QR code holds the secret.
  response.status(status).type('html').send(page);
}
