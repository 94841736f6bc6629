import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { parseDossierEvent, type DossierEventType } from '#contracts';
import {
  clockRuns,
  controlSlipOf,
  dossierCommandNames,
  dossierFrom,
  FieldInvalid,
  reasonedCommands,
  refusalOf,
  runningStatuses,
  takesTwo,
  type Action,
  type Concerned,
  type ControlSlipRow,
  type Dossier,
  type DossierCommandName,
  type Fact,
  type ProcedureVersion,
  type StandingEscalation,
  type Status,
} from '#domain';
import { seeingEverything } from '#persistence';
import { Clock, type Caller } from '#platform';
import { logLook, logRefusal } from '../access/access-log';
import { askedOf, DeskAccess, inReach, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { DossierStore, type StoredDossier } from '../command/dossier-store';
import { uuidPattern } from '../command/request';
import { PersonalData, type Applicant, type Remark } from '../command/personal-data';
import { Journal, type StoredEntry } from '../journal/journal';
import { workingMsLeftOf, type WorkingMsLeft } from '../queue/queue-row';
import { viewOf, type DossierView } from './dossier-view';
import { explanationOf, type ExplanationView } from './explanation';
import type { ExplanationDto, ListDto } from './lookup.dto';
import { responsibilityOf, type ResponsibilityView } from './responsibility';

/** The filters of a list. */
export type ListQuery = { readonly [Filter in keyof ListDto]: ListDto[Filter] };

/** One page of a list, earliest due first. */
export interface Page {
  readonly dossiers: readonly DossierView[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** One entry of a dossier's history. */
export interface HistoryEntry {
  readonly hash: string;
  /** The CloudEvent as it was journalled, in the version of its time. */
  readonly event: Readonly<Record<string, unknown>>;
  /** When `desk` recorded it, in real time. */
  readonly recordedAt: string;
  /** What it says, by the newest version of its type: for programs that show it. */
  readonly fact: Fact;
}

/** A command on a dossier, as a menu shows it. */
export interface CommandView {
  readonly name: DossierCommandName;
  readonly allowed: boolean;
  /** It takes two persons here and now: what is allowed is to propose it. */
  readonly takesTwo: boolean;
  /** The code of what stands against it: the right, the state, or that there is nothing to do it to. Null where it is allowed. */
  readonly refusal: string | null;
  /** It must say why, by a code of `GET /reasons` or of the office's own. */
  readonly needsReason: boolean;
}

/** The same of one dossier among others, and how its clock stands. */
export interface CommandsView {
  readonly dossierId: string;
  readonly version: number;
  readonly status: Status;
  /** False while the office waits for somebody else, and at the end. */
  readonly clockRuns: boolean;
  readonly workingMsLeft: WorkingMsLeft;
  /** The last escalation that stands; null for none. */
  readonly escalation: Pick<StandingEscalation, 'generation' | 'rung'> | null;
  readonly commands: readonly CommandView[];
}

/** One dossier with what the caller may see of the applicant. */
export interface Found {
  readonly stored: StoredDossier;
  /** Whom a complaint or petition is about; null also for who may not know. */
  readonly about: Concerned | null;
  readonly applicant: Applicant | null;
  readonly remarks: readonly Remark[];
  /** What of it the caller may read beside it, each under a right of its own: whoever is asked for an opinion sees less than the office. */
  readonly readable: readonly PartAction[];
}

/** The rights to read what belongs to a dossier and is not told with it. */
const partActions = ['read-approvals', 'read-attachment', 'read-e-form', 'read-form', 'read-notes'] as const;
type PartAction = (typeof partActions)[number];

/** Of these, what names the applicant whatever else is in it. */
const namesApplicant: readonly PartAction[] = ['read-attachment', 'read-e-form', 'read-notes'];

/** Other entries' remarks are for the applicant or among colleagues. */
const toldToWhoIsAsked: readonly DossierEventType[] = [
  'dossier-submitted',
  'dossier-received',
  'opinion-requested',
  'opinion-given',
];

/** The entries of a dossier that somebody may see, and whether they may read who handed it in. */
interface InSight {
  readonly subject: Subject;
  readonly seesApplicant: boolean;
  readonly entries: readonly StoredEntry[];
}

/** Reads dossiers for people. A look at personal data is written to the access log and moves nothing else. */
@Injectable()
export class Lookup {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly personalData: PersonalData,
    private readonly journal: Journal,
    private readonly catalogue: Catalogue,
  ) {}

  /** @throws DossierNotFound also where the caller may not see it */
  async one(caller: Caller, dossierId: string): Promise<Found> {
    return this.dataSource.transaction(async (manager) => {
      const { subject, stored } = await this.inSight(manager, caller, 'read-dossier', dossierId);
      const seesApplicant = caller.kind !== 'service' && this.access.seesApplicant(subject, stored);
      const readable = partActions.filter(
        (part) => this.access.reaches(subject, part, stored) && (seesApplicant || !namesApplicant.includes(part)),
      );
      if (!seesApplicant) return { stored, readable, ...nothingPersonal };
      await logLook(manager, subject, 'read-dossier', dossierId);
      const applicant = await this.personalData.applicantOf(manager, dossierId);
      return {
        stored,
        readable,
        about: stored.concerned,
        applicant,
        remarks: await this.remarksFor(manager, dossierId, readable),
      };
    });
  }

  /** Every entry of a dossier, oldest first. Holds no personal data. */
  async history(caller: Caller, dossierId: string): Promise<readonly HistoryEntry[]> {
    const { entries } = await this.entriesInSight(caller, 'read-dossier', dossierId);
    return entries.map(({ body, hash }) => {
      const { type, subject, sequence, time, recordedat: recordedAt, data } = parseDossierEvent(body);
      const fact = { type, subject, sequence, time, data } as Fact; // Type and data are of one event.
      return { hash, event: JSON.parse(body) as HistoryEntry['event'], recordedAt, fact };
    });
  }

  /**
   * Who held a dossier from when to when, and how its lateness divides over them: officials are judged by it, so the look is
   * logged.
   */
  async responsibility(caller: Caller, dossierId: string): Promise<ResponsibilityView> {
    const { entries, subject } = await this.entriesInSight(caller, 'read-responsibility', dossierId);
    await logLook(this.dataSource.manager, subject, 'read-responsibility', dossierId);
    const facts = entries.map(({ body }) => parseDossierEvent(body));
    const timekeeping = await this.catalogue.timekeepingOf(this.dataSource.manager, dossierFrom(facts));
    return responsibilityOf(facts, timekeeping, this.clock.now());
  }

  /** What the caller can do with it now. The right is asked first, as the command itself does. */
  async commands(caller: Caller, dossierId: string): Promise<readonly CommandView[]> {
    const { manager } = this.dataSource;
    const { subject, stored } = await this.inSight(manager, caller, 'read-dossier', dossierId);
    const { procedure } = await this.catalogue.timekeepingOf(manager, stored.state);
    return this.commandsOn(subject, stored, procedure);
  }

  /** The same for some dossiers at once; what the caller may not see is left out. */
  async commandsOfSome(caller: Caller, dossierIds: readonly string[]): Promise<readonly CommandsView[]> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const found = await this.store.findSome(manager, dossierIds);
    const seen = found.filter((stored) => this.access.reaches(subject, 'read-dossier', stored));
    const timekeepings = await this.catalogue.timekeepingsOf(
      manager,
      seen.map(({ state }) => state),
    );
    const now = this.clock.now();
    return timekeepings.flatMap(({ procedure, presentCalendar }, index) => {
      const stored = seen[index];
      if (!stored) return [];
      const { dossierId, status, escalations } = stored.state;
      const last = escalations.at(-1);
      const escalation = last ? { generation: last.generation, rung: last.rung } : null;
      return [
        {
          dossierId,
          version: stored.version,
          status,
          clockRuns: clockRuns(stored.state),
          workingMsLeft: workingMsLeftOf(stored.state, presentCalendar, now),
          escalation,
          commands: this.commandsOn(subject, stored, procedure),
        },
      ];
    });
  }

  private commandsOn(subject: Subject, stored: StoredDossier, procedure: ProcedureVersion): readonly CommandView[] {
    return dossierCommandNames.map((name) => {
      const two = takesTwo(name, stored.state, subject.organisation, subject.at);
      const mayDo = this.access.reaches(subject, two ? 'propose' : name, stored);
      const refusal = mayDo ? refusalOf(name, stored.state, procedure) : 'ACTION_FORBIDDEN';
      return { name, allowed: refusal === null, takesTwo: two, refusal, needsReason: reasonedCommands.includes(name) };
    });
  }

  /** Why it is due when it is. @throws NothingDue */
  async explanation(caller: Caller, dossierId: string, { of, language }: ExplanationDto): Promise<ExplanationView> {
    const { manager } = this.dataSource;
    const { stored } = await this.inSight(manager, caller, 'read-dossier', dossierId);
    const timekeeping = await this.catalogue.timekeepingOf(manager, stored.state);
    return explanationOf(stored.state, of ?? null, timekeeping, { now: this.clock.now(), language });
  }

  /** Its control slip, row by row; of a dossier that was never handed over, none. @throws DossierNotFound */
  async controlSlip(caller: Caller, dossierId: string): Promise<readonly ControlSlipRow[]> {
    const { entries } = await this.entriesInSight(caller, 'read-dossier', dossierId);
    const facts = entries.map(({ body }) => parseDossierEvent(body));
    return controlSlipOf(facts, await this.catalogue.timekeepingOf(this.dataSource.manager, dossierFrom(facts)));
  }

  /**
   * The dossiers in the caller's sight that match, earliest due first; never unbounded. Whoever was asked for an opinion finds the
   * dossier by its code or number; it is none of their work, and in no other list.
   */
  async list(caller: Caller, query: ListQuery, action: Action = 'read-dossier'): Promise<Page> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const rows = await manager.query<{ state: Dossier; dossier_id: string; due: Date | number }[]>(
      `select state, dossier_id, earliest_due_at as due from desk.dossier
       where (${inReach('$1')} or ($14 and ${askedOf('$1')}))
         and case when $2::text is null then ($7::text is not null or $11::text is not null or ended_at is null) else status = $2 end
         and ($3::text is null or holder_official_id = $3)
         and ($4::text is null or office_id = $4 or holder_office_id = $4 or deciding_office_id = $4)
         and ($5::timestamptz is null or (earliest_due_at < $5 and status = any($10)))
         and ($6::timestamptz is null or (earliest_due_at, dossier_id) > ($6, $8::uuid))
         and ($7::text is null or code = $7)
         and ($11::text is null or dossier_id in (select dossier_id from desk.external_number where number = $11))
         and ${notAbout('$12', '$13')}
       order by earliest_due_at, dossier_id limit $9`,
      this.parameters(subject, query, action),
    );
    if (rows.length === 0 && caller.kind === 'person') await this.logIfHidden(subject, query, action);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      dossiers: page.map(({ state }) => viewOf(state)),
      next: rows.length > query.limit && last ? cursorOf(last.due, last.dossier_id) : null,
    };
  }

  /** Whoever asks for one dossier by its code and is answered none, because it is not theirs to see, was refused. */
  private async logIfHidden(subject: Subject, query: ListQuery, action: Action): Promise<void> {
    if (!isNamed(query)) return;
    const { code, externalNumber } = query;
    const { manager } = this.dataSource;
    const named = await seeingEverything(async () => {
      const found = await manager.query<{ dossier_id: string }[]>(
        `select dossier_id from desk.dossier where code = $1
         union select dossier_id from desk.external_number where number = $2`,
        [code ?? null, externalNumber ?? null],
      );
      return Promise.all(found.map(({ dossier_id: dossierId }) => this.store.find(manager, dossierId)));
    });
    for (const { state, concerned } of named) {
      if (this.access.reaches(subject, action, { state, concerned })) continue;
      const refusal = { action, route: 'GET /dossiers', dossierId: state.dossierId, outcome: 'not-found' } as const;
      await logRefusal(manager, subject.actor, refusal);
    }
  }

  /** A dossier's entries, and who asks for them. @throws DossierNotFound also where the caller may not see it */
  async entriesInSight(caller: Caller, action: Action, dossierId: string): Promise<InSight> {
    const { manager } = this.dataSource;
    const { subject, stored } = await this.inSight(manager, caller, action, dossierId);
    const seesApplicant = this.access.seesApplicant(subject, stored);
    return { subject, seesApplicant, entries: await this.journal.after(manager, dossierId, 0, 10_000) };
  }

  /** What was written for the file; of it for whoever is asked for an opinion what asks, answers and came with the papers. */
  private async remarksFor(manager: EntityManager, dossierId: string, readable: readonly PartAction[]) {
    const remarks = await this.personalData.remarksOf(manager, dossierId);
    if (readable.includes('read-notes')) return remarks;
    const told = await manager.query<{ sequence: number }[]>(
      'select sequence from desk.journal where stream = $1 and type = any($2)',
      [dossierId, toldToWhoIsAsked],
    );
    return remarks.filter((remark) => told.some(({ sequence }) => sequence === remark.sequence));
  }

  /** @throws DossierNotFound also where the caller may not see it, ActionForbidden */
  private async inSight(manager: EntityManager, caller: Caller, action: Action, dossierId: string) {
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.store.find(manager, dossierId);
    this.access.require(subject, action, stored);
    return { subject, stored };
  }

  private parameters(subject: Subject, query: ListQuery, action: Action): unknown[] {
    const from = query.cursor ? positionOf(query.cursor) : null;
    return [
      this.access.officesWithin(subject, action),
      query.status ?? null,
      query.holder === 'me' ? subject.actor.officialId : (query.holder ?? null),
      query.office ?? null,
      query.overdue === 'true' ? this.clock.now() : null,
      from?.due ?? null,
      query.code ?? null,
      from?.dossierId ?? null,
      query.limit + 1,
      runningStatuses,
      query.externalNumber ?? null,
      subject.actor.officialId,
      this.access.officesActedIn(subject),
      action === 'read-dossier' && isNamed(query),
    ];
  }
}

/** Whether one dossier is asked for. */
function isNamed({ code, externalNumber }: ListQuery): boolean {
  return code !== undefined || externalNumber !== undefined;
}

const nothingPersonal = { about: null, applicant: null, remarks: [] };

/** The place behind a row; the driver gives a number for infinity. */
function cursorOf(due: Date | number, dossierId: string): string {
  const place = [due instanceof Date ? due.toISOString() : 'infinity', dossierId];
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function positionOf(cursor: string): { due: string; dossierId: string } {
  const [, due = '', dossierId = ''] =
    /^\["(.+)","(.+)"\]$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if ((due !== 'infinity' && !isInstant(due)) || !uuidPattern.test(dossierId)) {
    throw new FieldInvalid('cursor', 'must be the "next" of the page before');
  }
  return { due, dossierId };
}

/** As the API writes instants, and one that exists. */
export function isInstant(text: string): boolean {
  const ms = /^[1-9]\d{3}-/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}
