import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { concatMap, from, lastValueFrom, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import type { Action } from '#domain';
import { sightNow } from '#persistence';
import { accessOf, type Caller, type RequestOfCaller } from '#platform';
import { logLook, notingLooks } from './access-log';
import { DeskAccess, isAction } from './desk-access';

/** What concerns no dossier. A new action does until it is named here. */
const ofNoDossier: readonly Action[] = [
  'read-own-rights',
  'read-time',
  'read-directory',
  'read-catalogue',
  'read-reasons',
  'read-mandates',
  'read-usual-time',
  'read-procedure-states',
  'preview-due-dates',
];

/** Every read of an auditor stands in the access log. Here those of routes that write no look of their own: one line a request. */
@Injectable()
export class AuditorsReads implements NestInterceptor {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { method, caller, params } = context.switchToHttp().getRequest<RequestOfCaller>();
    const named = accessOf(context.getHandler());
    const action = named === 'public' || named === undefined ? '' : named.action;
    // An auditor's right to read reaches everywhere.
    const isMeant = method === 'GET' && caller?.kind === 'person' && sightNow().of !== 'offices';
    if (!isMeant || !isAction(action) || ofNoDossier.includes(action)) return next.handle();
    const answered = notingLooks(() => lastValueFrom(next.handle(), { defaultValue: undefined }) as Promise<unknown>);
    return from(answered).pipe(
      concatMap(async ({ result, isLogged }) => {
        if (!isLogged) await this.log(caller, action, params['dossierId']);
        return result;
      }),
    );
  }

  private async log(caller: Caller, action: Action, dossierId: string | string[] | undefined): Promise<void> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    if (!subject.rights.includes('auditor')) return;
    await logLook(manager, subject, action, typeof dossierId === 'string' ? dossierId : null);
  }
}
