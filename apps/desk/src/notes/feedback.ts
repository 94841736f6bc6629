import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DossierError, type Dossier } from '#domain';
import { Clock, isDuplicateIn } from '#platform';
import { PersonalData } from '../command/personal-data';

/** How the applicant found it. */
export interface FeedbackView {
  /** ISO 8601 UTC in the stack's (mapped) time. */
  readonly at: string;
  /** 1 (bad) to 5 (good). */
  readonly rating: number;
  /** Null where nothing was said, or the dossier's key was destroyed. */
  readonly words: string | null;
}

/** Thrown when somebody rates before there is a result: nobody is judged for work under way. */
export class NoResultYet extends DossierError {
  readonly code = 'NO_RESULT_YET';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} has no result yet; it can be rated once it has.`);
  }
}

/** Thrown when a dossier was rated before. */
export class FeedbackGiven extends DossierError {
  readonly code = 'FEEDBACK_GIVEN';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`Dossier ${dossierId} was rated before; it is rated once.`);
  }
}

/** How applicants found it, once for each dossier, after the result. */
@Injectable()
export class Feedback {
  constructor(
    private readonly personalData: PersonalData,
    private readonly clock: Clock,
  ) {}

  async of(manager: EntityManager, dossierId: string): Promise<FeedbackView | null> {
    const [row] = await manager.query<{ at: Date; rating: number; sealed: Buffer | null }[]>(
      'select at, rating, sealed from desk.feedback where dossier_id = $1',
      [dossierId],
    );
    if (!row) return null;
    const open = row.sealed && (await this.personalData.opener(manager, dossierId));
    const words = open && row.sealed ? open(placeOf(dossierId), row.sealed) : null;
    return { at: row.at.toISOString(), rating: row.rating, words };
  }

  /** @throws NoResultYet, FeedbackGiven, PersonalDataErased */
  async add(
    manager: EntityManager,
    { dossierId, processedAt }: Dossier,
    { rating, words }: { readonly rating: number; readonly words: string | null },
  ): Promise<void> {
    if (processedAt === null) throw new NoResultYet(dossierId);
    const sealed = words && (await this.personalData.sealed(manager, dossierId, placeOf(dossierId), words));
    await manager
      .query('insert into desk.feedback (dossier_id, at, rating, sealed) values ($1, $2, $3, $4)', [
        dossierId,
        this.clock.now(),
        rating,
        sealed,
      ])
      .catch((error: unknown) => {
        throw isDuplicateIn(error, 'feedback_pkey') ? new FeedbackGiven(dossierId) : error;
      });
  }
}

function placeOf(dossierId: string): string {
  return `desk.feedback/${dossierId}`;
}
