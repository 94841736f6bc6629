import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { ActionForbidden } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { Audit, type DossierAudit } from './audit';

/** For auditors: whether journal, ledgers and workflow history of a dossier agree. */
@Controller('audits')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Get(':dossierId')
  @Action('audit-dossier')
  @ApiOperation({
    summary:
      'Journal, ledgers and workflow history of one dossier, compared and replayed; the looks are logged by desk',
    description:
      'The archive holds the journal’s exact bytes and Temporal’s own export, without personal data of the applicant, and is ' +
      'what `motcua audit verify` checks on a machine without any server.',
  })
  one(@CurrentCaller() caller: Caller, @Param('dossierId', ParseUUIDPipe) dossierId: string): Promise<DossierAudit> {
    if (caller.kind !== 'person') throw new ActionForbidden('audit-dossier');
    return this.audit.of(dossierId, caller.token);
  }
}
