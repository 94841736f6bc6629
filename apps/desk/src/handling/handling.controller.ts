import { Body, Controller } from '@nestjs/common';
import { requireGiverInPost } from '#domain';
import { CommandDto, ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';
import { postHolderOf } from '../organisation/organisation-directory';
import { HandOverDto, ReassignDto } from './handling.dto';

/** Passing a dossier on. */
@Controller('dossiers/:dossierId')
export class HandlingController {
  /** The dossier goes to another official, who answers for it from now on; a step's limit may start. */
  @DossierCommand('hand-over')
  handOver(@Body() { to, step }: HandOverDto): Make {
    return ({ subject, occurredAt }) => ({
      command: {
        name: 'hand-over',
        to: postHolderOf(subject.organisation, to, occurredAt, 'to'),
        step: step ?? null,
      },
    });
  }

  /** The receiver took it over. Who answers for it does not change: that began with the hand-over. */
  @DossierCommand('accept-hand-over')
  acceptHandOver(@Body() _: CommandDto): Make {
    return () => ({ command: { name: 'accept-hand-over' } });
  }

  /** The receiver will not have it, with a reason: the giver answers for it again, by the limit of the step before. */
  @DossierCommand('send-back')
  sendBack(@Body() { reasonCode }: ReasonedDto): Make {
    return ({ subject, dossier, occurredAt }) => {
      requireGiverInPost(dossier, subject.organisation, occurredAt);
      return { command: { name: 'send-back', reasonCode } };
    };
  }

  /** The head moves the dossier to another official, with a reason. Who did past steps does not change. */
  @DossierCommand('reassign')
  reassign(@Body() { to, reasonCode }: ReassignDto): Make {
    return ({ subject, occurredAt }) => ({
      command: { name: 'reassign', to: postHolderOf(subject.organisation, to, occurredAt, 'to'), reasonCode },
    });
  }
}
