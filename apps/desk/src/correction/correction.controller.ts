import { isDeepStrictEqual } from 'node:util';
import { Body, Controller } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsNotEmpty, IsObject, IsString, MaxLength, ValidateIf, validateSync } from 'class-validator';
import { channels, correctableFields, type CorrectableField } from '#contracts';
import { answersTo, FieldInvalid, type CommandOf } from '#domain';
import { sha256Hex } from '#platform';
import { ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import type { Made, Scene } from '../command/dossier-commands';
import type { Applicant } from '../command/personal-data';
import { ApplicantDto } from '../intake/intake.dto';

export class CorrectDto extends ReasonedDto {
  @ApiProperty({ enum: correctableFields })
  @IsIn(correctableFields)
  field: CorrectableField;

  @ApiPropertyOptional({ description: 'What is right; of every field but the e-form.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @IsNotEmpty()
  @MaxLength(500)
  newValue?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What is right of the e-form: all answers, to the version of the form that was answered at intake.',
  })
  @ValidateIf((_, value) => value !== undefined)
  @IsObject()
  eForm?: object;
}

/** A clerical error put right: a new entry, the old value kept; personal values and answers stay sealed in `desk`. */
@Controller('dossiers/:dossierId')
export class CorrectionController {
  @DossierCommand('correct')
  correct(@Body() { field, newValue, eForm, reasonCode }: CorrectDto): Make {
    return (scene) => {
      if (field === 'eForm') {
        if (newValue !== undefined) throw new FieldInvalid('newValue', 'must not be sent: the e-form is corrected');
        if (eForm === undefined) throw new FieldInvalid('eForm', 'must be sent: all answers, as they are right');
        return eFormCorrected(scene, eForm, reasonCode);
      }
      if (eForm !== undefined) throw new FieldInvalid('eForm', 'must not be sent: another field is corrected');
      if (newValue === undefined) throw new FieldInvalid('newValue', 'must say what is right');
      return field === 'channel'
        ? channelCorrected(scene, newValue, reasonCode)
        : applicantCorrected(scene, field, newValue, reasonCode);
    };
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
  field: Exclude<CorrectableField, 'channel' | 'eForm'>,
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

/**
 * Answers are corrected whole, by the form that they answer: its version at intake, whatever the procedure asks by now.
 *
 * @throws FieldInvalid, AnswersInvalid, PersonalDataErased
 */
async function eFormCorrected(scene: Scene, said: object, reasonCode: string): Promise<Made> {
  const answered = await scene.eForm();
  if (!answered) throw new FieldInvalid('field', 'belongs to an e-form, and no answers are known of this dossier');
  const { form, procedureCode, procedureVersion, statements } = answered;
  const answers = answersTo(form, said);
  if (isDeepStrictEqual(answers, statements.at(-1)?.answers))
    throw new FieldInvalid('eForm', 'says what is known already');
  const corrected = (sealedHash: string): CommandOf<'correct'> => {
    const eForm = { procedureCode, procedureVersion, sealedHash };
    return { name: 'correct', field: 'eForm', oldValue: null, newValue: null, eForm, reasonCode };
  };
  const sealedEForm = await scene.sealedFor(corrected(''), answers);
  return { command: corrected(sha256Hex(sealedEForm)), personal: { sealedEForm } };
}
