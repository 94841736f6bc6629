import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid, monthsWithin } from '#calendar';
import {
  calendarIdOf,
  emptyTally,
  FieldInvalid,
  groupOf,
  isOfFigure,
  isWithin,
  ratesOf,
  standingIn,
  tallied,
  type Balances,
  type Dossier,
  type Period,
  type PunctualityRate,
  type Standing,
  type Tally,
  type Timekeeping,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { officeNamed } from '../organisation/organisation-directory';
import type { QueueRow } from '../queue/queue-row';
import { Queues } from '../queue/queues';
import type { FigureDto, FiguresBy, GroupedStatisticsDto, StatisticsDto } from './statistics.dto';

/** The figures of one group. Instants are mapped time. */
export interface GroupView extends Balances {
  /** Id of the office or official, code of the procedure or channel, or the month as `2026-11`. */
  readonly key: string;
  /** The group's own period: that of the whole, or its month within it. */
  readonly from: string;
  readonly until: string;
}

/** The figures of a unit and a period. Instants are mapped time. */
export interface StatisticsView extends Balances {
  /** Null where all offices were counted. */
  readonly officeId: string | null;
  readonly from: string;
  /** Up to where it was counted: the end asked for, or now. */
  readonly until: string;
  readonly rates: readonly PunctualityRate[];
  /** How many dossiers are in no figure, because their calendar does not reach as far as they are due. */
  readonly notCounted: number;
  /** Told apart by what was asked for, by key; empty where nothing was. */
  readonly groups: readonly GroupView[];
}

/** Some of the dossiers that a figure counts. */
export interface FigurePage {
  readonly rows: readonly QueueRow[];
  /** Give it back as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** Whose dossiers are counted, as who asks sees them. */
interface Unit {
  readonly subject: Subject;
  readonly offices: readonly string[] | null;
  readonly period: Period;
}

/** A part of the period, or all of it, with the group that each of its dossiers counts to. */
interface Part {
  readonly period: Period;
  readonly keyOf: (dossier: Dossier) => string;
}

/** So many are in memory at once, whatever the unit and the period. */
const PAGE = 200;

/** Counts dossiers by the office that received them. */
@Injectable()
export class Statistics {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly queues: Queues,
  ) {}

  /** All figures as of one moment. @throws ActionForbidden for an office that the caller may not count */
  async of(caller: Caller, query: GroupedStatisticsDto): Promise<StatisticsView> {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const unit = await this.unitFor(manager, caller, query);
      const { period } = unit;
      const parts = query.by === undefined ? [] : await this.partsBy(query.by, manager, unit);
      let tally = emptyTally;
      let notCounted = 0;
      const groups = new Map<string, { readonly period: Period; readonly tally: Tally }>();
      for await (const [dossier, timekeeping] of this.dossiersOf(manager, unit, null)) {
        try {
          const counted = tallied(tally, dossier, timekeeping, period);
          const inParts = parts.filter((part) => standingIn(part.period, dossier, timekeeping) !== null);
          for (const part of inParts) {
            const key = part.keyOf(dossier);
            const before = groups.get(key)?.tally ?? emptyTally;
            groups.set(key, { period: part.period, tally: tallied(before, dossier, timekeeping, part.period) });
          }
          tally = counted;
        } catch (error) {
          if (!(error instanceof CalendarNotValid)) throw error;
          notCounted += 1;
        }
      }
      const { officeId = null } = query;
      const grouped = [...groups].map(([key, group]) => ({ key, ...group.period, ...group.tally.balances }));
      const inOrder = grouped.sort((one, other) => (one.key < other.key ? -1 : 1));
      return { officeId, ...period, ...tally.balances, rates: ratesOf(tally), notCounted, groups: inOrder };
    });
  }

  /**
   * The dossiers that a figure counts, oldest first: as many as the figure says, by the same rule, ended ones too.
   * @throws ActionForbidden for an office that the caller may not count
   */
  async dossiersOfFigure(caller: Caller, query: FigureDto): Promise<FigurePage> {
    const { by, key, figure, limit, cursor = null } = query;
    if ((by === undefined) !== (key === undefined))
      throw new FieldInvalid('key', 'must be sent with by, and only with it');
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const unit = await this.unitFor(manager, caller, query);
      const isMeant = (dossier: Dossier, standing: Standing) =>
        isOfFigure(figure, standing) && (by === undefined || groupOf(by, dossier, unit.period) === key);
      const found: string[] = [];
      for await (const [dossier, timekeeping] of this.dossiersOf(manager, unit, cursor)) {
        const standing = standingOrNone(unit.period, dossier, timekeeping);
        if (standing !== null && isMeant(dossier, standing)) found.push(dossier.dossierId);
        if (found.length > limit) break;
      }
      const shown = found.slice(0, limit);
      const rows = await this.queues.rowsOfDossiers(manager, unit.subject, shown);
      return { rows: rows.toReversed(), next: found.length > limit ? (shown.at(-1) ?? null) : null };
    });
  }

  private async unitFor(
    manager: EntityManager,
    caller: Caller,
    { from, until: asked, officeId }: StatisticsDto,
  ): Promise<Unit> {
    const now = this.clock.now();
    const until = asked < now ? asked : now;
    if (from >= until) throw new FieldInvalid('from', 'must lie before the end of the period, and before now');
    const subject = await this.access.subjectOf(manager, caller);
    return { subject, offices: this.officesFor(subject, officeId ?? null, [from, until]), period: { from, until } };
  }

  /** The months are those of the wall calendar of the caller's office. */
  private async partsBy(by: FiguresBy, manager: EntityManager, { subject, period }: Unit): Promise<readonly Part[]> {
    if (by !== 'month') return [{ period, keyOf: (dossier) => groupOf(by, dossier, period) }];
    const calendarId = calendarIdOf(subject.organisation, subject.actor.officeId, subject.at);
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarId);
    if (calendar === null) return [];
    return monthsWithin(calendar, period).map(({ month, from, until }) => ({
      period: { from, until },
      keyOf: () => month,
    }));
  }

  /** Those below the office when the period began or when it ended: what is reorganised later changes no figure. */
  private officesFor(subject: Subject, officeId: string | null, ends: readonly string[]): readonly string[] | null {
    const reached = this.access.officesWithin(subject, 'read-statistics');
    if (officeId === null) return reached;
    const { id } = officeNamed(subject.organisation, officeId);
    this.access.requireOffice(subject, 'read-statistics', id);
    const { organisation } = subject;
    return organisation.offices
      .map((office) => office.id)
      .filter(
        (one) => ends.some((at) => isWithin(organisation, one, id, at)) && (reached === null || reached.includes(one)),
      );
  }

  /** What may be in a figure, page by page. */
  private async *dossiersOf(
    manager: EntityManager,
    unit: Unit,
    after: string | null,
  ): AsyncGenerator<readonly [Dossier, Timekeeping]> {
    const officesActedIn = this.access.officesActedIn(unit.subject);
    for (let last = after; ;) {
      const dossiers = await pageOf(manager, unit, officesActedIn, last);
      const timekeepings = await this.catalogue.timekeepingsOf(manager, dossiers);
      for (const [index, timekeeping] of timekeepings.entries()) {
        const dossier = dossiers[index];
        if (dossier) yield [dossier, timekeeping];
      }
      last = dossiers.at(-1)?.dossierId ?? null;
      if (dossiers.length < PAGE || last === null) return;
    }
  }
}

/** What the calendar does not reach is in no figure. */
function standingOrNone(period: Period, dossier: Dossier, timekeeping: Timekeeping): Standing | null {
  try {
    return standingIn(period, dossier, timekeeping);
  } catch (error) {
    if (error instanceof CalendarNotValid) return null;
    throw error;
  }
}

/** Accepted ones that had not ended before the period; the rest is decided from what each of them is. None that is about the caller. */
async function pageOf(
  manager: EntityManager,
  { subject, offices, period }: Unit,
  officesActedIn: readonly string[],
  after: string | null,
): Promise<readonly Dossier[]> {
  const rows = await manager.query<{ state: Dossier }[]>(
    `select state from desk.dossier
     where code is not null and dossier_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
       and ($2::text[] is null or office_id = any($2)) and (ended_at is null or ended_at >= $3)
       and ${notAbout('$4', '$5')}
     order by dossier_id limit ${PAGE}`,
    [after, offices, period.from, subject.actor.officialId, officesActedIn],
  );
  return rows.map(({ state }) => state);
}
