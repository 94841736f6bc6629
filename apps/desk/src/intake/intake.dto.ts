import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { channels, languages, type Channel, type Language } from '#contracts';
import type { Applicant } from '../command/personal-data';
import { CommandDto, HolderDto, IsInstant, IsName, IsPart } from '../command/command.dto';
import { NamedLinkDto } from '../linking/link.dto';
import { MayCheckPapers, type PaperDto } from '../papers/papers.dto';

export class ApplicantDto {
  @ApiProperty({ example: 'Nguyễn Văn An' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name: string;

  @ApiPropertyOptional({ example: '0912345678' })
  @IsOptional()
  @Matches(/^\+?[0-9 ]{6,20}$/)
  phone?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsEmail()
  email?: string;

  @ApiPropertyOptional({ description: 'Identity number.' })
  @IsOptional()
  @Matches(/^[0-9A-Z]{6,20}$/)
  identityNumber?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(500)
  address?: string;
}

/** The applicant as kept: what was not said is null; who names no language is told in the office's. */
export function applicantOf(
  { name, phone, email, identityNumber, address }: ApplicantDto,
  language: Language = 'vi',
): Applicant {
  return {
    name,
    phone: phone ?? null,
    email: email ?? null,
    identityNumber: identityNumber ?? null,
    address: address ?? null,
    language,
  };
}

export class GivenInstantsDto {
  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  appointmentAt: string;

  @ApiProperty({ format: 'date-time' })
  @IsInstant()
  legalDueAt: string;
}

/** Whom a complaint or petition is about: one of the two. */
export class AboutDto {
  @ApiPropertyOptional({ example: 'tran-van-binh' })
  @IsOptional()
  @IsName()
  officialId?: string;

  @ApiPropertyOptional({ example: 'do-luong-land' })
  @IsOptional()
  @IsName()
  officeId?: string;
}

/** A group that is larger is linked afterwards. */
const MOST_LINKS = 20;

/** What a dossier begins with, at the desk or online. */
export class SubmitDto extends CommandDto {
  @ApiProperty({ example: '1.005129' })
  @IsName()
  procedureCode: string;

  @ApiProperty({ enum: channels })
  @IsIn(channels)
  channel: Channel;

  @ApiPropertyOptional({ type: ApplicantDto })
  @IsOptional()
  @IsPart(() => ApplicantDto)
  applicant?: ApplicantDto;

  @ApiPropertyOptional({ description: 'The assistance point that helped the applicant to hand it in.' })
  @IsOptional()
  @IsName()
  helpedByOfficeId?: string;

  @ApiPropertyOptional({ description: 'The office that decides. Default: the one that receives.' })
  @IsOptional()
  @IsName()
  decidingOfficeId?: string;

  @ApiPropertyOptional({
    type: [NamedLinkDto],
    maxItems: MOST_LINKS,
    description: 'Dossiers that this one belongs to; recorded with it, as `link` records them afterwards.',
  })
  @IsOptional()
  @IsPart(() => NamedLinkDto, { each: true })
  @IsArray()
  @ArrayMaxSize(MOST_LINKS)
  links?: NamedLinkDto[];

  @ApiPropertyOptional({
    type: AboutDto,
    description:
      'Whom it is about: a complaint must say it, a petition may, anything else must not. Kept out of every event; they ' +
      'never hold the dossier and do not see it.',
  })
  @IsOptional()
  @IsPart(() => AboutDto)
  about?: AboutDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'Answers to the e-form of the procedure (`eForm` of `GET /procedures`), whole or not at all; kept encrypted. A paper form ' +
      'does as well.',
  })
  @IsOptional()
  @IsObject()
  eForm?: object;

  @ApiPropertyOptional({
    enum: languages,
    default: 'vi',
    description:
      'In which the receipt says why it is that date, and in which the applicant is told what becomes of it.',
  })
  @IsOptional()
  @IsIn(languages)
  language?: Language;
}

export class ReceiveDto extends SubmitDto {
  @ApiPropertyOptional({ type: HolderDto, description: 'Who answers for it from the receipt on. Default: the caller.' })
  @IsOptional()
  @IsPart(() => HolderDto)
  responsible?: HolderDto;

  @ApiPropertyOptional({
    type: GivenInstantsDto,
    description: 'For a procedure whose instants are given; right take-over.',
  })
  @IsOptional()
  @IsPart(() => GivenInstantsDto)
  given?: GivenInstantsDto;

  @ApiPropertyOptional({ description: 'The wrongly ended dossier this one continues, with its first clock.' })
  @IsOptional()
  @IsUUID()
  successorOf?: string;

  @MayCheckPapers()
  papers?: PaperDto[];
}

export class AcceptDto extends CommandDto {
  @ApiPropertyOptional({ type: HolderDto, description: 'Who answers for it from now on. Default: the caller.' })
  @IsOptional()
  @IsPart(() => HolderDto)
  responsible?: HolderDto;

  @MayCheckPapers()
  papers?: PaperDto[];
}
