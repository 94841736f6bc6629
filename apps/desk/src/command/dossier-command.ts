import {
  applyDecorators,
  HttpCode,
  Injectable,
  Post,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { from, switchMap, type Observable } from 'rxjs';
import { FieldInvalid, transitions, type CommandName } from '#domain';
import { Action } from '#platform';
import type { CommandDto } from './command.dto';
import { DossierCommands, type Made, type Order, type Scene } from './dossier-commands';
import { commandRequestOf, uuidPattern } from './request';

/** What a command's route answers: how to make the command from the dossier as it stands under the lock. */
export type Make = (scene: Scene) => Made | Promise<Made>;

/** The method's return type says how the command is made, so what the route answers is said here: a DossierView. */
const answered = { 'application/json': { schema: { $ref: '#/components/schemas/DossierView' } } };

const COMMAND = 'motcua:command';

/**
 * A route that gives a dossier one command: `POST /dossiers/:dossierId/<command>`, action of the same name, with
 * Idempotency-Key and If-Match. Its method checks nothing and writes nothing; it answers a {@link Make}.
 */
export function DossierCommand(name: CommandName, path: string = name): MethodDecorator {
  const { from: states, event } = transitions[name];
  return applyDecorators(
    Post(path),
    HttpCode(200),
    Action(name),
    SetMetadata(COMMAND, name),
    UseInterceptors(DossierCommandInterceptor),
    ApiOperation({ summary: `${name}: recorded as ${event}`, description: `Allowed in: ${states.join(', ')}.` }),
    ApiParam({ name: 'dossierId', format: 'uuid' }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'A UUID of yours; a repeat gets the same answer.',
    }),
    ApiHeader({ name: 'If-Match', required: true, description: 'The ETag you decided upon.' }),
    ApiResponse({ status: 200, description: 'The dossier as it is now.', content: answered }),
  );
}

/** Runs what the route's method made, in one transaction, and sends its one answer. */
@Injectable()
export class DossierCommandInterceptor implements NestInterceptor {
  constructor(
    private readonly commands: DossierCommands,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Make>): Observable<unknown> {
    const action = this.reflector.get<CommandName>(COMMAND, context.getHandler());
    const http = context.switchToHttp();
    const request = http.getRequest<Request<{ dossierId: string }>>();
    return next.handle().pipe(switchMap((make) => from(this.run(action, request, http.getResponse(), make))));
  }

  private async run(
    action: CommandName,
    request: Request<{ dossierId: string }>,
    response: Response,
    make: Make,
  ): Promise<unknown> {
    const { dossierId } = request.params;
    if (!uuidPattern.test(dossierId)) throw new FieldInvalid('dossierId', 'must be a UUID');
    const order = orderOf(action, request.body as CommandDto, make);
    const answer = await this.commands.execute(dossierId, commandRequestOf(request), order);
    if (answer.etag !== null) response.setHeader('etag', answer.etag);
    return JSON.parse(answer.body);
  }
}

/** The order that the body of a command gives, with what the command's route makes of it. */
export function orderOf(action: CommandName, said: CommandDto, make: Make): Order {
  const { occurredAt = null, remark = null } = said;
  return { action, occurredAt, make: async (scene) => withRemark(await make(scene), remark) };
}

function withRemark({ command, personal }: Made, remark: string | null): Made {
  return { command, personal: { ...personal, remark } };
}
