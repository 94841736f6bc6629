import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { linkKinds, type LinkKind } from '#contracts';
import { CommandDto } from '../command/command.dto';

/** To which other dossier one belongs, and as what. */
export class NamedLinkDto {
  @ApiProperty({
    enum: linkKinds,
    description: 'A resubmission of it, an appeal against it, or one of a group with it.',
  })
  @IsIn(linkKinds)
  kind: LinkKind;

  @ApiProperty({ format: 'uuid', description: 'A dossier that you may see.' })
  @IsUUID()
  otherDossierId: string;
}

export class LinkDto extends IntersectionType(CommandDto, NamedLinkDto) {}
