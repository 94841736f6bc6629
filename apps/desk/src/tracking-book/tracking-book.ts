import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  calendarIdOf,
  FieldInvalid,
  trackingBookAt,
  trackingBookRow,
  type Regulation,
  type TrackingBookApplicant,
  type TrackingBookRow,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { logLooks } from '../access/access-log';
import { DeskAccess, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { concernedColumn, type StoredDossier } from '../command/dossier-store';
import { PersonalData } from '../command/personal-data';
import { officeNamed } from '../organisation/organisation-directory';
import type { TrackingBookDto } from './tracking-book.dto';

/** The tracking book of a period, in the order in which dossiers were received. Instants are mapped time. */
export interface TrackingBookView {
  readonly regulation: Regulation;
  /** The form's number by that circular. */
  readonly number: string | null;
  /** The name of the office asked for; of all, that of the caller's. */
  readonly office: string;
  readonly from: string;
  readonly until: string;
  /** When the book was read: each row is of then. */
  readonly asOf: string;
  /** IANA name of the zone in which the office lives. */
  readonly timeZone: string;
  readonly rows: readonly TrackingBookRow[];
}

type Row = Pick<StoredDossier, 'state' | 'concerned'>;

/** More than a large commune receives in a day; a longer list of names is nobody's daily book. */
const MOST_ROWS = 500;

/** The book of what was received, by name: who reads it is written down for each dossier in it. */
@Injectable()
export class TrackingBook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
    private readonly personalData: PersonalData,
  ) {}

  /** @throws ActionForbidden for an office whose book the caller may not read; FieldInvalid for a period that holds too much */
  async read(caller: Caller, { from, until, officeId }: TrackingBookDto): Promise<TrackingBookView> {
    if (from >= until) throw new FieldInvalid('from', 'must lie before the end of the period');
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const subject = await this.access.subjectOf(manager, caller);
      const office = officeNamed(subject.organisation, officeId ?? subject.actor.officeId);
      const offices = this.officesFor(subject, officeId ?? null);
      const rows = await this.received(manager, subject, { offices, from, until });
      const asOf = this.clock.now();
      const timeZone = await this.timeZoneOf(manager, subject, office.id, asOf);
      const { regulation, number } = trackingBookAt(from);
      const written = await this.written(manager, subject, rows);
      await logLooks(
        manager,
        subject,
        'read-tracking-book',
        written.map(({ dossierId }) => dossierId),
      );
      return { regulation, number, office: office.name, from, until, asOf, timeZone, rows: written };
    });
  }

  private officesFor(subject: Subject, officeId: string | null): readonly string[] | null {
    if (officeId === null) return this.access.officesWithin(subject, 'read-tracking-book');
    this.access.requireOffice(subject, 'read-tracking-book', officeId);
    return [officeId];
  }

  private async received(
    manager: EntityManager,
    subject: Subject,
    { offices, from, until }: { offices: readonly string[] | null; from: string; until: string },
  ): Promise<readonly Row[]> {
    const rows = await manager.query<Row[]>(
      `select state, ${concernedColumn}
       from desk.dossier
       where code is not null and ($1::text[] is null or office_id = any($1))
         and received_at >= $2 and received_at < $3 and ${notAbout('$4', '$5')}
       order by received_at, code limit ${MOST_ROWS + 1}`,
      [offices, from, until, subject.actor.officialId, this.access.officesActedIn(subject)],
    );
    if (rows.length > MOST_ROWS) {
      throw new FieldInvalid('until', `must be earlier: the period holds more than ${MOST_ROWS} dossiers`);
    }
    return rows;
  }

  private async written(
    manager: EntityManager,
    subject: Subject,
    rows: readonly Row[],
  ): Promise<readonly TrackingBookRow[]> {
    const timekeepings = await this.catalogue.timekeepingsOf(
      manager,
      rows.map(({ state }) => state),
    );
    const written: TrackingBookRow[] = [];
    for (const [index, timekeeping] of timekeepings.entries()) {
      const row = rows[index];
      if (!row) continue;
      const applicant = await this.applicantOf(manager, subject, row);
      const line = trackingBookRow(row.state, timekeeping, subject.organisation, applicant);
      if (line) written.push(line);
    }
    return written;
  }

  private async applicantOf(manager: EntityManager, subject: Subject, row: Row): Promise<TrackingBookApplicant | null> {
    if (!this.access.seesApplicant(subject, row)) return null;
    const applicant = await this.personalData.applicantOf(manager, row.state.dossierId);
    return applicant && { name: applicant.name, address: applicant.address, phone: applicant.phone };
  }

  private async timeZoneOf(
    manager: EntityManager,
    { organisation }: Subject,
    officeId: string,
    at: string,
  ): Promise<string> {
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarIdOf(organisation, officeId, at));
    return calendar?.timeZone ?? 'UTC';
  }
}
