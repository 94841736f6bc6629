import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  DossierError,
  FieldInvalid,
  organisationChanges,
  organisationDefects,
  parseOrganisation,
  type Organisation,
} from '#domain';
import { canonicalJson, Clock, sha256Hex } from '#platform';
import { DeskAccess, type LoadedBy } from '../access/desk-access';
import { OrganisationJournal } from '../journal/organisation-journal';
import { etagOf } from '../lookup/dossier-view';

/** What a load did. */
export interface Loaded {
  readonly version: number;
  /** False when exactly this was loaded last: nothing was written. */
  readonly changed: boolean;
}

/** Thrown when somebody else loaded an organisation since the caller looked: look again, change again. */
export class OrganisationStale extends DossierError {
  readonly code = 'ORGANISATION_STALE';
  readonly kind = 'stale';

  constructor(
    readonly currentETag: string,
    /** Who loaded the present version, and when, in real time; null where no journal says so. */
    readonly loaded: { readonly officialId: string; readonly at: string } | null,
  ) {
    super(`The organisation has changed since you looked; its ETag is now ${currentETag}.`);
  }
}

interface Loading extends Pick<LoadedBy, 'proposedBy'> {
  readonly before: Organisation | null;
  readonly organisation: Organisation;
  readonly actor: PostHolder;
}

/** Replaces the whole organisation by a new version. */
@Injectable()
export class OrganisationLoader {
  constructor(
    private readonly access: DeskAccess,
    private readonly journal: OrganisationJournal,
    private readonly clock: Clock,
  ) {}

  /** In the given transaction; the same content again changes nothing. @throws FieldInvalid, OrganisationStale, FourEyes */
  async load(manager: EntityManager, body: object, by: LoadedBy): Promise<Loaded> {
    const organisation = parseOrganisation(body);
    const [defect] = organisationDefects(organisation, this.clock.now());
    if (defect) throw new FieldInvalid(defect.field, defect.rule);
    await this.journal.lock(manager, 'organisation');
    const [last] = await manager.query<{ version: number; body: unknown }[]>(
      'select version, body from desk.organisation order by version desc limit 1',
    );
    const before = last ? parseOrganisation(last.body) : null;
    // By what it says, not by the form it was stored in.
    if (last && canonicalJson(before) === canonicalJson(organisation)) {
      return { version: last.version, changed: false };
    }
    const current = etagOf(last?.version ?? 0);
    if (by.ifMatch !== null && by.ifMatch !== current) {
      throw new OrganisationStale(current, await lastLoaded(manager));
    }
    const { actor } = await this.access.loading(manager, 'load-organisation', by);
    await requireCalendars(manager, organisation);
    const version = (last?.version ?? 0) + 1;
    await this.add(manager, version, { before, organisation, actor, proposedBy: by.proposedBy });
    return { version, changed: true };
  }

  private async add(
    manager: EntityManager,
    version: number,
    { before, organisation, actor, proposedBy }: Loading,
  ): Promise<void> {
    const sha256 = sha256Hex(canonicalJson(organisation));
    await manager.query('insert into desk.organisation (version, sha256, body) values ($1, $2, $3)', [
      version,
      sha256,
      JSON.stringify(organisation),
    ]);
    const { offices, posts, officials } = organisation;
    const counts = { offices: offices.length, posts: posts.length, officials: officials.length };
    await this.journal.add(manager, 'organisation', 'organisation-loaded', { actor, proposedBy, sha256, ...counts });
    const changes = organisationChanges(before, organisation).map((change) => ({ actor, version, ...change }));
    await this.journal.addAll(manager, 'organisation', 'organisation-changed', changes);
  }
}

/** An office whose calendar is nowhere could promise nothing. @throws FieldInvalid naming the first such office */
async function requireCalendars(manager: EntityManager, { offices }: Organisation): Promise<void> {
  const wanted = offices.flatMap(({ calendarId }) => calendarId ?? []);
  const [missing] = await manager.query<{ id: string }[]>(
    'select id from unnest($1::text[]) wanted (id) where id not in (select id from desk.work_calendar) limit 1',
    [wanted],
  );
  if (!missing) return;
  const index = offices.findIndex(({ calendarId }) => calendarId === missing.id);
  throw new FieldInvalid(
    `offices.${index}.calendarId`,
    `names calendar ${missing.id} for office ${offices[index]?.id ?? ''}, which is not in the catalogue: load it first`,
  );
}

/** Who was faster. Real time. */
async function lastLoaded(manager: EntityManager): Promise<OrganisationStale['loaded']> {
  const [row] = await manager.query<{ officialId: string; at: Date }[]>(
    `select body::jsonb #>> '{data,actor,officialId}' as "officialId", recorded_at as at from desk.journal
     where stream = 'organisation' and type = 'organisation-loaded' order by sequence desc limit 1`,
  );
  return row ? { officialId: row.officialId, at: row.at.toISOString() } : null;
}
