import { IsUUID } from 'class-validator';
import { IsPageCursor, IsPageLimit } from '../command/command.dto';

/** A page of what was proposed, newest first. */
export class ProposalsDto {
  @IsPageLimit()
  limit: number = 50;

  @IsUUID()
  @IsPageCursor(36)
  cursor?: string;
}
