import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { endOfWeek } from '#calendar';
import type { PostHolder } from '#contracts';
import {
  actingIn,
  calendarIdOf,
  isValidAt,
  isWithin,
  pausedStatuses,
  runningStatuses,
  type Organisation,
} from '#domain';
import { Clock, type Caller } from '#platform';
import { DeskAccess, notAbout, type Subject } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { officeNamed } from '../organisation/organisation-directory';

/** What somebody has to do in a post: numbers of dossiers that have not ended. */
interface Load {
  readonly open: number;
  /** Past their earliest due instant, the clock running. */
  readonly late: number;
  /** Not late, and due before the end of this week. */
  readonly dueThisWeek: number;
  /** Whose clock stands still. */
  readonly paused: number;
}

export interface PersonLoad extends PostHolder, Load {
  /** The median of `open` of the others of the same office; null where there is nobody else. */
  readonly usualOpen: number | null;
  /** Whether they are away now, and until when: null where they are here, or no end is known. */
  readonly isAbsent: boolean;
  readonly absentUntil: string | null;
  /** Who acts in the post meanwhile; null where nobody does, or they are here. */
  readonly standIn: string | null;
}

export interface WorkloadView {
  /** The instant it was counted at: what is late was due before it. */
  readonly countedAt: string;
  /** The end of this week by the calendar of the caller's office, exclusive. */
  readonly weekEndsAt: string;
  /** Most late first, then most open; at most 200. */
  readonly people: readonly PersonLoad[];
  /** How many people are beyond these. */
  readonly left: number;
}

/** More than one person can weigh; whoever answers for more offices asks by office. */
const PEOPLE = 200;

/** Who has how much to do. */
@Injectable()
export class Workload {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
    private readonly catalogue: Catalogue,
  ) {}

  /** @throws ActionForbidden for an office that the caller does not answer for */
  async of(caller: Caller, officeId: string | null): Promise<WorkloadView> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const offices = this.officesFor(subject, officeId);
    const now = this.clock.now();
    const weekEndsAt = await this.endOfWeek(manager, subject, now);
    const loads = await this.loads(manager, subject, { offices, now, weekEndsAt });
    const { organisation } = subject;
    const all = heaviestFirst(organisation, offices, loads, now);
    const people = besideColleagues(all.slice(0, PEOPLE), all, organisation, now);
    return { countedAt: now, weekEndsAt, people, left: all.length - people.length };
  }

  private officesFor(subject: Subject, officeId: string | null): readonly string[] {
    const { organisation, at } = subject;
    const reached = this.access.officesWithin(subject, 'read-workload') ?? organisation.offices.map(({ id }) => id);
    if (officeId === null) return reached;
    const { id } = officeNamed(organisation, officeId);
    this.access.requireOffice(subject, 'read-workload', id);
    return reached.filter((one) => isWithin(organisation, one, id, at));
  }

  private async endOfWeek(manager: EntityManager, { organisation, actor }: Subject, now: string): Promise<string> {
    const calendar = await this.catalogue.calendarOfOffice(manager, calendarIdOf(organisation, actor.officeId, now));
    return endOfWeek(calendar ?? { timeZone: 'UTC' }, now);
  }

  private async loads(
    manager: EntityManager,
    subject: Subject,
    {
      offices,
      now,
      weekEndsAt,
    }: { readonly offices: readonly string[]; readonly now: string; readonly weekEndsAt: string },
  ): Promise<readonly (PostHolder & Load)[]> {
    return manager.query(
      `select holder_official_id as "officialId", state->'responsibility'->-1->>'postId' as "postId",
         holder_office_id as "officeId", count(*)::integer as open,
         (count(*) filter (where status = any($2) and earliest_due_at < $3))::integer as late,
         (count(*) filter (where status = any($2) and earliest_due_at >= $3 and earliest_due_at < $4))::integer as "dueThisWeek",
         (count(*) filter (where status = any($5)))::integer as paused
       from desk.dossier
       where ended_at is null and holder_office_id = any($1) and ${notAbout('$6', '$7')}
       group by 1, 2, 3`,
      [
        offices,
        runningStatuses,
        now,
        weekEndsAt,
        pausedStatuses,
        subject.actor.officialId,
        this.access.officesActedIn(subject),
      ],
    );
  }
}

const nothing: Load = { open: 0, late: 0, dueThisWeek: 0, paused: 0 };

/** Whoever holds a post that handles dossiers, and whoever has one besides: most late first, then most open. */
function heaviestFirst(
  organisation: Organisation,
  offices: readonly string[],
  loads: readonly (PostHolder & Load)[],
  now: string,
): readonly (PostHolder & Load)[] {
  const loaded = new Set(loads.map(keyOf));
  const idle = handlingIn(organisation, offices, now)
    .filter((holder) => !loaded.has(keyOf(holder)))
    .map((holder) => ({ ...holder, ...nothing }));
  return [...loads, ...idle].sort(
    (one, other) => other.late - one.late || other.open - one.open || (one.officialId < other.officialId ? -1 : 1),
  );
}

function keyOf({ officialId, postId, officeId }: PostHolder): string {
  return JSON.stringify([officialId, postId, officeId]);
}

/** Some of all, each beside the others of the same office. */
function besideColleagues(
  some: readonly (PostHolder & Load)[],
  all: readonly (PostHolder & Load)[],
  organisation: Organisation,
  now: string,
): readonly PersonLoad[] {
  const ofOffice = new Map<string, (PostHolder & Load)[]>();
  for (const one of all) {
    const colleagues = ofOffice.get(one.officeId);
    if (colleagues) colleagues.push(one);
    else ofOffice.set(one.officeId, [one]);
  }
  return some.map((one) => ({
    ...one,
    usualOpen: medianOf((ofOffice.get(one.officeId) ?? []).filter(({ officialId }) => officialId !== one.officialId)),
    ...absenceOf(organisation, one, now),
  }));
}

function handlingIn(organisation: Organisation, offices: readonly string[], now: string): readonly PostHolder[] {
  const posts = new Map(organisation.posts.map((post) => [post.id, post]));
  const reached = new Set(offices);
  return organisation.tenures
    .filter((tenure) => isValidAt(tenure, now))
    .flatMap(({ officialId, postId }) => {
      const post = posts.get(postId);
      const handles = post?.roles.some((role) => role === 'clerk' || role === 'official' || role === 'head') === true;
      return post && handles && reached.has(post.officeId) ? [{ officialId, postId, officeId: post.officeId }] : [];
    });
}

/** The lower one of two in the middle: a number that somebody has. */
function medianOf(loads: readonly Load[]): number | null {
  const sorted = loads.map(({ open }) => open).sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
}

function absenceOf(
  organisation: Organisation,
  { officialId, postId }: PostHolder,
  now: string,
): Pick<PersonLoad, 'isAbsent' | 'absentUntil' | 'standIn'> {
  const absences = organisation.absences.filter((one) => one.officialId === officialId && isValidAt(one, now));
  if (absences.length === 0) return { isAbsent: false, absentUntil: null, standIn: null };
  const ends = absences.map(({ until }) => until);
  const absentUntil = ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
  const acting = actingIn(organisation, postId, now);
  return { isAbsent: true, absentUntil, standIn: acting?.officialId ?? null };
}
