import { Injectable } from '@nestjs/common';
import { FieldInvalid, type FourEyesCommand } from '#domain';
import { requestValidation } from '#platform';
import { ReasonedDto, type CommandDto } from '../command/command.dto';
import { orderOf, type Make } from '../command/dossier-command';
import type { Order } from '../command/dossier-commands';
import { CorrectDto, CorrectionController } from '../correction/correction.controller';
import { ExtendDto, ExtensionController } from '../extension/extension.controller';
import { HandlingController } from '../handling/handling.controller';
import { ReassignDto } from '../handling/handling.dto';
import { RebindDto, RebindingController } from '../rebinding/rebinding.controller';
import { ResultController } from '../result/result.controller';

/** The form of a command's body, and what the command's own route makes of it. */
interface Route {
  readonly form: new () => CommandDto;
  readonly make: (body: never) => Make;
}

function route<Form extends CommandDto>(form: new () => Form, make: (body: Form) => Make): Route {
  return { form, make };
}

/** Of each command that may take two. None of these controllers keeps anything. */
const routes: Readonly<Record<FourEyesCommand, Route>> = {
  reassign: route(ReassignDto, (body) => new HandlingController().reassign(body)),
  extend: route(ExtendDto, (body) => new ExtensionController().extend(body)),
  rebind: route(RebindDto, (body) => new RebindingController().rebind(body)),
  stop: route(ReasonedDto, (body) => new ResultController().stop(body)),
  correct: route(CorrectDto, (body) => new CorrectionController().correct(body)),
};

/** Reads a proposed command by the rules of its own route. */
@Injectable()
export class Proposable {
  private readonly validation = requestValidation();

  /** @throws DossierError naming the fields of the body that break a rule, as the command itself would */
  async order(command: FourEyesCommand, body: object): Promise<Order> {
    const { form, make } = routes[command];
    const said = (await this.validation.transform(body, { type: 'body', metatype: form })) as CommandDto;
    if (said.occurredAt !== undefined)
      throw new FieldInvalid('occurredAt', 'cannot be proposed: what is approved happens then');
    return orderOf(command, said, make(said as never));
  }
}
