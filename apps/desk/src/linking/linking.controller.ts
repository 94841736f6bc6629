import { Body, Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { LinkKind } from '#contracts';
import { Action, CurrentCaller, type Caller } from '#platform';
import { askedOf, DeskAccess, inReach, notAbout } from '../access/desk-access';
import { DossierCommand, type Make } from '../command/dossier-command';
import { DossierStore } from '../command/dossier-store';
import { LinkDto } from './link.dto';

/** One link of a dossier, as it is seen from there. */
export interface LinkView {
  readonly kind: LinkKind;
  /** `to`: noted on this dossier; `from`: noted on the other. */
  readonly direction: 'to' | 'from';
  readonly dossierId: string;
  readonly code: string | null;
  readonly status: string;
}

/** Which dossiers belong together. */
@Controller('dossiers/:dossierId')
export class LinkingController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
  ) {}

  /** Both must be in the caller's sight. */
  @DossierCommand('link')
  link(@Body() { kind, otherDossierId }: LinkDto): Make {
    return async ({ subject }) => {
      const other = await this.store.find(this.dataSource.manager, otherDossierId.toLowerCase());
      this.access.require(subject, 'read-dossier', other);
      return { command: { name: 'link', kind, otherDossierId: other.state.dossierId } };
    };
  }

  /** From both sides; what the caller may not see is left out. */
  @Get('links')
  @Action('read-dossier')
  @ApiOperation({ summary: 'The dossiers in sight that this one belongs to, and those that belong to it' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
  ): Promise<{ links: readonly LinkView[] }> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    this.access.require(subject, 'read-dossier', await this.store.find(manager, dossierId));
    const links = await manager.query<LinkView[]>(
      `select link.kind, link.direction, dossier.dossier_id as "dossierId", dossier.code, dossier.status
       from (select kind, 'to' as direction, other_dossier_id as other, sequence from desk.dossier_link where dossier_id = $1
             union all
             select kind, 'from', dossier_id, sequence from desk.dossier_link where other_dossier_id = $1) as link
       join desk.dossier on dossier.dossier_id = link.other
       where (${inReach('$2')} or ${askedOf('$2')})
         and ${notAbout('$3', '$4')}
       order by link.direction desc, dossier.dossier_id, link.sequence`,
      [
        dossierId,
        this.access.officesWithin(subject, 'read-dossier'),
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
    );
    return { links };
  }
}
