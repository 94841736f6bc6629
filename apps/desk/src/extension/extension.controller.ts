import { Body, Controller } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { DossierCommand, type Make } from '../command/dossier-command';
import { requireOfficial } from '../organisation/organisation-directory';
import { ExceptionDto } from '../suspension/suspension.dto';

export class ExtendDto extends ExceptionDto {
  @ApiProperty({ example: '2026-12-04', description: "The new day of appointment in the office's zone." })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  until: string;
}

/** The one re-appointment, with apology. The caller signs it. */
@Controller('dossiers/:dossierId')
export class ExtensionController {
  @DossierCommand('extend')
  extend(@Body() body: ExtendDto): Make {
    const { reasonCode, until, legalBasis = null, approvedBy = null } = body;
    return ({ subject: { actor, organisation } }) => {
      requireOfficial(organisation, approvedBy, 'approvedBy');
      return { command: { name: 'extend', reasonCode, until, signedBy: actor.officialId, legalBasis, approvedBy } };
    };
  }
}
