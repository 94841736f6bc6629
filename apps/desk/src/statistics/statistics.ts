import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CalendarNotValid } from '#calendar';
import {
  ActionForbidden,
  emptyTally,
  FieldInvalid,
  isWithin,
  ratesOf,
  tallied,
  type Balances,
  type Dossier,
  type Period,
  type PunctualityRate,
  type Tally,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { officeNamed } from '../organisation/organisation-directory';
import type { StatisticsDto } from './statistics.dto';

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
}

interface Unit {
  readonly offices: readonly string[] | null;
  readonly period: Period;
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
  ) {}

  /** All figures as of one moment. @throws ActionForbidden for an office that the caller may not count */
  async of(caller: Caller, { from, until: asked, ...query }: StatisticsDto): Promise<StatisticsView> {
    const officeId = query.officeId ?? null;
    const now = this.clock.now();
    const until = asked < now ? asked : now;
    if (from >= until) throw new FieldInvalid('from', 'must lie before the end of the period, and before now');
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      const unit = { offices: this.officesFor(subject, officeId, [from, until]), period: { from, until } };
      const { tally, notCounted } = await this.count(manager, unit);
      return { officeId, from, until, ...tally.balances, rates: ratesOf(tally), notCounted };
    });
  }

  /** Those below the office when the period began or when it ended: what is reorganised later changes no figure. */
  private officesFor(subject: Subject, officeId: string | null, ends: readonly string[]): readonly string[] | null {
    const reached = this.access.officesWithin(subject, 'read-statistics');
    if (officeId === null) return reached;
    const { id } = officeNamed(subject.organisation, officeId);
    if (reached !== null && !reached.includes(id)) throw new ActionForbidden('read-statistics');
    const { organisation } = subject;
    return organisation.offices
      .map((office) => office.id)
      .filter(
        (one) => ends.some((at) => isWithin(organisation, one, id, at)) && (reached === null || reached.includes(one)),
      );
  }

  private async count(
    manager: EntityManager,
    { offices, period }: Unit,
  ): Promise<{ readonly tally: Tally; readonly notCounted: number }> {
    let tally = emptyTally;
    let notCounted = 0;
    let after: string | null = null;
    do {
      const dossiers: readonly Dossier[] = await pageOf(manager, { offices, period, after });
      const timekeepings = await this.catalogue.timekeepingsOf(manager, dossiers);
      for (const [index, timekeeping] of timekeepings.entries()) {
        const dossier = dossiers[index];
        if (!dossier) continue;
        try {
          tally = tallied(tally, dossier, timekeeping, period);
        } catch (error) {
          if (!(error instanceof CalendarNotValid)) throw error;
          notCounted += 1;
        }
      }
      after = dossiers.length === PAGE ? (dossiers.at(-1)?.dossierId ?? null) : null;
    } while (after !== null);
    return { tally, notCounted };
  }
}

/** Accepted ones that had not ended before the period; the rest is decided from what each of them is. */
async function pageOf(
  manager: EntityManager,
  { offices, period, after }: Unit & { readonly after: string | null },
): Promise<readonly Dossier[]> {
  const rows = await manager.query<{ state: Dossier }[]>(
    `select state from desk.dossier
     where code is not null and dossier_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000')
       and ($2::text[] is null or office_id = any($2)) and (ended_at is null or ended_at >= $3)
     order by dossier_id limit ${PAGE}`,
    [after, offices, period.from],
  );
  return rows.map(({ state }) => state);
}
