import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Action, CurrentCaller, type Caller } from '#platform';
import { logLook } from '../access/access-log';
import { DeskAccess } from '../access/desk-access';
import { DossierStore } from '../command/dossier-store';
import { LookUpSecrets } from './look-up-secrets';
import { PublicLookUpDto } from './public-look-up.dto';
import { PublicLookUp, type PublicLookUpView } from './public-look-up';

/** What a receipt prints for its bearer. */
interface LookUpSecretView {
  /** Null until an online submission is accepted: without it nothing can be looked up. */
  readonly code: string | null;
  readonly secret: string;
}

/** The secret of a dossier, for printing. No command's answer holds it: answers are kept, and this must be nowhere. */
@Controller('dossiers')
export class LookUpSecretController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly secrets: LookUpSecrets,
  ) {}

  @Get(':dossierId/look-up-secret')
  @Action('read-look-up-secret')
  @ApiOperation({ summary: 'What the receipt prints so that its bearer can look the dossier up; the look is logged' })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<LookUpSecretView> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.store.find(manager, dossierId);
    this.access.require(subject, 'read-look-up-secret', stored);
    await logLook(manager, subject, 'read-look-up-secret', dossierId);
    return { code: stored.state.code, secret: this.secrets.of(dossierId) };
  }
}

/** What a citizen is told without an account. The service that asks counts who guesses. */
@Controller('public-look-ups')
export class PublicLookUpController {
  constructor(private readonly lookUp: PublicLookUp) {}

  @Post()
  @HttpCode(200)
  @Action('look-up-with-secret')
  @ApiOperation({
    summary:
      'A dossier by the code and the secret on its receipt: its state, its clock, what is missing; nobody’s name',
    description:
      '404 NOTHING_TO_LOOK_UP whatever is wrong. POST, for the secret must stand in no address; nothing is written but, where ' +
      'messages are shown, the access log.',
  })
  find(@CurrentCaller() caller: Caller, @Body() body: PublicLookUpDto): Promise<PublicLookUpView> {
    return this.lookUp.find(caller, body);
  }
}
