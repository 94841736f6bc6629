import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { idPattern } from '#domain';
import { Type } from 'class-transformer';
import {
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An instant as the whole API writes it. */
export function IsInstant(): PropertyDecorator {
  const rules = [
    Matches(instantForm, {
      message: '$property must be a UTC instant with milliseconds, like 2026-11-23T01:00:00.000Z',
    }),
    IsISO8601({ strict: true }),
  ];
  return (target, property) => {
    for (const rule of rules) rule(target, property);
  };
}

/** An id or a code of the organisation and the catalogue. */
export function IsName({ each = false } = {}): PropertyDecorator {
  return Matches(new RegExp(idPattern), {
    each,
    message: '$property must be an id or a code: letters, digits and . _ : -, a letter or a digit first',
  });
}

/**
 * A part of a request that has a form of its own: an object, or with `each` a list of such. `ValidateNested` alone lets a
 * part pass that is missing, and a list where an object is expected.
 */
export function IsPart(type: () => new () => object, { each = false } = {}): PropertyDecorator {
  return applyDecorators(Type(type), IsObject({ each }), ValidateNested({ each }));
}

/** How much of a list is given at once. */
export function IsPageLimit(): PropertyDecorator {
  return applyDecorators(
    Max(200),
    Min(1),
    IsInt(),
    Type(() => Number),
    IsOptional(),
    ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 }),
  );
}

/** Where a page of a list begins, as the page before it said. */
export function IsPageCursor(longest: number): PropertyDecorator {
  return applyDecorators(
    MaxLength(longest),
    IsNotEmpty(),
    IsString(),
    IsOptional(),
    ApiPropertyOptional({ description: 'The next page: as given by the page before.' }),
  );
}

/** A code of a fixed list of the office's own; free text goes into `remark`, which is sealed. */
export const reasonPattern = /^[a-z][a-z0-9-]{1,63}$/;

/** What every command may say. */
export class CommandDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When it happened; only with the right record-past. Default: now.',
  })
  @IsOptional()
  @IsInstant()
  occurredAt?: string;

  @ApiPropertyOptional({ description: 'Free text for the file; kept encrypted, never told to other services.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(2000)
  remark?: string;
}

const reasonWords =
  "Code of the reason; free text goes into remark. What a form tells needs one of the catalogue's reasons, or a remark.";

/** A command that must say why. */
export class ReasonedDto extends CommandDto {
  @ApiProperty({ example: 'document-missing', description: reasonWords })
  @Matches(reasonPattern)
  reasonCode: string;
}

/** An official in a post. */
export class HolderDto {
  @ApiProperty({ example: 'nguyen-thi-lan' })
  @IsName()
  officialId: string;

  @ApiProperty({ example: 'vinh-hung-one-stop-clerk' })
  @IsName()
  postId: string;
}
