import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { DossierError, type EFormAnswer } from '#domain';
import { newDataKey, open, seal, unwrapKey, wrapKey } from '#platform';

/** Injection token of the key that wraps each dossier's key. */
export const DOSSIER_KEY = Symbol('DOSSIER_KEY');

/** Who handed the dossier in. Leaves `desk` never; stored sealed with the dossier's own key. */
export interface Applicant {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly identityNumber: string | null;
  readonly address: string | null;
  /** In which the office writes to them. */
  readonly language: Language;
}

/** Free text for the file, and the entry it came with. */
export interface Remark {
  readonly sequence: number;
  readonly text: string;
}

/** Answers to an e-form, and the entry they came with. */
export interface EFormOfEntry {
  readonly sequence: number;
  readonly answers: readonly EFormAnswer[];
}

/** What a command brings that must stay out of the journal. */
export interface Personal {
  readonly applicant?: Applicant | null;
  /** Free text: it may name people. */
  readonly remark?: string | null;
  /** What was answered to the procedure's e-form. */
  readonly eForm?: readonly EFormAnswer[] | null;
  /** The same, sealed by {@link PersonalData.sealedEForm} for the entry that it comes with. */
  readonly sealedEForm?: Buffer | null;
}

/** Applicants' data, answers and remarks, sealed per dossier (AES-256-GCM); rows are added, never changed. */
@Injectable()
export class PersonalData {
  constructor(@Inject(DOSSIER_KEY) private readonly wrapping: KeyObject) {}

  /** Makes the dossier's key, once, with its first entry. */
  async begin(manager: EntityManager, dossierId: string, sequence: number, personal: Personal): Promise<void> {
    const key = newDataKey();
    const wrapped = wrapKey(this.wrapping, key);
    await Promise.all([
      manager.query('insert into desk.dossier_key (dossier_id, wrapped) values ($1, $2)', [dossierId, wrapped]),
      this.write(manager, { dossierId, sequence, key }, personal),
    ]);
  }

  /** Adds what came with entry `sequence`. */
  async add(manager: EntityManager, dossierId: string, sequence: number, personal: Personal): Promise<void> {
    if (!Object.values(personal).some(Boolean)) return;
    const key = await this.keyOf(manager, dossierId);
    await this.write(manager, { dossierId, sequence, key }, personal);
  }

  /** The applicant as known now, or with entry `asOf`; null where the dossier names none or its key was destroyed. */
  async applicantOf(manager: EntityManager, dossierId: string, asOf: number | null = null): Promise<Applicant | null> {
    const text = await this.newest(manager, 'applicant', dossierId, asOf);
    return text === null ? null : { ...asSealedBefore, ...(JSON.parse(text) as Applicant) };
  }

  /** What was written for the file, with the entry it came with, oldest first; none where the key was destroyed. */
  async remarksOf(manager: EntityManager, dossierId: string): Promise<readonly Remark[]> {
    const rows = await manager.query<{ sequence: number; sealed: Buffer; wrapped: Buffer }[]>(
      `select sequence, sealed, wrapped from desk.remark join desk.dossier_key using (dossier_id)
       where dossier_id = $1 order by sequence`,
      [dossierId],
    );
    return rows.map(({ sequence, sealed, wrapped }) => ({
      sequence,
      text: open(unwrapKey(this.wrapping, wrapped), sealed, context('remark', dossierId, sequence)).toString('utf8'),
    }));
  }

  /** What was answered last, now or with entry `asOf`; null where nothing was, or the key was destroyed. */
  async eFormOf(
    manager: EntityManager,
    dossierId: string,
    asOf: number | null = null,
  ): Promise<readonly EFormAnswer[] | null> {
    const text = await this.newest(manager, 'e_form', dossierId, asOf);
    return text === null ? null : (JSON.parse(text) as readonly EFormAnswer[]);
  }

  /** Every set of answers with the entry it came with, oldest first; none where nothing was answered, or the key was destroyed. */
  async eFormsOf(manager: EntityManager, dossierId: string): Promise<readonly EFormOfEntry[]> {
    const rows = await manager.query<{ sequence: number; sealed: Buffer; wrapped: Buffer }[]>(
      `select sequence, sealed, wrapped from desk.e_form join desk.dossier_key using (dossier_id)
       where dossier_id = $1 order by sequence`,
      [dossierId],
    );
    return rows.map(({ sequence, sealed, wrapped }) => {
      const text = open(unwrapKey(this.wrapping, wrapped), sealed, context('e_form', dossierId, sequence));
      return { sequence, answers: JSON.parse(text.toString('utf8')) as readonly EFormAnswer[] };
    });
  }

  /** Answers sealed for the entry they will come with, so that it can name the hash of what is kept. @throws PersonalDataErased */
  async sealedEForm(
    manager: EntityManager,
    dossierId: string,
    sequence: number,
    answers: readonly EFormAnswer[],
  ): Promise<Buffer> {
    return seal(await this.keyOf(manager, dossierId), JSON.stringify(answers), context('e_form', dossierId, sequence));
  }

  /** The text last sealed in a table for a dossier, now or with an entry. */
  private async newest(
    manager: EntityManager,
    table: SealedTable,
    dossierId: string,
    asOf: number | null,
  ): Promise<string | null> {
    const [row] = await manager.query<{ sequence: number; sealed: Buffer; wrapped: Buffer }[]>(
      `select sequence, sealed, wrapped from desk.${table} join desk.dossier_key using (dossier_id)
       where dossier_id = $1 and ($2::integer is null or sequence <= $2) order by sequence desc limit 1`,
      [dossierId, asOf],
    );
    if (!row) return null;
    const key = unwrapKey(this.wrapping, row.wrapped);
    return open(key, row.sealed, context(table, dossierId, row.sequence)).toString('utf8');
  }

  /** A text of the dossier that came with no entry, sealed for the row that `place` names. @throws PersonalDataErased */
  async sealed(manager: EntityManager, dossierId: string, place: string, text: string): Promise<Buffer> {
    return seal(await this.keyOf(manager, dossierId), text, place);
  }

  /** Opens what was {@link sealed} for a place; null where the key was destroyed. */
  async opener(manager: EntityManager, dossierId: string): Promise<((place: string, sealed: Buffer) => string) | null> {
    const key = await this.findKey(manager, dossierId);
    return key && ((place, sealed) => open(key, sealed, place).toString('utf8'));
  }

  private async write(
    manager: EntityManager,
    { dossierId, sequence, key }: { dossierId: string; sequence: number; key: KeyObject },
    { applicant, remark, eForm, sealedEForm }: Personal,
  ): Promise<void> {
    const add = (table: SealedTable, sealed: Buffer) =>
      manager.query(`insert into desk.${table} (dossier_id, sequence, sealed) values ($1, $2, $3)`, [
        dossierId,
        sequence,
        sealed,
      ]);
    const sealed = (table: SealedTable, text: string) => seal(key, text, context(table, dossierId, sequence));
    await Promise.all([
      applicant && add('applicant', sealed('applicant', JSON.stringify(applicant))),
      remark && add('remark', sealed('remark', remark)),
      eForm && add('e_form', sealed('e_form', JSON.stringify(eForm))),
      sealedEForm && add('e_form', sealedEForm),
    ]);
  }

  /** The dossier's own key. @throws PersonalDataErased */
  async keyOf(manager: EntityManager, dossierId: string): Promise<KeyObject> {
    const key = await this.findKey(manager, dossierId);
    if (key === null) throw new PersonalDataErased(dossierId);
    return key;
  }

  /** The same; null where it was destroyed. */
  async findKey(manager: EntityManager, dossierId: string): Promise<KeyObject | null> {
    const [row] = await manager.query<{ wrapped: Buffer }[]>(
      'select wrapped from desk.dossier_key where dossier_id = $1',
      [dossierId],
    );
    return row ? unwrapKey(this.wrapping, row.wrapped) : null;
  }
}

/** Thrown when something personal is to be added to a dossier whose key was destroyed. */
export class PersonalDataErased extends DossierError {
  readonly code = 'PERSONAL_DATA_ERASED';
  readonly kind = 'conflict';

  constructor(readonly dossierId: string) {
    super(`The personal data of dossier ${dossierId} was erased; nothing personal can be added.`);
  }
}

/** What rows of earlier builds do not say. */
const asSealedBefore = { language: 'vi' } as const;

type SealedTable = 'applicant' | 'remark' | 'e_form';

/** Sealed bytes open only in the row they were written for. */
function context(table: SealedTable, dossierId: string, sequence: number): string {
  return `desk.${table}/${dossierId}/${sequence}`;
}
