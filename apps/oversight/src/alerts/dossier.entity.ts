import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DueInstants } from '#contracts';

/** What alerts need to know of a dossier. */
@Entity({ schema: 'oversight', name: 'dossier' })
export class DossierEntity {
  @PrimaryColumn('uuid', { name: 'dossier_id' })
  dossierId: string;

  /** Null until an online submission is accepted. */
  @Column('text', { nullable: true })
  code: string | null;

  @Column('text', { name: 'procedure_code' })
  procedureCode: string;

  /** The schedule in force, and the due instants it was made of. */
  @Column('integer')
  generation: number;

  @Column('jsonb')
  due: DueInstants;

  @Column('text')
  status: 'open' | 'ended';

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
