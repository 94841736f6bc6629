import { Body, Controller } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsNotEmpty, IsString, MaxLength, validateSync } from 'class-validator';
import { channels, correctableFields, type CorrectableField } from '#contracts';
import { FieldInvalid } from '#domain';
import { ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import type { Made, Scene } from '../command/dossier-commands';
import type { Applicant } from '../command/personal-data';
import { ApplicantDto } from '../intake/intake.dto';

export class CorrectDto extends ReasonedDto {
  @ApiProperty({ enum: correctableFields })
  @IsIn(correctableFields)
  field: CorrectableField;

  @ApiProperty({ description: 'What is right.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  newValue: string;
}

/** A clerical error put right: a new entry, the old value kept; a personal value stays sealed in `desk`. */
@Controller('dossiers/:dossierId')
export class CorrectionController {
  @DossierCommand('correct')
  correct(@Body() { field, newValue, reasonCode }: CorrectDto): Make {
    return (scene) =>
      field === 'channel'
        ? channelCorrected(scene, newValue, reasonCode)
        : applicantCorrected(scene, field, newValue, reasonCode);
  }
}

function channelCorrected({ dossier }: Scene, newValue: string, reasonCode: string): Made {
  if (!(channels as readonly string[]).includes(newValue)) {
    throw new FieldInvalid('newValue', `must be one of ${channels.join(', ')}`);
  }
  return { command: { name: 'correct', field: 'channel', oldValue: dossier.channel, newValue, reasonCode } };
}

async function applicantCorrected(
  scene: Scene,
  field: Exclude<CorrectableField, 'channel'>,
  newValue: string,
  reasonCode: string,
): Promise<Made> {
  const applicant = await scene.applicant();
  if (!applicant) throw new FieldInvalid('field', 'belongs to an applicant, and none is known of this dossier');
  const property = field.slice('applicant.'.length) as keyof Applicant;
  requireAsAtIntake(property, newValue);
  return {
    command: { name: 'correct', field, oldValue: null, newValue: null, reasonCode },
    personal: { applicant: { ...applicant, [property]: newValue } },
  };
}

/** What is corrected must be what an intake would have taken: it is where the applicant is told. @throws FieldInvalid */
function requireAsAtIntake(property: string, newValue: string): void {
  const said = plainToInstance(ApplicantDto, { name: 'known', [property]: newValue });
  const [broken] = validateSync(said).filter((error) => error.property === property);
  const [rule] = Object.values(broken?.constraints ?? {});
  if (rule !== undefined) throw new FieldInvalid('newValue', `is refused as at intake: ${rule}`);
}
