import { Body, Controller } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsName, ReasonedDto } from '../command/command.dto';
import { DossierCommand, type Make } from '../command/dossier-command';

export class RebindDto extends ReasonedDto {
  @ApiProperty({
    example: '1.012786',
    description: 'The right procedure; taken is its version that was in force at the first receipt.',
  })
  @IsName()
  procedureCode: string;
}

/** The wrong procedure was chosen: the dossier goes on under the right one, counted from the first receipt. */
@Controller('dossiers/:dossierId')
export class RebindingController {
  @DossierCommand('rebind')
  rebind(@Body() { procedureCode, reasonCode }: RebindDto): Make {
    return async ({ dossier, occurredAt, procedureInForce }) => {
      const procedure = await procedureInForce(procedureCode, dossier.clockStartedAt ?? occurredAt);
      return { command: { name: 'rebind', procedure, reasonCode } };
    };
  }
}
