import { Body, Controller } from '@nestjs/common';
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

  /** The head moves the dossier to another official, with a reason. Who did past steps does not change. */
  @DossierCommand('reassign')
  reassign(@Body() { to, reasonCode }: ReassignDto): Make {
    return ({ subject, occurredAt }) => ({
      command: { name: 'reassign', to: postHolderOf(subject.organisation, to, occurredAt, 'to'), reasonCode },
    });
  }
}
