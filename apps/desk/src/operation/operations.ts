import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid } from '#calendar';
import type { OrganisationEventData, OrganisationStream } from '#contracts';
import {
  ActionForbidden,
  CommandNotAllowed,
  decide,
  DossierError,
  DossierNotFound,
  NothingToRecompute,
  type Act,
  type Command,
  type Dossier,
} from '#domain';
import { seeingEverything } from '#persistence';
import { canonicalJson, Clock, type Caller } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { occurredAtOf } from '../command/dossier-commands';
import { DossierStore, type StoredDossier } from '../command/dossier-store';
import { RungRecorder } from '../escalation/rung-recorder';
import { OrganisationJournal } from '../journal/organisation-journal';

/** The events that decide an operation. */
type Deciding = 'recomputation-decided' | 'work-transfer-decided';
type DataOf<Type extends Deciding> = OrganisationEventData[Type];

/** What one kind of operation says of itself; all else is the same for every kind. */
export interface Operation<Type extends Deciding> {
  /** What the codes of its errors begin with. */
  readonly name: string;
  readonly event: Type;
  readonly stream: OrganisationStream;
  /** The fields by which a decision sent again is the same one; the others follow from who sends it, and when. */
  readonly decides: readonly (keyof DataOf<Type>)[];
  /** The open dossiers it concerns; null where it was decided to leave all as they are. */
  which(decided: DataOf<Type>, subject: Subject): Which | null;
  /** Its command on one of them, as that stands under its lock. @throws DossierStays, or an error that ends the page */
  commandOn(dossier: StoredDossier, decided: Decided<Type>, scene: Scene): Command;
}

/** A condition on `desk.dossier`; its parameters begin at $3. */
export interface Which {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

/** A decision as journalled, and when, in mapped time. */
export interface Decided<Type extends Deciding> {
  readonly data: DataOf<Type>;
  readonly time: string;
}

/** What a command on one dossier is made with. */
export interface Scene extends Act {
  readonly subject: Subject;
}

/** A page of open dossiers, in order of their ids. */
export interface Page {
  /** The last dossier of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** What a page came to. */
export interface Applied {
  readonly checked: number;
  readonly moved: number;
  /** What stays as it is, and why. */
  readonly left: readonly {
    readonly dossierId: string;
    readonly code: string | null;
    readonly because: DossierError;
  }[];
  /** To go on after; null when it was the last page. */
  readonly next: string | null;
}

/** Thrown when an operation is to be applied that nobody decided, or that was decided to do nothing. */
class OperationUndecided extends DossierError {
  readonly kind = 'conflict';

  constructor(
    readonly code: `${string}_UNDECIDED`,
    readonly operationId: string,
  ) {
    super(`Nobody has decided to apply operation ${operationId}.`);
  }
}

/** Thrown when an operation was decided before, and otherwise. */
class OperationDecidedOtherwise extends DossierError {
  readonly kind = 'conflict';

  constructor(
    readonly code: `${string}_DECIDED_OTHERWISE`,
    readonly operationId: string,
  ) {
    super(`Operation ${operationId} was decided before, and otherwise; use a new one.`);
  }
}

/** Thrown inside an operation where one dossier is to stay as it is; the page tells why. */
export class DossierStays extends DossierError {
  readonly code = 'DOSSIER_STAYS';
  readonly kind = 'conflict';
}

/**
 * One act on many open dossiers: looked at first, journalled once as somebody's decision, then applied page by page, each
 * dossier in a transaction of its own with an entry that names the operation.
 *
 * A page may be sent again, and one that was broken off goes on: what it has done is not done twice, because each dossier is
 * looked at anew under its lock. One that refuses keeps no other from being done.
 */
@Injectable()
export class Operations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly store: DossierStore,
    private readonly rungs: RungRecorder,
    private readonly journal: OrganisationJournal,
  ) {}

  /** For previews, too: reads only; nothing is locked. */
  async openDossiers(
    { where, parameters }: Which,
    { after, limit }: Page,
  ): Promise<{ readonly dossiers: readonly Dossier[]; readonly next: string | null }> {
    const rows = await this.dataSource.query<{ state: Dossier }[]>(
      `select state from desk.dossier
       where ended_at is null and dossier_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') and ${where}
       order by dossier_id limit $2`,
      [after, limit, ...parameters],
    );
    const dossiers = rows.map(({ state }) => state);
    return { dossiers, next: dossiers.length === limit ? (dossiers.at(-1)?.dossierId ?? null) : null };
  }

  /**
   * Journals the decision, once. Sent again, it is made as of the instant of the first, since when offices and people may have
   * gone. @throws OperationDecidedOtherwise
   */
  async decide<Type extends Deciding>(
    caller: Caller,
    { name, event, stream, decides }: Operation<Type>,
    operationId: string,
    make: (subject: Subject, manager: EntityManager) => DataOf<Type> | Promise<DataOf<Type>>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await this.journal.lock(manager, stream);
      const subject = await this.access.subjectOf(manager, caller);
      const before = await decisionOn(manager, { event, stream }, operationId);
      const data = await make({ ...subject, at: before?.time ?? subject.at }, manager);
      const said = (one: typeof data) => canonicalJson(decides.map((field) => one[field]));
      if (!before) await this.journal.add(manager, stream, event, data);
      else if (said(before.data) !== said(data))
        throw new OperationDecidedOtherwise(`${name}_DECIDED_OTHERWISE`, operationId);
    });
  }

  /** @throws OperationUndecided, and what the operation ends a page with: what was done until then stays */
  async apply<Type extends Deciding>(
    caller: Caller,
    operation: Operation<Type>,
    operationId: string,
    page: Page,
  ): Promise<Applied> {
    const { manager } = this.dataSource;
    const decided = await decisionOn(manager, operation, operationId);
    const which = decided && operation.which(decided.data, await this.access.subjectOf(manager, caller));
    if (!which) throw new OperationUndecided(`${operation.name}_UNDECIDED`, operationId);
    const { dossiers, next } = await this.openDossiers(which, page);
    const left: Applied['left'][number][] = [];
    for (const { dossierId, code } of dossiers) {
      try {
        await this.applyTo(dossierId, caller, operation, decided);
      } catch (error) {
        if (!(error instanceof DossierError && oneAlone.some((reason) => error instanceof reason))) throw error;
        left.push({ dossierId, code, because: error });
      }
    }
    return { checked: dossiers.length, moved: dossiers.length - left.length, left, next };
  }

  private async applyTo<Type extends Deciding>(
    dossierId: string,
    caller: Caller,
    operation: Operation<Type>,
    decided: Decided<Type>,
  ): Promise<void> {
    // As of every command: a dossier may leave the sight of whoever moves it.
    const transaction = async (manager: EntityManager) => {
      const stored = await this.store.lock(manager, dossierId);
      const subject = await this.access.subjectOf(manager, caller);
      const occurredAt = occurredAtOf({ occurredAt: null }, subject, this.clock.now(), stored.state);
      const recordedAt = this.clock.realNow().toISOString();
      const { dossier } = await this.rungs.record(manager, stored, occurredAt, { recordedBy: 'command', recordedAt });
      const timekeeping = await this.catalogue.timekeepingOf(manager, dossier.state);
      const act = { ...timekeeping, actor: subject.actor, occurredAt };
      const facts = decide(dossier.state, operation.commandOn(dossier, decided, { ...act, subject }), act);
      await this.store.add(manager, dossier, facts, { recordedAt, byPeople: true });
    };
    await seeingEverything(() => this.dataSource.transaction(transaction));
  }
}

async function decisionOn<Type extends Deciding>(
  manager: EntityManager,
  { event, stream }: Pick<Operation<Type>, 'event' | 'stream'>,
  operationId: string,
): Promise<Decided<Type> | null> {
  const [row] = await manager.query<Decided<Type>[]>(
    `select body::jsonb->'data' as data, body::jsonb->>'time' as time from desk.journal
     where stream = $1 and type = $2 and body::jsonb->'data'->>'operationId' = $3`,
    [stream, event, operationId],
  );
  return row ?? null;
}

/** Done or ended meanwhile, out of reach, or a calendar that does not reach so far: the other dossiers are done all the same. */
const oneAlone = [
  DossierStays,
  NothingToRecompute,
  CommandNotAllowed,
  CalendarNotValid,
  DossierNotFound,
  ActionForbidden,
] as const;
