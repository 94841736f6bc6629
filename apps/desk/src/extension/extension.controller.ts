import { Body, Controller } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { IsName } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import { requireRightTo } from '../organisation/signing';
import { ExceptionDto } from '../suspension/suspension.dto';

export class ExtendDto extends ExceptionDto {
  @ApiProperty({ example: '2026-12-04', description: "The new day of appointment in the office's zone." })
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  until: string;

  @ApiPropertyOptional({ description: 'Id of the official who signs the apology. Default: the caller.' })
  @IsOptional()
  @IsName()
  signedBy?: string;
}

/** The one re-appointment, with apology. */
@Controller('dossiers/:dossierId')
export class ExtensionController {
  @DossierCommand('extend')
  extend(@Body() body: ExtendDto): Make {
    const { reasonCode, until, legalBasis = null, approvedBy = null } = body;
    return (scene) => {
      const { signedBy = scene.subject.actor.officialId } = body;
      requireRightTo('sign-apology', signedBy, 'signedBy', scene);
      requireRightTo('approve-exception', approvedBy, 'approvedBy', scene);
      return { command: { name: 'extend', reasonCode, until, signedBy, legalBasis, approvedBy } };
    };
  }
}
