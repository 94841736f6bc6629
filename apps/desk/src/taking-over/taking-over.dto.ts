import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import {
  channels,
  stopReasons,
  takenOverStatuses,
  type Channel,
  type StopReason,
  type TakenOverFrom,
} from '#contracts';
import { HolderDto, IsName, IsPart } from '../command/command.dto';
import { ApplicantDto } from '../intake/intake.dto';

/** Numbers of other systems, also such as `000.00.04.H41/2026-17`; no blanks, so that no free text gets into the journal. */
const numberPattern = /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,99}$/u;

const wallTime = String.raw`\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?`;
const timePattern = new RegExp(`^${wallTime}(Z|[+-]\\d{2}:\\d{2})?$`);
const timeOrDayPattern = new RegExp(`^(${wallTime}(Z|[+-]\\d{2}:\\d{2})?|\\d{4}-\\d{2}-\\d{2})$`);

/** As other systems write a time: on the wall of the office, `2026-11-23 08:00`, or with an offset. */
function IsTime(): PropertyDecorator {
  return Matches(timePattern, {
    message: '$property must be a time such as 2026-11-23 08:00 or 2026-11-23T08:00:00+07:00',
  });
}

/** Or a day: the end of its working time, after a day off of the next. */
function IsTimeOrDay(): PropertyDecorator {
  return Matches(timeOrDayPattern, {
    message:
      '$property must be a time such as 2026-11-23 08:00 or 2026-11-23T08:00:00+07:00, or a day such as 2026-11-23',
  });
}

const aTime = {
  example: '2026-11-23 08:00',
  description: 'By the clock on the wall of the office, or with an offset.',
};

export class ClockStopDto {
  @ApiProperty({ enum: stopReasons })
  @IsIn(stopReasons)
  reason: StopReason;

  @ApiProperty(aTime)
  @IsTime()
  from: string;

  @ApiPropertyOptional({ ...aTime, description: 'Left out while it lasts.' })
  @IsOptional()
  @IsTime()
  until?: string;
}

/** A dossier that is open in another system already. */
export class TakeOverDto {
  @ApiProperty({ example: 'old-desk', description: 'The other system; with the number it is the identity.' })
  @IsName()
  system: string;

  @ApiProperty({ example: 'HS/2026/000017', description: 'The number of the dossier there.' })
  @Matches(numberPattern)
  number: string;

  @ApiProperty({ example: '1.012786' })
  @IsName()
  procedureCode: string;

  @ApiProperty({ example: 'do-luong-centre', description: 'The office that received it.' })
  @IsName()
  officeId: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel: Channel;

  @ApiProperty({ ...aTime, description: `From when the clock runs. ${aTime.description}` })
  @IsTime()
  firstReceivedAt: string;

  @ApiPropertyOptional({
    example: '2026-12-01',
    description:
      'As promised there, with all pauses that have ended: a time, or a day (the end of its working time). Default: counted from ' +
      'the first receipt.',
  })
  @IsOptional()
  @IsTimeOrDay()
  appointmentAt?: string;

  @ApiPropertyOptional({ example: '2026-12-03', description: 'As counted there, said likewise.' })
  @IsOptional()
  @IsTimeOrDay()
  legalDueAt?: string;

  @ApiProperty({ type: [ClockStopDto], description: 'All pauses so far, oldest first; only the last may still last.' })
  @IsArray()
  @ArrayMaxSize(100)
  @IsPart(() => ClockStopDto, { each: true })
  clockStops: ClockStopDto[];

  @ApiProperty({ type: HolderDto, description: 'Who answers for it from now on.' })
  @IsPart(() => HolderDto)
  responsible: HolderDto;

  @ApiProperty({ enum: takenOverStatuses, description: 'Before a pause that still lasts.' })
  @IsIn(takenOverStatuses)
  status: TakenOverFrom['status'];

  @ApiPropertyOptional({ description: 'The step it is in; its limit counts from now on.' })
  @IsOptional()
  @IsName()
  step?: string;

  @ApiPropertyOptional({ type: ApplicantDto })
  @IsOptional()
  @IsPart(() => ApplicantDto)
  applicant?: ApplicantDto;

  @ApiPropertyOptional({ description: 'Free text for the file; kept encrypted, never told to other services.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  remark?: string;
}
