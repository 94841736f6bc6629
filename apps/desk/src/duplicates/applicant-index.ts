import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foundBy, recognisedBy, searchedText, type DuplicateReason, type SearchedBy } from '#domain';
import { blindMark, Clock, derivedKey } from '#platform';
import { DeskAccess, inReach, type Subject } from '../access/desk-access';
import { DOSSIER_KEY, type Applicant } from '../command/personal-data';

/** A dossier that is likely the same as one that comes in: the same procedure, and somebody recognised by these. */
export interface LikelyDuplicate {
  readonly dossierId: string;
  readonly code: string | null;
  readonly why: readonly DuplicateReason[];
}

/** Of one mark only so many dossiers are looked at, the latest: a phone may be that of an agent who hands in hundreds. */
const LATEST = 50;
const SHOWN = 10;

/** What marks by which somebody is searched for are kept as: of their own purpose, and without the procedure. */
export const SEARCH = 'search';

/**
 * Finds who handed in the same before, by marks that tell nothing without the key (desk.applicant_index). It warns and never
 * refuses. A dossier that is about somebody is not in it: nobody learns by it who complained.
 */
@Injectable()
export class ApplicantIndex {
  private readonly key: KeyObject;

  constructor(
    @Inject(DOSSIER_KEY) wrapping: KeyObject,
    private readonly clock: Clock,
    private readonly access: DeskAccess,
  ) {
    this.key = derivedKey(wrapping, 'motcua applicant index');
  }

  /** Dossiers in the subject's sight that are open, or ended within 30 days (mapped time); the latest first. */
  async find(
    manager: EntityManager,
    subject: Subject,
    procedureCode: string,
    applicant: Applicant,
  ): Promise<readonly LikelyDuplicate[]> {
    return manager.query<LikelyDuplicate[]>(
      `select dossier_id as "dossierId", code, array_agg(why order by why) as why
       from unnest($1::bytea[]) as asked (mark)
       cross join lateral (select dossier_id, why from desk.applicant_index as known where known.mark = asked.mark
         order by dossier_id desc limit ${LATEST}) as known
       join desk.dossier using (dossier_id)
       where (ended_at is null or ended_at > $2::timestamptz - interval '30 days')
         and ${inReach('$3')}
       group by dossier_id, code order by dossier_id desc limit ${SHOWN}`,
      [
        this.duplicateMarks(procedureCode, applicant).map(({ mark }) => mark),
        this.clock.now(),
        this.access.officesWithin(subject, 'read-dossier'),
      ],
    );
  }

  /** Adds a dossier that begins. */
  async add(manager: EntityManager, dossierId: string, procedureCode: string, applicant: Applicant): Promise<void> {
    const marks = this.marks(procedureCode, applicant);
    await manager.query(
      `insert into desk.applicant_index (mark, dossier_id, why)
       select mark, $1::uuid, why from unnest($2::bytea[], $3::text[]) as known (mark, why)
       on conflict (mark, dossier_id) do nothing`,
      [dossierId, marks.map(({ mark }) => mark), marks.map(({ why }) => why)],
    );
  }

  /** After a correction: what was wrong recognises nobody any more. */
  async replace(manager: EntityManager, dossierId: string, procedureCode: string, applicant: Applicant): Promise<void> {
    await Promise.all([
      manager.query('delete from desk.applicant_index where dossier_id = $1', [dossierId]),
      this.add(manager, dossierId, procedureCode, applicant),
    ]);
  }

  /** What somebody is found by in desk.applicant_index; null where the search says nothing. */
  markOf(searched: SearchedBy): Buffer | null {
    const text = searchedText(searched);
    return text === null ? null : blindMark(this.key, text);
  }

  private marks(procedureCode: string, applicant: Applicant) {
    const recognised = this.duplicateMarks(procedureCode, applicant);
    return [...recognised, ...foundBy(applicant).map((text) => ({ why: SEARCH, mark: blindMark(this.key, text) }))];
  }

  private duplicateMarks(procedureCode: string, applicant: Applicant) {
    return recognisedBy(procedureCode, applicant).map(({ why, text }) => ({ why, mark: blindMark(this.key, text) }));
  }
}
