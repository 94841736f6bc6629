import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { languages, type Language } from '#contracts';
import { foldedName } from '../provider/user-name';
import type { GivingAct } from './account-acts';

/** What of it each act says. */
const partsOf = {
  opening: ['officialId', 'username', 'language'],
  invitation: ['officialId'],
  enabling: ['officialId'],
  binding: ['officialId', 'issuer', 'subject'],
  unbinding: ['issuer', 'subject'],
  unbarring: ['issuer', 'subject'],
} as const satisfies Record<GivingAct['act'], readonly string[]>;

function has(part: string): (said: { readonly act: string }) => boolean {
  return ({ act }) => new Map<string, readonly string[]>(Object.entries(partsOf)).get(act)?.includes(part) ?? false;
}

/** The act without what is no part of it. */
export function actOf(said: ProposedActDto): GivingAct {
  const parts = partsOf[said.act].map((part) => [part, said[part]]);
  return { act: said.act, ...Object.fromEntries(parts) } as GivingAct;
}

/** What the person types to sign in; upper and lower case are the same. */
function IsUserName(): PropertyDecorator {
  return applyDecorators(
    Matches(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,99}$/u, {
      message:
        'username must have 2 to 100 letters, digits, dots, dashes, underscores or @, and begin with a letter or digit',
    }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? foldedName(value) : value)),
  );
}

function IsIssuer(): PropertyDecorator {
  return IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false });
}

export class NewAccountDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  officialId: string;

  @ApiProperty()
  @IsUserName()
  username: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(languages)
  language: Language = 'vi';
}

/** Somebody as their provider knows them. In the body, not in the path: the log keeps paths. */
export class IdentityKeyDto {
  @ApiProperty()
  @IsIssuer()
  issuer: string;

  @ApiProperty()
  @IsString()
  @Length(1, 255)
  subject: string;
}

export class IdentityDto extends IdentityKeyDto {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  officialId: string;
}

export class DemoAccountsDto {
  @ApiProperty()
  @IsArray()
  @ArrayMaxSize(1_000)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  officialIds: string[];
}

/** How much of a list a page holds. */
export class PageQuery {
  @ApiPropertyOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

export class IdentitiesQuery extends PageQuery {
  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @IsString()
  @Length(1, 4_000)
  cursor?: string;
}

/** An act that takes two persons: what it is, and what its own route takes. */
export class ProposedActDto {
  @ApiProperty({ enum: Object.keys(partsOf) })
  @IsIn(Object.keys(partsOf))
  act: GivingAct['act'];

  /** Of opening, invitation, enabling, binding. */
  @ApiPropertyOptional()
  @ValidateIf(has('officialId'))
  @IsString()
  @Length(1, 200)
  officialId: string;

  /** Of opening. */
  @ApiPropertyOptional()
  @ValidateIf(has('username'))
  @IsUserName()
  username: string;

  /** Of opening. */
  @ApiPropertyOptional({ enum: languages })
  @ValidateIf(has('username'))
  @IsIn(languages)
  language: Language = 'vi';

  /** Of binding, unbinding, unbarring. */
  @ApiPropertyOptional()
  @ValidateIf(has('issuer'))
  @IsIssuer()
  issuer: string;

  /** Of binding, unbinding, unbarring. */
  @ApiPropertyOptional()
  @ValidateIf(has('issuer'))
  @IsString()
  @Length(1, 255)
  subject: string;
}

export class AccountProposalsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['open'], description: 'What waits alone; all of it where it is absent.' })
  @IsOptional()
  @IsIn(['open'])
  state?: 'open';

  @ApiPropertyOptional({ description: '"next" of the page before.' })
  @IsOptional()
  @IsUUID()
  cursor?: string;
}

export class DeclineDto {
  @ApiProperty({
    example: 'survey',
    description: 'Code of the reason, of `GET /api/desk/reasons` or of the office’s own.',
  })
  @Matches(/^[a-z][a-z0-9-]{1,63}$/)
  reasonCode: string;
}
