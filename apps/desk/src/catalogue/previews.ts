import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  daysChanged,
  daysOf,
  parseOwnCalendar,
  parseWorkCalendar,
  type CalendarDay,
  type ChangedDay,
  type WorkCalendar,
} from '#calendar';
import {
  DossierError,
  parseProcedureVersion,
  procedureDifferences,
  type FieldDifference,
  type ProcedureVersion,
} from '#domain';
import { defectsIn, kindOf, readJson, type Caller, type CatalogueKind, type PlacedRule } from '#platform';
import { OrganisationJournal } from '../journal/organisation-journal';
import type { Page } from '../operation/operations';
import { Recomputation, type Preview } from '../recomputation/recomputation';
import { CatalogueLoader } from './catalogue-loader';

/** What a calendar would change. */
export interface CalendarPreview {
  readonly id: string;
  readonly version: string;
  /** The version in force, with which it is compared; null where it is the first. */
  readonly before: string | null;
  readonly announcedUntil: string;
  readonly validTo: string;
  readonly changes: readonly ChangedDay[];
  readonly days: readonly CalendarDay[];
  /** The offices' own calendars that would get a new version with it. */
  readonly inheriting: readonly string[];
  /** The open dossiers that would be due at another instant, a page of them. */
  readonly dossiers: Preview;
}

/** What a version of a procedure says otherwise than the newest one loaded. */
export interface ProcedurePreview {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly state: string;
  readonly before: number | null;
  readonly differences: readonly FieldDifference[];
  /** Open dossiers of the procedure; each keeps the version it was accepted with. */
  readonly openDossiers: number;
}

/** A file looked at: all that keeps it from being loaded, or else what it would change. */
export interface CataloguePreview {
  readonly kind: CatalogueKind | null;
  readonly defects: readonly PlacedRule[];
  /** True where exactly this was loaded before: to load it again changes nothing. */
  readonly isLoaded: boolean;
  readonly calendar: CalendarPreview | null;
  readonly procedure: ProcedurePreview | null;
}

/** What loading came to, in a transaction that was then undone. */
interface Trial {
  readonly refusal: string | null;
  readonly added: number;
  readonly calendars: readonly WorkCalendar[];
}

/** What a file would do, found by loading it in a transaction that is undone: the rules are those of loading. */
@Injectable()
export class CataloguePreviews {
  constructor(
    private readonly dataSource: DataSource,
    private readonly loader: CatalogueLoader,
    private readonly journal: OrganisationJournal,
    private readonly recomputation: Recomputation,
  ) {}

  /** Changes nothing. A page of the dossiers is looked at; the rest of the answer is the same for every page. */
  async of(caller: Caller, text: string, page: Page): Promise<CataloguePreview> {
    const document = readJson(text);
    const kind = kindOf(document.value);
    const nothing = { kind, isLoaded: false, calendar: null, procedure: null };
    const found = defectsIn([{ path: '', text }], await this.calendarIds());
    const defects = found.map(({ line, column, rule }) => ({ line, column, rule }));
    if (defects.length > 0) return { ...nothing, defects };
    const trial = await this.tried(document.value as object, kind);
    if (trial.refusal !== null)
      return { ...nothing, defects: [{ ...document.placeOf(['version']), rule: trial.refusal }] };
    const seen = { ...nothing, defects, isLoaded: trial.added === 0 };
    if (kind === 'procedure')
      return { ...seen, procedure: await this.procedure(parseProcedureVersion(document.value)) };
    return { ...seen, calendar: await this.calendar(caller, document.value as { id: string }, trial, page) };
  }

  private async tried(value: object, kind: CatalogueKind | null): Promise<Trial> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      await this.journal.lock(runner.manager, 'catalogue');
      const last = await lastOrdinal(runner.manager);
      const added = await this.load(runner.manager, value, kind);
      return { refusal: null, added, calendars: await calendarsAfter(runner.manager, last) };
    } catch (error) {
      if (!(error instanceof DossierError)) throw error;
      return { refusal: error.message, added: 0, calendars: [] };
    } finally {
      try {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
      } finally {
        await runner.release();
      }
    }
  }

  private async load(manager: EntityManager, value: object, kind: CatalogueKind | null): Promise<number> {
    if (kind === 'procedure') return this.loader.addProcedures(manager, [parseProcedureVersion(value)]);
    const isOwn = 'inherits' in value;
    const added = await this.loader.addCalendars(manager, isOwn ? [] : [parseWorkCalendar(value)]);
    return added + (await this.loader.addOwnCalendars(manager, isOwn ? [parseOwnCalendar(value)] : []));
  }

  private async calendar(
    caller: Caller,
    { id }: { readonly id: string },
    { calendars }: Trial,
    page: Page,
  ): Promise<CalendarPreview | null> {
    const before = await this.newestCalendar(id);
    const then = calendars.find((one) => one.id === id) ?? before;
    if (!then) return null;
    return {
      id,
      version: then.version,
      before: before?.version ?? null,
      announcedUntil: then.announcedUntil,
      validTo: then.validTo,
      changes: before ? daysChanged(before, then) : [],
      days: daysOf(then),
      inheriting: calendars.map((one) => one.id).filter((other) => other !== id),
      dossiers: await this.recomputation.previewOf(caller, calendars, page),
    };
  }

  private async procedure(then: ProcedureVersion): Promise<ProcedurePreview> {
    const [row] = await this.dataSource.query<{ body: unknown }[]>(
      'select body from desk.procedure_version where code = $1 and version <> $2 order by version desc limit 1',
      [then.code, then.version],
    );
    const [open] = await this.dataSource.query<{ count: number }[]>(
      'select count(*)::integer as count from desk.dossier where procedure_code = $1 and ended_at is null',
      [then.code],
    );
    const before = row ? parseProcedureVersion(row.body) : null;
    const { code, version, name, state } = then;
    return {
      code,
      version,
      name,
      state,
      before: before?.version ?? null,
      differences: before ? procedureDifferences(before, then) : [],
      openDossiers: open?.count ?? 0,
    };
  }

  private async newestCalendar(id: string): Promise<WorkCalendar | null> {
    const [row] = await this.dataSource.query<{ body: unknown }[]>(
      'select body from desk.work_calendar where id = $1 order by ordinal desc limit 1',
      [id],
    );
    return row ? parseWorkCalendar(row.body) : null;
  }

  private async calendarIds(): Promise<readonly string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select distinct id from desk.work_calendar');
    return rows.map(({ id }) => id);
  }
}

async function lastOrdinal(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ last: number }[]>(
    'select coalesce(max(ordinal), 0) as last from desk.work_calendar',
  );
  return row?.last ?? 0;
}

async function calendarsAfter(manager: EntityManager, ordinal: number): Promise<readonly WorkCalendar[]> {
  const rows = await manager.query<{ body: unknown }[]>(
    'select body from desk.work_calendar where ordinal > $1 order by ordinal',
    [ordinal],
  );
  return rows.map(({ body }) => parseWorkCalendar(body));
}
