import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { channels, type Channel } from '#contracts';
import { statuses, type Status } from '#domain';
import { IsInstant, IsName, IsPageCursor, IsPageLimit } from '../command/command.dto';

/**
 * `mine`: held by the caller. `unit`: held in the office of the caller's post, or of one they stand in for. `all`: in sight.
 * `to-accept`: online submissions that wait for the clerk. `handed-to-me`: handed to the caller and not answered. `waiting`: those
 * whose clock stands still.
 */
export const queueNames = ['mine', 'unit', 'all', 'to-accept', 'handed-to-me', 'waiting'] as const;
export type QueueName = (typeof queueNames)[number];

/**
 * How a dossier stands by the office's clock. `late`: past its earliest due instant. `soon`: due within the next eight working
 * hours of the caller's office. `paused`: the clock stands still. `done`: nothing is owed any more but the handing out.
 */
export const queueStates = ['late', 'soon', 'on-time', 'paused', 'done'] as const;
export type QueueState = (typeof queueStates)[number];

export class QueueParams {
  @ApiProperty({ enum: queueNames })
  @IsIn(queueNames)
  queue: QueueName;
}

/** Which dossiers of a queue. All filters must hold; open ones only, unless a status is asked for. */
export class QueueDto {
  @ApiPropertyOptional()
  @IsOptional()
  @IsName()
  procedure?: string;

  @ApiPropertyOptional({ description: 'Id of the office that received, holds or decides them.' })
  @IsOptional()
  @IsName()
  office?: string;

  @ApiPropertyOptional({ description: 'Id of the official who holds them.' })
  @IsOptional()
  @IsName()
  holder?: string;

  @ApiPropertyOptional({ enum: statuses })
  @IsOptional()
  @IsIn(statuses)
  status?: Status;

  @ApiPropertyOptional({ enum: channels })
  @IsOptional()
  @IsIn(channels)
  channel?: Channel;

  @ApiPropertyOptional({ enum: queueStates })
  @IsOptional()
  @IsIn(queueStates)
  state?: QueueState;

  @ApiPropertyOptional({ format: 'date-time', description: 'Due before this instant, with the clock running.' })
  @IsOptional()
  @IsInstant()
  dueBefore?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Due at this instant or later, with the clock running.' })
  @IsOptional()
  @IsInstant()
  dueFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Received at this instant or later.' })
  @IsOptional()
  @IsInstant()
  receivedFrom?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Received before this instant.' })
  @IsOptional()
  @IsInstant()
  receivedUntil?: string;

  @ApiPropertyOptional({
    enum: ['true'],
    description:
      'Only those with an answer of the applicant or a question to the holder that nobody has read yet, ended ones too.',
  })
  @IsOptional()
  @IsIn(['true'])
  answered?: 'true';

  @IsPageLimit()
  limit: number = 50;

  @IsPageCursor(300)
  cursor?: string;
}
