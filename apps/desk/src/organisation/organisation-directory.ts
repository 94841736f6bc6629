import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PostHolder } from '#contracts';
import {
  DossierError,
  existsAt,
  FieldInvalid,
  hasEnded,
  holdsPost,
  officeAt,
  parseOrganisation,
  type Office,
  type Organisation,
} from '#domain';

/** Who is who in which office, as last loaded. Kept in memory by version: a version never changes. */
@Injectable()
export class OrganisationDirectory {
  private known: { readonly version: number; readonly organisation: Organisation } | null = null;

  /** The organisation that holds now; empty before the first was loaded. */
  async current(manager: EntityManager): Promise<Organisation> {
    const version = await this.latestVersion(manager);
    if (version === 0) return empty;
    if (this.known?.version !== version) this.known = { version, organisation: await this.ofVersion(manager, version) };
    return this.known.organisation;
  }

  /**
   * The organisation that held at a real instant, as entries have it in `recordedat`. Before the first was loaded, the first:
   * what is older was taken over.
   */
  async at(manager: EntityManager, recordedAt: string): Promise<Organisation> {
    const [row] = await manager.query<{ version: number | null }[]>(
      `select coalesce(max(version) filter (where loaded_at <= $1), min(version)) as version from desk.organisation`,
      [recordedAt],
    );
    return this.ofVersion(manager, row?.version ?? 0);
  }

  async latestVersion(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ version: number }[]>(
      'select coalesce(max(version), 0) as version from desk.organisation',
    );
    return row?.version ?? 0;
  }

  /** The organisation as it was loaded once; empty for a version that never was. */
  async ofVersion(manager: EntityManager, version: number): Promise<Organisation> {
    const [row] = await manager.query<{ body: unknown }[]>('select body from desk.organisation where version = $1', [
      version,
    ]);
    return row ? parseOrganisation(row.body) : empty;
  }
}

const empty = parseOrganisation({ offices: [], posts: [], officials: [], tenures: [] });

/** Thrown when something is asked of an office that is not in the organisation, or not any more. */
export class OfficeGone extends DossierError {
  readonly code = 'OFFICE_GONE';
  readonly kind = 'conflict';

  constructor(readonly officeId: string) {
    super(`Office ${officeId} is not in the organisation.`);
  }
}

/** Thrown when something new is asked of an office that has ended, or has not begun. */
export class OfficeNotThere extends DossierError {
  readonly code = 'OFFICE_NOT_THERE';
  readonly kind = 'conflict';
  /** What took over from it; null where nothing did, or where it has not begun. */
  readonly successorId: string | null;

  constructor(
    readonly officeId: string,
    { office, successor }: { readonly office: Office; readonly successor: Office | null },
    at: string,
  ) {
    const ended = hasEnded(office, at);
    const next = successor ? `; ask ${successor.id} (${successor.name}), which took over from it` : '';
    super(
      ended
        ? `Office ${officeId} ended at ${office.validUntil ?? ''}${next}.`
        : `Office ${officeId} begins only at ${office.validFrom ?? ''}.`,
    );
    this.successorId = ended ? (successor?.id ?? null) : null;
  }
}

/** The office with this id, whether it still exists or not. @throws OfficeGone */
export function officeNamed({ offices }: Organisation, officeId: string): Office {
  const office = offices.find(({ id }) => id === officeId);
  if (!office) throw new OfficeGone(officeId);
  return office;
}

/** The office with this id, to which something new can come. @throws OfficeGone, OfficeNotThere naming its successor */
export function openOffice(organisation: Organisation, officeId: string, at: string): Office {
  const office = officeNamed(organisation, officeId);
  if (existsAt(office, at)) return office;
  throw new OfficeNotThere(officeId, { office, successor: officeAt(organisation, officeId, at) }, at);
}

/** @throws FieldInvalid where a field of a request names an office that is not there, with its successor; null names none. */
export function requireOpenOffice(
  organisation: Organisation,
  officeId: string | null,
  field: string,
  at: string,
): void {
  if (officeId === null) return;
  if (!organisation.offices.some(({ id }) => id === officeId)) {
    throw new FieldInvalid(field, 'is not an office of this organisation');
  }
  try {
    openOffice(organisation, officeId, at);
  } catch (error) {
    if (!(error instanceof OfficeNotThere)) throw error;
    throw new FieldInvalid(field, `cannot be: ${error.message.replace(/\.$/, '')}`);
  }
}

/** @throws FieldInvalid when nobody of the organisation has this id; null names nobody. */
export function requireOfficial({ officials }: Organisation, officialId: string | null, field: string): void {
  if (officialId !== null && !officials.some(({ id }) => id === officialId)) {
    throw new FieldInvalid(field, 'is not an official of this organisation');
  }
}

/** What people write to name somebody in a post; the office follows from the post. */
export interface NamedHolder {
  readonly officialId: string;
  readonly postId: string;
}

/** The post holder a request names. @throws FieldInvalid when that official did not hold that post, of an office then there. */
export function postHolderOf(organisation: Organisation, named: NamedHolder, at: string, field: string): PostHolder {
  const post = organisation.posts.find(({ id }) => id === named.postId);
  if (!post) throw new FieldInvalid(`${field}.postId`, 'is not a post of this organisation');
  const holder = { ...named, officeId: post.officeId };
  if (!holdsPost(organisation, holder, at)) {
    throw new FieldInvalid(`${field}.officialId`, `did not hold the post ${named.postId} at ${at}`);
  }
  requireOpenOffice(organisation, post.officeId, `${field}.postId`, at);
  return { officialId: holder.officialId, postId: holder.postId, officeId: holder.officeId };
}
